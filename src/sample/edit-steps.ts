import sharp, { type Sharp } from 'sharp';
import type { Random } from './seeded-random.ts';
import { SAMPLE_WORDS, strokeWords } from './stroke-letters.ts';

/** Encodes as JPEG, transparency on white. @param quality 1 to 100 */
export async function jpeg(image: Sharp, quality = 86): Promise<Buffer> {
  return await image.flatten({ background: '#ffffff' }).jpeg({ quality }).toBuffer();
}

/** @param scale of both sides */
export async function resized(original: Buffer, scale: number): Promise<Sharp> {
  const { width } = await sharp(original).metadata();
  return sharp(original).resize(Math.round(width * scale), null, { kernel: 'cubic' });
}

/** Keeps `share` of both sides, somewhere. @param share above 0, at most 1 */
export async function cropped(original: Buffer, share: number, random: Random): Promise<Sharp> {
  const size = await sharp(original).metadata();
  const width = Math.max(1, Math.round(size.width * share));
  const height = Math.max(1, Math.round(size.height * share));
  const left = random.whole(0, size.width - width);
  const top = random.whole(0, size.height - height);
  return sharp(original).extract({ left, top, width, height });
}

/** Writes a word over it, with a shadow. */
export async function withText(original: Buffer, random: Random): Promise<Sharp> {
  const { width, height } = await sharp(original).metadata();
  const wide = width * random.between(0.5, 0.8);
  const left = (width - wide) / 2;
  const top = height * random.pick([0.08, 0.72]);
  const words = random.pick(SAMPLE_WORDS);
  const shadow = strokeWords(words, left + width * 0.006, top + width * 0.006, wide, '#101010');
  const text = strokeWords(words, left, top, wide, random.pick(['#ffffff', '#ffe14d', '#ff5a4d']));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shadow}${text}</svg>`;
  return sharp(original).composite([{ input: Buffer.from(svg) }]);
}

/** Puts a border around it. */
export async function withBorder(original: Buffer, random: Random): Promise<Sharp> {
  const { width, height } = await sharp(original).metadata();
  const thick = Math.round(Math.min(width, height) * random.between(0.04, 0.09));
  const foot = random.chance(0.4) ? thick * 3 : thick;
  const background = random.pick(['#ffffff', '#141414', '#efe6d2']);
  return sharp(original).extend({ top: thick, left: thick, right: thick, bottom: foot, background });
}
