import { comparePaths } from '../domain/compare-paths.ts';
import { isAtOrBelow } from '../domain/is-below.ts';
import { areSameRules, DEFAULT_ROOT_RULES, type Root, type RootId, type RootRules } from '../domain/roots.ts';
import { type IndexRequest, isWholeRun } from './index-request.ts';

/** A root that a run looks at. */
export interface PlannedRoot {
  readonly path: string;
  /** Null for one that the library does not know yet. */
  readonly id: RootId | null;
  /** The rules it was indexed under; null when nobody knows. */
  readonly formerRules: RootRules | null;
  /** The rules of this run. */
  readonly rules: RootRules;
  /** Roots inside it, which are scanned by themselves. */
  readonly innerRoots: ReadonlySet<string>;
  /** The known root that has had its files so far; null when it has them itself, or none had them. */
  readonly outerRoot: Root | null;
}

/**
 * The roots of a run, ascending by path: those that were named (none and no files: all), and the known ones inside
 * them. Changed rules are only for those that were named.
 */
export function planRoots(
  known: readonly Root[],
  request: Pick<IndexRequest, 'roots' | 'listed' | 'listedNames' | 'rules'>,
): PlannedRoot[] {
  const knownByPath = new Map(known.map((root) => [root.path, root]));
  const { roots, rules } = request;
  const named = new Set(isWholeRun(request) ? knownByPath.keys() : roots);
  const all = [...new Set([...knownByPath.keys(), ...named])].sort(comparePaths);
  const planned = all.filter((path) => [...named].some((one) => isAtOrBelow(path, one)));
  return planned.map((path) => {
    const root = knownByPath.get(path);
    return {
      path,
      id: root?.id ?? null,
      formerRules: root?.rules ?? null,
      rules: { ...DEFAULT_ROOT_RULES, ...root?.rules, ...(named.has(path) ? rules : {}) },
      innerRoots: new Set(all.filter((other) => other !== path && isAtOrBelow(other, path))),
      outerRoot: root === undefined ? longestAround(path, known) : null,
    };
  });
}

function longestAround(path: string, known: readonly Root[]): Root | null {
  return known
    .filter((root) => isAtOrBelow(path, root.path))
    .reduce<Root | null>(
      (best, root) => (best !== null && best.path.length > root.path.length ? best : root),
      null,
    );
}

/** Whether a root's rules are not those that its files came by, as far as anybody knows. */
export function haveRulesChanged({ formerRules, rules }: PlannedRoot): boolean {
  return formerRules === null || !areSameRules(formerRules, rules);
}
