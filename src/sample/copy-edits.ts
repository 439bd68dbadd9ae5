import sharp from 'sharp';
import { cropped, jpeg, resized, withBorder, withText } from './edit-steps.ts';
import type { Random } from './seeded-random.ts';

/** A way to edit a picture as people do before they pass it on. */
export interface CopyEdit {
  readonly name: string;
  /** @returns a picture file @param other another picture, for what is put together from two */
  make(original: Buffer, random: Random, other: () => Promise<Buffer>): Promise<Buffer>;
}

/** The edits that the card of the bundled model measures. Crops keep a share of the area, somewhere. */
export const COPY_EDITS: readonly CopyEdit[] = [
  { name: 'JPEG quality 10', make: (original) => jpeg(sharp(original), 10) },
  { name: '64-px thumbnail', make: (original) => jpeg(sharp(original).resize(64, 64, { fit: 'inside' })) },
  { name: '80 % crop', make: (original, random) => croppedArea(original, 0.8, random) },
  { name: '50 % crop', make: (original, random) => croppedArea(original, 0.5, random) },
  { name: '30 % crop', make: (original, random) => croppedArea(original, 0.3, random) },
  {
    name: 'turned by 10 degrees',
    make: (original, random) =>
      jpeg(sharp(original).rotate(random.pick([-10, 10]), { background: '#ffffff' })),
  },
  {
    name: 'turned by 90 degrees',
    make: (original, random) => jpeg(sharp(original).rotate(random.pick([90, 270]))),
  },
  { name: 'mirrored', make: (original) => jpeg(sharp(original).flop()) },
  { name: 'gray', make: (original) => jpeg(sharp(original).grayscale()) },
  { name: 'brighter', make: (original) => jpeg(sharp(original).modulate({ brightness: 1.35 })) },
  {
    name: 'other hue',
    make: (original, random) => jpeg(sharp(original).modulate({ hue: random.pick([60, 120, 240, 300]) })),
  },
  { name: 'blurred', make: blurred },
  { name: 'text over it', make: async (original, random) => jpeg(await withText(original, random)) },
  { name: 'border', make: async (original, random) => jpeg(await withBorder(original, random)) },
  { name: 'several at once', make: several },
  {
    name: 'inset in another',
    make: async (original, random, other) => inset(original, await other(), random),
  },
];

async function croppedArea(original: Buffer, share: number, random: Random): Promise<Buffer> {
  return jpeg(await cropped(original, Math.sqrt(share), random));
}

/** By 1.5 % of the longer side: three pixels at 192. */
async function blurred(original: Buffer): Promise<Buffer> {
  const { width, height } = await sharp(original).metadata();
  return jpeg(sharp(original).blur(Math.max(0.5, 0.015 * Math.max(width, height))));
}

/** A crop of 70 % of the area, smaller, mirrored, with other colors and text, at JPEG quality 40. */
async function several(original: Buffer, random: Random): Promise<Buffer> {
  const part = await croppedArea(original, 0.7, random);
  const small = await jpeg(
    (await resized(part, 0.5)).flop().modulate({ brightness: random.pick([0.8, 1.2]), saturation: 0.6 }),
    95,
  );
  return jpeg(await withText(small, random), 40);
}

/** The whole picture, on a quarter of the area of another, somewhere. */
async function inset(original: Buffer, other: Buffer, random: Random): Promise<Buffer> {
  const { width, height } = await sharp(other).metadata();
  const [half, halfHeight] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const input = await sharp(original).resize(half, halfHeight, { fit: 'fill' }).png().toBuffer();
  const left = random.whole(0, width - half);
  const top = random.whole(0, height - halfHeight);
  return jpeg(sharp(other).composite([{ input, left, top }]));
}
