import { basename } from 'node:path';
import { isAtOrBelow } from '../domain/is-below.ts';
import { type KeepRule, rankingRule } from './keep-rule.ts';
import { namePattern } from './name-pattern.ts';

/** What lies in an earlier one of these folders; what lies in none comes last. @param folders absolute */
export function folderOrderRule(folders: readonly string[]): KeepRule {
  const deepestFirst = folders
    .map((folder, place) => ({ folder, place }))
    .sort((a, b) => b.folder.length - a.folder.length);
  const folderOf = (path: string) => deepestFirst.find(({ folder }) => isAtOrBelow(path, folder));
  return rankingRule(
    `what lies in the earlier of ${folders.join(', ')}`,
    ({ path }) => folderOf(path)?.place ?? folders.length,
    (kept, other) => {
      const place = folderOf(other.path)?.folder;
      return `it lies in ${folderOf(kept.path)?.folder}, which comes before ${place ?? 'all other folders'}`;
    },
  );
}

/** What its name says; see namePattern. */
export function nameRule({
  prefer = [],
  avoid = [],
}: {
  readonly prefer?: readonly string[] | undefined;
  readonly avoid?: readonly string[] | undefined;
}): KeepRule {
  const [preferred, avoided] = [readPatterns(prefer), readPatterns(avoid)];
  const words = [
    ...(prefer.length > 0 ? [`like ${quoted(prefer)}`] : []),
    ...(avoid.length > 0 ? [`unlike ${quoted(avoid)}`] : []),
  ];
  return rankingRule(
    `a name ${words.join(' and ')}`,
    ({ path }) => (matchIn(avoided, path) !== null ? 2 : matchIn(preferred, path) !== null ? 0 : 1),
    (kept, other) => {
      const bad = matchIn(avoided, other.path);
      return bad === null
        ? `its name is like "${matchIn(preferred, kept.path)}", that of the other is not`
        : `the other is named like "${bad}"`;
    },
  );
}

type Patterns = ReadonlyArray<{ readonly pattern: string; readonly matches: RegExp }>;

function readPatterns(patterns: readonly string[]): Patterns {
  return patterns.map((pattern) => ({ pattern, matches: namePattern(pattern) }));
}

function matchIn(patterns: Patterns, path: string): string | null {
  const name = basename(path).normalize('NFC');
  return patterns.find(({ matches }) => matches.test(name))?.pattern ?? null;
}

function quoted(patterns: readonly string[]): string {
  return patterns.map((pattern) => `"${pattern}"`).join(', ');
}
