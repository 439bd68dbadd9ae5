import { DEFAULT_ROOT_RULES, type RootRules } from '../domain/roots.ts';
import { byLongestRoot } from './by-longest-root.ts';
import { conditionsOf } from './conditions-of.ts';
import { IndexPlan } from './index-plan.ts';
import type { IndexRequest } from './index-request.ts';
import { lookAtRoot } from './look-at-root.ts';
import type { PlanContext, PlanParts } from './plan-context.ts';
import { planListed } from './plan-listed.ts';
import { planRoot, requireKnown } from './plan-root.ts';
import { type PlannedRoot, planRoots } from './plan-roots.ts';
import { type LeavingFiles, refuseLeaving } from './refuse-leaving.ts';
import { type Scan, scanInRuns } from './scan-folder.ts';

/**
 * Compares the disk with the catalog, and changes nothing. The plan is to be closed.
 * @param onFound told the number of files found so far
 * @param scan how a root is listed
 * @throws EideticError NOT_FOUND when a root is not there and the library does not know it either; INVALID_INPUT when
 *   it is no folder or file, and when known files would leave because of rules that nobody has accepted; STORAGE_FULL
 */
export async function makePlan(
  parts: PlanParts,
  request: IndexRequest,
  onFound: (files: number) => void,
  signal: AbortSignal,
  scan: Scan = scanInRuns,
): Promise<IndexPlan> {
  const known = await parts.files.roots();
  const roots = planRoots(known, request);
  for (const root of roots.filter(({ id }) => id === null)) {
    requireKnown(root, await lookAtRoot(root.path));
  }
  const rulesByPath = new Map(
    [...known, ...roots].map(({ path, rules }) => [path, rules ?? DEFAULT_ROOT_RULES]),
  );
  const rulesOfOthers = { ...DEFAULT_ROOT_RULES, ...request.rules };
  const plan = new IndexPlan(parts.spoolFolder, conditionsByPath(rulesByPath, rulesOfOthers, request, parts));
  try {
    const context: PlanContext = {
      ...parts,
      request,
      plan,
      scan,
      modelKeys: parts.embedder.models.map(({ key }) => key),
      rulesOf: byLongestRoot(rulesByPath, rulesOfOthers),
      rootPaths: [...rulesByPath.keys()],
      ownFolders: new Set([request.libraryFolder, request.uploadsFolder]),
      knownNames: await knownNames(parts),
      onFound,
      signal,
    };
    await planAll(roots, context);
    return plan;
  } catch (error) {
    await plan.close();
    throw error;
  }
}

function conditionsByPath(
  rulesByPath: ReadonlyMap<string, RootRules>,
  rulesOfOthers: RootRules,
  { limits }: IndexRequest,
  { embedder }: PlanParts,
): (path: string) => string {
  const under = (rules: RootRules) => conditionsOf(limits, rules, embedder.decoders);
  const byPath = new Map([...rulesByPath].map(([path, rules]) => [path, under(rules)]));
  return byLongestRoot(byPath, under(rulesOfOthers));
}

async function planAll(roots: readonly PlannedRoot[], context: PlanContext): Promise<void> {
  const leaving: LeavingFiles[] = [];
  for (const root of roots) {
    const left = await planRoot(root, context);
    if (left !== null) {
      leaving.push(left);
    }
  }
  if (leaving.length > 0) {
    throw refuseLeaving(leaving);
  }
  await planListed(context);
}

/** Names that are not UTF-8 and failed before. */
async function knownNames({ files }: PlanParts): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for await (const { rawPath, stamp } of files.failures()) {
    if (rawPath !== null) {
      names.set(Buffer.from(rawPath).toString('latin1'), stamp.path);
    }
  }
  return names;
}
