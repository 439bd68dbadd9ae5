import type { KnownFile } from '../domain/file-ledger.ts';
import type { Absence } from './absence.ts';
import type { IndexPlan } from './index-plan.ts';

/** Notes a known file that is away. One in a place that is only empty may turn out to have moved. */
export async function missFile(
  { away, missed }: IndexPlan,
  { path, indexed }: KnownFile,
  { place, reason, canBeConfirmed }: Extract<Absence, { kind: 'away' }>,
): Promise<void> {
  if (indexed !== null && canBeConfirmed) {
    await missed.add({ path, place, reason });
  } else {
    away.add(place, reason, indexed === null ? 0 : 1);
  }
}
