import type { PairTruth } from './copy-metrics.ts';
import type { CopyTruth } from './copy-set.ts';
import type { CopyDatabase, CopyQuery } from './rank-copies.ts';

/** All files of a copy benchmark: first the collection, then the copies of each seed. */
export interface CopyFiles {
  readonly collection: readonly string[];
  /** In the order of their files, which come after the collection. */
  readonly copies: readonly CopyTruth[];
  /** Pairs of positions in the collection, lower first, as `a b`. */
  readonly nearDuplicates: ReadonlySet<string>;
}

/** The copies as queries. */
export function queriesOf({ collection, copies }: CopyFiles): CopyQuery[] {
  return copies.map(({ original, edit, seed }, i) => ({ at: collection.length + i, original, edit, seed }));
}

/**
 * The unedited pictures. The original is the one right answer. Set aside, neither right nor wrong, are its near-duplicates,
 * the picture that an inset lies on, which the copy shows too, and that one's near-duplicates.
 */
export function uneditedPictures(files: CopyFiles): CopyDatabase {
  const sources = sourcesOf(files);
  const all = files.collection.map((_, at) => at);
  return {
    picturesFor: () => all,
    truthOf(query, candidate) {
      const shown = sources[query.at] as readonly number[];
      return candidate === shown[0] ? 'copy' : asideOrWrong(shown, [candidate], files);
    },
  };
}

/**
 * The unedited pictures and the other copies of the query's seed. A pair of two copies is set aside where they show one
 * picture, or near-duplicates: both are queries, and each has its original for the right answer. It is wrong else.
 */
export function picturesAndCopies(files: CopyFiles): CopyDatabase {
  const sources = sourcesOf(files);
  const bySeed = new Map<number, number[]>();
  for (const { at, seed } of queriesOf(files)) {
    bySeed.set(seed, [...(bySeed.get(seed) ?? files.collection.map((_, picture) => picture)), at]);
  }
  return {
    picturesFor: ({ at, seed }) => (bySeed.get(seed) as number[]).filter((other) => other !== at),
    truthOf(query, candidate) {
      const shown = sources[query.at] as readonly number[];
      const other = sources[candidate] as readonly number[];
      return candidate === shown[0] ? 'copy' : asideOrWrong(shown, other, files);
    },
  };
}

/**
 * What any two files are to each other: a copy and its original, or neither right nor wrong where they show one picture or
 * near-duplicates in another way, or wrong.
 */
export function truthOfPairs(files: CopyFiles): (a: number, b: number) => PairTruth {
  const sources = sourcesOf(files);
  const isOriginal = (at: number) => at < files.collection.length;
  return (a, b) => {
    const [shownA, shownB] = [sources[a] as readonly number[], sources[b] as readonly number[]];
    const isCopyOfOther = shownA[0] === shownB[0] && isOriginal(a) !== isOriginal(b);
    return isCopyOfOther ? 'copy' : asideOrWrong(shownA, shownB, files);
  };
}

/** Of each file the pictures of the collection that it shows, the original first. */
function sourcesOf({ collection, copies }: CopyFiles): number[][] {
  const positions = new Map(collection.map((path, at) => [path, at] as const));
  return [
    ...collection.map((_, at) => [at]),
    ...copies.map(({ original, ground }) =>
      [original, ...(ground === null ? [] : [ground])].map((path) => positions.get(path) as number),
    ),
  ];
}

function asideOrWrong(
  shown: readonly number[],
  other: readonly number[],
  { nearDuplicates }: CopyFiles,
): PairTruth {
  const areAlike = (a: number, b: number) => a === b || nearDuplicates.has(a < b ? `${a} ${b}` : `${b} ${a}`);
  return shown.some((a) => other.some((b) => areAlike(a, b))) ? 'aside' : 'wrong';
}
