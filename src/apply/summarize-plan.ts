import type { PlanAction, PlanHeader, PlannedFile } from '../curation/plan.ts';
import { readPlan } from '../curation/read-plan.ts';
import { EideticError } from '../domain/errors.ts';
import { noneOfEach } from './apply-report.ts';

/** What a plan comes to, before anything is done. */
export interface PlanSummary {
  readonly header: PlanHeader;
  readonly actions: Readonly<Record<PlanAction, number>>;
  /** Of all kinds. */
  readonly total: number;
  /** Lines that somebody has taken out. */
  readonly takenOut: number;
  readonly groups: number;
  readonly freesBytes: number;
  readonly warnings: number;
}

/**
 * Reads a plan to its end, and refuses one that contradicts itself.
 * @throws EideticError INVALID_INPUT
 */
export async function summarizePlan(path: string): Promise<PlanSummary> {
  const { header, actions } = await readPlan(path);
  const counts = noneOfEach();
  const groups = new Set<number>();
  const dropped = new Map<string, number>();
  const kept = new Map<string, { readonly path: string; readonly number: number }>();
  let total = 0;
  let freesBytes = 0;
  let warnings = 0;
  for await (const { number, action, group, drop, keep, ...planned } of actions) {
    const before = dropped.get(drop.path);
    if (before !== undefined) {
      throw contradicts(path, `its actions ${before} and ${number} both drop ${drop.path}`);
    }
    for (const key of keysOf(drop)) {
      dropped.set(key, number);
    }
    for (const key of keysOf(keep)) {
      kept.set(key, { path: keep.path, number });
    }
    counts[action]++;
    groups.add(group);
    total++;
    freesBytes += planned.freesBytes;
    warnings += planned.warnings.length;
  }
  for (const [key, keep] of kept) {
    const drops = dropped.get(key);
    if (drops !== undefined) {
      throw contradicts(path, `${keep.path} stays by its action ${keep.number} and is dropped by ${drops}`);
    }
  }
  const takenOut = Math.max(0, header.actions - total);
  return { header, actions: counts, total, takenOut, groups: groups.size, freesBytes, warnings };
}

/** A file has one path here, and may have another elsewhere. */
function keysOf({ path, device, inode }: PlannedFile): string[] {
  return inode === null || device === null ? [path] : [path, `${device}\0${inode}`];
}

function contradicts(path: string, what: string): EideticError {
  return new EideticError('INVALID_INPUT', `The plan ${path} contradicts itself: ${what}. Make it anew.`);
}
