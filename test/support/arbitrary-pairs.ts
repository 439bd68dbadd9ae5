import fc from 'fast-check';
import type { PicturePair } from '../../src/duplicates/group-pictures.ts';

/** Any pairs of nine pictures, each at most once, of similarities 0.90 to 0.99. */
export const arbitraryPairs: fc.Arbitrary<PicturePair[]> = fc
  .uniqueArray(
    fc
      .record({
        a: fc.integer({ min: 1, max: 9 }),
        b: fc.integer({ min: 1, max: 9 }),
        similarity: fc.integer({ min: 90, max: 99 }),
      })
      .filter(({ a, b }) => a < b),
    { selector: ({ a, b }) => `${a} ${b}` },
  )
  .map((list) => list.map((pair) => ({ ...pair, similarity: pair.similarity / 100 })));
