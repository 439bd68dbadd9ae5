import { type Embedding, toEmbedding } from '../domain/embedding.ts';
import { GRAY_SIDE, type GrayPicture } from './gray-picture.ts';

/** Bits of a perceptual hash. */
export const HASH_BITS = 64;

/** Lowest frequencies in each direction. */
const LOW = 8;

/** DCT-II, up to a factor that the median takes out: row `u` holds the cosine of frequency `u`. */
const COSINES = Array.from({ length: LOW }, (_, u) =>
  Float64Array.from({ length: GRAY_SIDE }, (_, x) => Math.cos(((2 * x + 1) * u * Math.PI) / (2 * GRAY_SIDE))),
);

/**
 * 64-bit perceptual hash (pHash; C. Zauner, Implementation and Benchmarking of Perceptual Image Hash Functions, 2010):
 * the 8 x 8 lowest frequencies of the discrete cosine transform of a 32 x 32 gray picture, each 1 above their median.
 * @returns 64 bits, the constant part first, then by rows
 */
export function perceptualHash(gray: GrayPicture): readonly boolean[] {
  const frequencies: number[] = [];
  for (const vertical of COSINES) {
    for (const horizontal of COSINES) {
      let sum = 0;
      for (let y = 0; y < GRAY_SIDE; y++) {
        for (let x = 0; x < GRAY_SIDE; x++) {
          sum += (gray[y * GRAY_SIDE + x] as number) * (vertical[y] as number) * (horizontal[x] as number);
        }
      }
      frequencies.push(sum);
    }
  }
  const sorted = [...frequencies].sort((a, b) => a - b);
  const median = ((sorted[HASH_BITS / 2 - 1] as number) + (sorted[HASH_BITS / 2] as number)) / 2;
  return frequencies.map((frequency) => frequency > median);
}

/**
 * A hash as an embedding, so that it is compared like any other: the similarity of two is 1 - 2 · Hamming / 64, and
 * equal distances give equal similarities, for all sums are exact.
 */
export function hashEmbedding(hash: readonly boolean[]): Embedding {
  return toEmbedding(hash.map((bit) => (bit ? 1 : -1)));
}
