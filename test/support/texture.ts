import sharp from 'sharp';
import { seededRandom } from './seeded-random.ts';

/** A PNG of a gray texture with detail of every size, as photos have. @param side pixels */
export async function texture(side: number, seed: number): Promise<Buffer> {
  const random = seededRandom(seed);
  const sum = new Float32Array(side * side);
  for (let cell = 1; cell <= 64; cell *= 2) {
    const cells = Math.ceil(side / cell);
    const noise = Buffer.from(Array.from({ length: cells * cells }, () => Math.floor(random() * 256)));
    const { data } = await sharp(noise, { raw: { width: cells, height: cells, channels: 1 } })
      .resize(side, side, { fit: 'fill', kernel: 'cubic' })
      .toColourspace('b-w')
      .raw()
      .toBuffer({ resolveWithObject: true });
    for (const [i, value] of data.entries()) {
      sum[i] = (sum[i] as number) + (value - 128) * 0.12 * Math.sqrt(cell);
    }
  }
  const pixels = Buffer.from(sum.map((value) => Math.max(0, Math.min(255, 128 + value))));
  return sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
    .png()
    .toBuffer();
}
