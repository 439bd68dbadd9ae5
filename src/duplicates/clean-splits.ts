import { comparePaths } from '../domain/compare-paths.ts';
import type { SideOf } from './files-apart.ts';
import type { EqualFiles, RelatedFiles } from './related-files.ts';

/**
 * Files that go so that no two related ones lie in different splits. Splits that come first give way to those behind
 * them, and only to what stays there.
 * @param splits how many there are
 * @param splitOf by number
 * @returns ascending by path
 */
export function cleanSplits(
  { sets, links }: RelatedFiles,
  splits: number,
  splitOf: SideOf<number>,
): string[] {
  const copiesOf = new Map<EqualFiles, EqualFiles[]>(sets.map((set) => [set, [set]]));
  for (const { a, b, relation } of links) {
    if (relation === 'copy') {
      copiesOf.get(a)?.push(b);
      copiesOf.get(b)?.push(a);
    }
  }
  /** Sets of which files stay in the splits that were decided on. */
  const staying = new Set<EqualFiles>();
  const dropped: string[] = [];
  for (let split = splits - 1; split >= 0; split--) {
    const inSplit = sets
      .map((set) => ({ set, files: set.filter(({ path }) => splitOf(path) === split) }))
      .filter(({ files }) => files.length > 0);
    const isGoing = ({ set }: { readonly set: EqualFiles }) =>
      copiesOf.get(set)?.some((other) => staying.has(other)) === true;
    const going = new Set(inSplit.filter(isGoing));
    for (const one of inSplit) {
      if (going.has(one)) {
        dropped.push(...one.files.map(({ path }) => path));
      } else {
        staying.add(one.set);
      }
    }
  }
  return dropped.sort(comparePaths);
}
