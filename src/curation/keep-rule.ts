import type { Candidate } from './candidate.ts';

/** What tells which of two files is to be kept. */
export interface KeepRule {
  /** What it keeps, as in "the one with more pixels". */
  readonly words: string;
  /** Below 0 when the first is to be kept, above 0 when the second is, 0 where it has no say. */
  compare(first: Candidate, second: Candidate): number;
  /** Those of some files that another of them is to be kept rather than: a group may have thousands. */
  beaten<File extends Candidate>(files: readonly File[]): File[];
  /** Why it keeps the one: a clause that calls it "it", and the other one "the other". */
  explain(kept: Candidate, other: Candidate): string;
  /** Whether nobody asked for it: it only sees to it that every two files are told apart. */
  readonly isTieBreak?: true;
}

/**
 * A rule that gives every file a number by itself.
 * @param rank the least is kept; null has no say
 * @param apart numbers nearer to each other than this are the same
 */
export function rankingRule(
  words: string,
  rank: (candidate: Candidate) => number | null,
  explain: KeepRule['explain'],
  apart = 0,
): KeepRule {
  const isBehind = (one: number, other: number) => one > other && one - other >= apart;
  return {
    words,
    compare(first, second) {
      const [one, other] = [rank(first), rank(second)];
      if (one === null || other === null) {
        return 0;
      }
      return isBehind(one, other) ? 1 : isBehind(other, one) ? -1 : 0;
    },
    beaten(files) {
      const ranks = files.map(rank);
      const least = ranks.reduce(
        (least: number, one) => (one !== null && one < least ? one : least),
        Number.POSITIVE_INFINITY,
      );
      return files.filter((_, i) => isBehind(ranks[i] ?? least, least));
    },
    explain,
  };
}

/**
 * A rule about pictures, whatever files have them.
 * @param kindOf the same for pictures between which it has no say and that fare alike with all others
 */
export function pictureRule(
  { words, compare, explain }: Omit<KeepRule, 'beaten'>,
  kindOf: (candidate: Candidate) => string,
): KeepRule {
  return {
    ...{ words, compare, explain },
    beaten(files) {
      const kinds = new Map(files.map((file) => [kindOf(file), file]));
      const beaten = new Set(
        [...kinds]
          .filter(([, file]) => [...kinds.values()].some((other) => compare(other, file) < 0))
          .map(([kind]) => kind),
      );
      return files.filter((file) => beaten.has(kindOf(file)));
    },
  };
}

/** A rule by which of every two files one comes first. */
export function orderRule({ words, compare, explain }: Omit<KeepRule, 'beaten'>): KeepRule {
  return {
    ...{ words, compare, explain },
    beaten(files) {
      const first = files.reduce((first, file) => (compare(file, first) < 0 ? file : first));
      return files.filter((file) => compare(first, file) < 0);
    },
  };
}
