import sharp, { type Sharp } from 'sharp';
import { addJpegComment, removeJpegExif } from './jpeg-metadata.ts';
import type { SampleEdit } from './sample-truth.ts';
import type { Random } from './seeded-random.ts';
import { SAMPLE_WORDS, strokeWords } from './stroke-letters.ts';

/** Makes a copy's bytes from its original's. */
type ApplyEdit = (original: Buffer, random: Random) => Promise<Buffer>;

export const SAMPLE_EDITS: Readonly<Record<SampleEdit, ApplyEdit>> = {
  'same-bytes': async (original) => original,
  comment: async (original, random) => addJpegComment(original, `Scanned copy ${random.whole(1, 9999)}`),
  'no-exif': async (original) => removeJpegExif(original),
  'as-png': async (original) => await sharp(original).removeAlpha().png().toBuffer(),
  'as-webp': async (original) => await sharp(original).webp({ lossless: true, effort: 1 }).toBuffer(),
  'as-tiff': async (original) =>
    await sharp(original).tiff({ compression: 'deflate', predictor: 'horizontal' }).toBuffer(),
  // Orientation 6 says: turn by 90 degrees to the right to see it upright.
  sideways: async (original) =>
    await sharp(original).rotate(-90).png().withMetadata({ orientation: 6 }).toBuffer(),
  'quality-60': async (original) => await jpeg(sharp(original), 60),
  'quality-30': async (original) => await jpeg(sharp(original), 30),
  half: async (original) => await jpeg(await resized(original, 0.5)),
  quarter: async (original) => await jpeg(await resized(original, 0.25)),
  'cropped-80': async (original, random) => await jpeg(await cropped(original, 0.8, random)),
  'cropped-60': async (original, random) => await jpeg(await cropped(original, 0.6, random)),
  mirrored: async (original) => await jpeg(sharp(original).flop()),
  rotated: async (original, random) => await jpeg(sharp(original).rotate(random.pick([90, 270]))),
  text: async (original, random) => await jpeg(await withText(original, random)),
  border: async (original, random) => await jpeg(await withBorder(original, random)),
  gray: async (original) => await jpeg(sharp(original).grayscale()),
  brighter: async (original) => await jpeg(sharp(original).modulate({ brightness: 1.25, saturation: 1.1 })),
  mixed: async (original, random) => {
    const part = await jpeg(await cropped(original, 0.85, random), 95);
    return await jpeg((await resized(part, 0.6)).flop().modulate({ brightness: 1.12, saturation: 0.7 }), 55);
  },
};

async function jpeg(image: Sharp, quality = 86): Promise<Buffer> {
  return await image.flatten({ background: '#ffffff' }).jpeg({ quality }).toBuffer();
}

async function resized(original: Buffer, scale: number): Promise<Sharp> {
  const { width } = await sharp(original).metadata();
  return sharp(original).resize(Math.round(width * scale), null, { kernel: 'cubic' });
}

/** Keeps `share` of both sides, somewhere. */
async function cropped(original: Buffer, share: number, random: Random): Promise<Sharp> {
  const size = await sharp(original).metadata();
  const width = Math.round(size.width * share);
  const height = Math.round(size.height * share);
  const left = random.whole(0, size.width - width);
  const top = random.whole(0, size.height - height);
  return sharp(original).extract({ left, top, width, height });
}

async function withText(original: Buffer, random: Random): Promise<Sharp> {
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

async function withBorder(original: Buffer, random: Random): Promise<Sharp> {
  const { width, height } = await sharp(original).metadata();
  const thick = Math.round(Math.min(width, height) * random.between(0.04, 0.09));
  const foot = random.chance(0.4) ? thick * 3 : thick;
  const background = random.pick(['#ffffff', '#141414', '#efe6d2']);
  return sharp(original).extend({ top: thick, left: thick, right: thick, bottom: foot, background });
}
