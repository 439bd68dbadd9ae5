import type { CompareAnswer } from '../../client/eidetic-client.ts';
import { type FractionMap, inverted } from './overlap.ts';

/** How two pictures can be laid over each other. */
export interface PairFit {
  /** The one in whose frame both are seen: the one of which the other shows less. */
  readonly below: 'A' | 'B';
  /** Where a point of the other is on it. */
  readonly toBelow: FractionMap;
}

const AS_IT_IS: FractionMap = { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 };

/** Where a point of A is on B, where both were found to show the same; null elsewhere: that things fit together says less. */
export function sharedMap({
  relation,
  verification,
}: Pick<CompareAnswer, 'relation' | 'verification'>): FractionMap | null {
  const isShown = relation === 'copy' || relation === 'unsure' || relation === 'burst';
  return isShown ? (verification?.evidence.map ?? null) : null;
}

/** Null where they were not found to show the same. */
export function fitOf(answer: Pick<CompareAnswer, 'relation' | 'pixels' | 'verification'>): PairFit | null {
  if (answer.pixels === 'equal') {
    return { below: 'A', toBelow: AS_IT_IS };
  }
  const map = sharedMap(answer);
  const overlap = answer.verification?.evidence.overlap;
  if (map === null || overlap === undefined) {
    return null;
  }
  const back = inverted(map);
  return overlap.a <= overlap.b ? back && { below: 'A', toBelow: back } : { below: 'B', toBelow: map };
}
