import { type BitHash, bitSimilarity } from './bit-hash.ts';
import { readLuma } from './luma-picture.ts';
import type { ScoringContender } from './pair-scorer.ts';
import { pdqHash } from './pdq-hash.ts';

/** The plainest second look, for others to be measured against: the mean of the `copy` similarity and that of PDQ x 8. */
export const COPY_AND_PDQ: ScoringContender = {
  name: 'copy + PDQ',
  candidatesOf: 'copy',
  async open() {
    const known = new Map<string, Promise<readonly BitHash[]>>();
    const hashesOf = (path: string) => {
      const hashes = known.get(path) ?? readLuma(path).then((picture) => pdqHash(picture).hashes);
      known.set(path, hashes);
      return hashes;
    };
    return {
      async score(queryFile, candidates) {
        const variants = await hashesOf(queryFile);
        return Promise.all(
          candidates.map(async ({ path, similarity }) => {
            const [own] = await hashesOf(path);
            const nearest = Math.max(...variants.map((variant) => bitSimilarity(variant, own as BitHash)));
            return (similarity + nearest) / 2;
          }),
        );
      },
      async close() {},
    };
  },
};
