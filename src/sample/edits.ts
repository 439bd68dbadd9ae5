import sharp from 'sharp';
import { cropped, jpeg, resized, withBorder, withText } from './edit-steps.ts';
import { addJpegComment, removeJpegExif } from './jpeg-metadata.ts';
import type { SampleEdit } from './sample-truth.ts';
import type { Random } from './seeded-random.ts';

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
