import type { DuplicatePair } from './find-duplicates.ts';
import { type EqualFiles, equalRelation, type RelatedFile, type RelatedFiles } from './related-files.ts';

/** Two related files that lie on different sides. */
export interface FilePair {
  readonly files: readonly [RelatedFile, RelatedFile];
  readonly relation: 'identical' | DuplicatePair['relation'];
  /** See DuplicatePair. */
  readonly certainty: number | null;
}

/** Tells on which side a file lies; null for none. */
export type SideOf<Side> = (path: string) => Side | null;

/**
 * Pairs of related files on different sides. Every file that has any is named with the first one of other sides, and not
 * with each: thousands of equal files are not millions of pairs.
 * @param mostSides of so many other sides each file is named with one, 1 or more
 */
export function filesApart<Side>(
  { sets, links }: RelatedFiles,
  sideOf: SideOf<Side>,
  mostSides: number,
): FilePair[] {
  const equal = sets.flatMap((set) =>
    pairUp(set, set, sideOf, mostSides).map((files): FilePair => {
      return { files, relation: equalRelation(...files), certainty: 1 };
    }),
  );
  const related = links.flatMap(({ a, b, relation, certainty }) =>
    pairUp(a, b, sideOf, mostSides).map((files): FilePair => ({ files, relation, certainty })),
  );
  return [...equal, ...related];
}

function pairUp<Side>(
  ones: EqualFiles,
  others: EqualFiles,
  sideOf: SideOf<Side>,
  mostSides: number,
): Array<readonly [RelatedFile, RelatedFile]> {
  const pairs = new Map<string, readonly [RelatedFile, RelatedFile]>();
  for (const [from, to] of [[ones, others] as const, [others, ones] as const]) {
    const firsts = firstOfEachSide(to, sideOf);
    for (const file of from) {
      const side = sideOf(file.path);
      const apart = [...takeFirst(firsts, mostSides + 1)].filter(([other]) => other !== side);
      for (const [, other] of side === null ? [] : apart.slice(0, mostSides)) {
        const [a, b] = file.path < other.path ? [file, other] : [other, file];
        pairs.set(`${a.path}\0${b.path}`, [a, b]);
      }
    }
  }
  return [...pairs.values()];
}

function firstOfEachSide<Side>(files: EqualFiles, sideOf: SideOf<Side>): ReadonlyMap<Side, RelatedFile> {
  const firsts = new Map<Side, RelatedFile>();
  for (const file of files) {
    const side = sideOf(file.path);
    if (side !== null && !firsts.has(side)) {
      firsts.set(side, file);
    }
  }
  return firsts;
}

function* takeFirst<Item>(items: Iterable<Item>, most: number): Generator<Item> {
  let taken = 0;
  for (const item of items) {
    if (taken++ === most) {
      return;
    }
    yield item;
  }
}
