import { EideticError } from '../domain/errors.ts';
import { knownFilesOf, missingNamesOf } from './known-files-of.ts';
import { lookAtRoot, type RootLook } from './look-at-root.ts';
import type { PlanContext } from './plan-context.ts';
import type { PlannedRoot } from './plan-roots.ts';
import type { LeavingFiles } from './refuse-leaving.ts';
import { RootPlanner } from './root-planner.ts';

const ABSENT =
  'it is not there; is a drive not mounted? Mount it and index again, or with --allow-empty if it is really gone';

/**
 * Compares a root with what the catalog knows of it.
 * @returns known files that its changed rules pass over, when nobody has accepted that; null for none
 * @throws EideticError NOT_FOUND, INVALID_INPUT for a root that the library does not know and that cannot be scanned
 */
export async function planRoot(root: PlannedRoot, context: PlanContext): Promise<LeavingFiles | null> {
  const look = await lookAtRoot(root.path);
  if (look.kind !== 'there') {
    requireKnown(root, look);
    await keepOrForget(root, look, context);
    return null;
  }
  const planner = new RootPlanner(root, context);
  const leaving = await planner.plan();
  if (planner.rootProblem !== null) {
    requireKnown(root, { kind: 'unusable', reason: planner.rootProblem, isSpecial: false });
  }
  return leaving;
}

/** Refuses a root that cannot be scanned unless the library knows it: then it may only be away. */
export function requireKnown({ path, id }: Pick<PlannedRoot, 'path' | 'id'>, look: RootLook): void {
  if (id === null && look.kind !== 'there') {
    const isSpecial = look.kind === 'unusable' && look.isSpecial;
    throw new EideticError(
      isSpecial ? 'INVALID_INPUT' : 'NOT_FOUND',
      `Cannot index ${path}: ${look.reason}. Nothing was changed; name a folder or a picture that is there.`,
      { details: { root: path } },
    );
  }
}

async function keepOrForget(
  root: PlannedRoot,
  look: Exclude<RootLook, { kind: 'there' }>,
  context: PlanContext,
): Promise<void> {
  if (look.kind === 'absent' && context.request.allowEmpty) {
    await forget(root, context);
    return;
  }
  const { plan, signal } = context;
  const reason = look.kind === 'absent' ? ABSENT : `${look.reason}; mend that and index again`;
  let files = 0;
  for await (const { path, indexed } of knownFilesOf(root, context)) {
    signal.throwIfAborted();
    if (indexed === null) {
      continue;
    }
    files++;
    if (look.kind === 'absent') {
      await plan.missed.add({ path, place: root.path, reason });
    } else {
      plan.away.add(root.path, reason, 1);
    }
  }
  if (files === 0) {
    plan.away.add(root.path, reason, 0);
  }
}

async function forget(root: PlannedRoot, context: PlanContext): Promise<void> {
  const { plan, signal } = context;
  for await (const { path } of knownFilesOf(root, context)) {
    signal.throwIfAborted();
    await plan.removed.add(path);
  }
  for (const { rawPath } of missingNamesOf(root, context)) {
    await plan.removedNames.add(rawPath.toString('hex'));
  }
  if (root.id !== null) {
    plan.goneRoots.push(root.id);
  }
}
