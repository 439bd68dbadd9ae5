import { trapezoidPrecision } from './trapezoid-precision.ts';

/** The three setups of the revisited evaluation. */
export const SETUPS = ['easy', 'medium', 'hard'] as const;

export type Setup = (typeof SETUPS)[number];

/** At how many of the nearest precision is looked at. */
export const PRECISION_AT = [1, 5, 10] as const;

/** What the pictures of a bank are to a query, by position; what is in none of them is wrong. */
export interface QueryAnswers {
  readonly easy: ReadonlySet<number>;
  readonly hard: ReadonlySet<number>;
  /** Neither right nor wrong. */
  readonly junk: ReadonlySet<number>;
  /** Right pictures that are in no bank, since they could not be read. Nobody can find them, and they count. */
  readonly unread: { readonly easy: number; readonly hard: number };
}

/** How well one query was answered, 0 to 1. */
export interface RetrievalScore {
  /** See trapezoidPrecision. */
  readonly averagePrecision: number;
  /** At each of {@link PRECISION_AT}. */
  readonly precisionAt: readonly number[];
}

/**
 * Judges a ranking as `compute_map` of the revisited Oxford and Paris evaluation does (F. Radenović et al., Revisiting
 * Oxford and Paris: Large-Scale Image Retrieval Benchmarking, CVPR 2018; revisitop, python/evaluate.py). Easy: hard pictures
 * are junk too. Medium: easy and hard ones are right. Hard: easy ones are junk too. Junk is taken out of the ranking.
 * Precision at `k` is that at the place of the last right picture where this comes before `k`.
 * @param order positions, nearest first: the whole bank
 * @returns null for a query to which nothing is right in this setup, which counts in no mean
 */
export function judgeRetrieval(
  order: readonly number[],
  { easy, hard, junk, unread }: QueryAnswers,
  setup: Setup,
): RetrievalScore | null {
  const isRight = (at: number) => (setup !== 'hard' && easy.has(at)) || (setup !== 'easy' && hard.has(at));
  const isAside = (at: number) =>
    junk.has(at) || (setup === 'easy' && hard.has(at)) || (setup === 'hard' && easy.has(at));
  const right =
    (setup === 'hard' ? 0 : easy.size + unread.easy) + (setup === 'easy' ? 0 : hard.size + unread.hard);
  if (right === 0) {
    return null;
  }
  const counted = order.filter((at) => !isAside(at));
  const ranks = [...counted.keys()].filter((rank) => isRight(counted[rank] as number));
  return { averagePrecision: trapezoidPrecision(ranks, right), precisionAt: precisionsAt(ranks) };
}

function precisionsAt(ranks: readonly number[]): number[] {
  const last = (ranks.at(-1) ?? 0) + 1;
  return PRECISION_AT.map((most) => {
    const k = Math.min(last, most);
    return ranks.filter((rank) => rank < k).length / k;
  });
}
