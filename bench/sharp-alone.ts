import sharp from 'sharp';
import type { InputRecipe } from '../src/domain/model.ts';

// As the program has it: nothing comes twice, and pictures side by side fill the cores.
sharp.cache(false);
sharp.concurrency(1);

/**
 * What a model needs of a picture, by sharp alone and as fast as it can: shrunk while it loads where its format
 * allows, upright, at the size of the recipe, 8-bit RGB. As strict as the program is: a decoder's first complaint
 * about a JPEG is an error.
 * @param input path or whole file
 * @returns height x width x 3 bytes
 */
export function decodeShrunk(
  input: string | Uint8Array,
  isJpeg: boolean,
  recipe: InputRecipe,
): Promise<Buffer> {
  requireSquash(recipe);
  return sharp(input, { failOn: isJpeg ? 'warning' : 'error', limitInputPixels: false })
    .autoOrient()
    .resize(recipe.width, recipe.height, { fit: 'fill', kernel: recipe.kernel })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer();
}

/**
 * The same from all of its pixels: decoded whole first, so that no decoder can shrink it, and then resized.
 * @param input whole file
 * @returns height x width x 3 bytes
 */
export async function decodeWhole(input: Uint8Array, recipe: InputRecipe): Promise<Buffer> {
  requireSquash(recipe);
  const { data, info } = await sharp(input, { failOn: 'error', limitInputPixels: false })
    .autoOrient()
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return resizeWhole(data, info, recipe);
}

/** A picture's pixels, upright, as a PNG and as a lossless WebP. */
export async function losslessCopies(input: Uint8Array): Promise<Buffer[]> {
  const upright = () => sharp(input, { failOn: 'error', limitInputPixels: false }).autoOrient();
  return [
    await upright().png({ compressionLevel: 1 }).toBuffer(),
    await upright().webp({ lossless: true, effort: 0 }).toBuffer(),
  ];
}

/**
 * Resizes all pixels of a picture, transparency shown on white.
 * @param data 8-bit, sRGB or gray, with alpha or without, row by row
 * @returns height x width x 3 bytes
 */
export function resizeWhole(
  data: Uint8Array,
  info: { readonly width: number; readonly height: number; readonly channels: 1 | 2 | 3 | 4 },
  recipe: InputRecipe,
): Promise<Buffer> {
  const { width, height, channels } = info;
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: false })
    .flatten({ background: '#ffffff' })
    .resize(recipe.width, recipe.height, { fit: 'fill', kernel: recipe.kernel })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer();
}

function requireSquash({ resize }: InputRecipe): void {
  if (resize !== 'squash') {
    throw new Error(`Found a model with resize "${resize}", expected "squash"; teach this bench the other.`);
  }
}
