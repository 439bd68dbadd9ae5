import { inverted } from './affine.ts';
import type { PairEvidence } from './compare-views.ts';

/** What was told of two pictures, told of them the other way round. */
export function swapEvidence({
  keypoints,
  map,
  overlap,
  bands,
  chroma,
  ...counts
}: PairEvidence): PairEvidence {
  return {
    ...counts,
    keypoints: { a: keypoints.b, b: keypoints.a },
    map: map && inverted(map),
    overlap: { a: overlap.b, b: overlap.a },
    bands: bands.map((band) => ({ ...band, ratio: 1 / band.ratio })),
    chroma: { a: chroma.b, b: chroma.a },
  };
}
