import sharp, { type Sharp } from 'sharp';
import { seededRandom } from './seeded-random.ts';

/** Width and height of a drawn picture: different, and no multiple of a JPEG block. */
export const DRAWN = { width: 150, height: 101 };

/** RGB pixels with soft colors, hard edges and some noise, the same for the same seed. */
export function drawPixels(seed: number, { width, height } = DRAWN): Uint8Array {
  const random = seededRandom(seed);
  const phases = [random() * 6, random() * 6, random() * 6];
  const pixels = new Uint8Array(width * height * 3);
  for (let i = 0; i < pixels.length; i++) {
    const x = Math.floor(i / 3) % width;
    const y = Math.floor(i / 3 / width);
    const wave = Math.sin(x / 17 + (phases[i % 3] as number)) + Math.cos(y / 13 - (phases[i % 3] as number));
    const edge = x > width / 2 && y < height / 3 ? 40 : 0;
    pixels[i] = Math.min(255, 105 + wave * 40 + edge + random() * 20);
  }
  return pixels;
}

/** A drawn picture, ready to be encoded in any format. */
export function drawPicture(seed: number, size = DRAWN): Sharp {
  return sharp(drawPixels(seed, size), { raw: { ...size, channels: 3 } });
}
