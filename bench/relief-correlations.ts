import sharp from 'sharp';
import { GRAY_SIDE, type GrayPicture } from '../src/evaluation/gray-picture.ts';
import { NearDuplicates } from '../src/evaluation/near-duplicates.ts';
import type { FilePair } from './verify-pairs.ts';

/** How the relief of gray of two files correlates, -1 to 1, in the pairs' order: see NearDuplicates. */
export async function reliefCorrelations(
  pairs: readonly FilePair[],
  paths: readonly string[],
): Promise<number[]> {
  const grays: GrayPicture[] = [];
  for (const at of new Set(pairs.flatMap(({ a, b }) => [a, b]))) {
    grays[at] = await grayOf(paths[at] as string);
  }
  const measure = new NearDuplicates(grays);
  return pairs.map(({ a, b }) => measure.correlation(a, b));
}

async function grayOf(path: string): Promise<GrayPicture> {
  const bytes = await sharp(path)
    .flatten({ background: '#ffffff' })
    .resize(GRAY_SIDE, GRAY_SIDE, { fit: 'fill' })
    .grayscale()
    .raw()
    .toBuffer();
  return Float32Array.from(bytes, (value) => value / 255);
}
