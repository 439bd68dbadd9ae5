import type { Database } from 'better-sqlite3';
import { lastGeneration } from './commits.ts';
import { modelRow } from './model-rows.ts';
import { snapshot } from './snapshot.ts';

/**
 * The commit as of which each picture of the catalog has a descriptor of each of these models; null when one has not,
 * or counting alone does not tell. Counts whole tables: asking about 300,000 files one by one takes far longer.
 */
export function allDescribedAt(database: Database, modelKeys: readonly string[]): number | null {
  return snapshot(database, () => {
    const count = (sql: string, ...values: unknown[]) =>
      database.prepare(`SELECT count(*) FROM ${sql}`).pluck().get(values) as number;
    const pictures = count('pictures');
    const hasWholesOnly = count('parts') === pictures && count(`parts WHERE kind = 'whole'`) === pictures;
    const isDescribed = modelKeys.every(
      (key) => count(`vectors WHERE model_id = ? AND name = 'cls'`, modelRow(database, key)) === pictures,
    );
    return hasWholesOnly && isDescribed ? lastGeneration(database) : null;
  });
}
