import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import Database from 'better-sqlite3';

const LOOK_EVERY_MS = 20;

/**
 * Sends a signal to an index run as soon as it has committed a descriptor of a model.
 * @param before how many descriptors of models of that id there were before
 */
export function killAfterCommit(
  child: ChildProcess,
  library: string,
  modelId: string,
  signal: NodeJS.Signals,
  before = 0,
): void {
  const timer = setInterval(() => {
    if (countDescriptors(library, modelId) > before) {
      clearInterval(timer);
      child.kill(signal);
    }
  }, LOOK_EVERY_MS);
  child.once('exit', () => clearInterval(timer));
}

function countDescriptors(library: string, modelId: string): number {
  let database: Database.Database | undefined;
  try {
    database = new Database(join(library, 'catalog.sqlite'), { readonly: true, fileMustExist: true });
    return database
      .prepare(
        `SELECT count(*) FROM vectors v JOIN models m ON m.id = v.model_id
         WHERE v.name = 'cls' AND json_extract(m.manifest, '$.id') = ?`,
      )
      .pluck()
      .get(modelId) as number;
  } catch {
    return 0; // the run has not made the catalog yet
  } finally {
    database?.close();
  }
}
