import type { InputRecipe } from '../domain/model.ts';
import type { PictureFacts, PictureRegion } from '../domain/picture.ts';
import type { PictureDecoders } from '../imaging/picture-decoders.ts';

/** Decoded pixels: all red ones, all green ones, all blue ones, each 0 to 1. */
export interface PicturePixels {
  readonly rgb: Float32Array;
  /** Of the whole picture, whatever size was asked for. */
  readonly facts: PictureFacts;
}

/**
 * Pixels of a picture, or of a region of it, upright, in 8-bit sRGB, stretched to the given size.
 * @throws as PictureDecoders.prepare
 */
export async function pixelsAtSize(
  decoders: PictureDecoders,
  bytes: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
  signal?: AbortSignal,
  region?: PictureRegion,
): Promise<PicturePixels> {
  const { inputs, facts } = await decoders.prepare(bytes, [recipeOf(width, height)], region, signal);
  return { rgb: inputs[0] as Float32Array, facts };
}

/** Pixels as they are, squashed to a size. */
function recipeOf(width: number, height: number): InputRecipe {
  return {
    ...{ name: 'pixels', width, height, dynamic: false, multipleOf: 1 },
    ...{ resize: 'squash', resizeTo: height, kernel: 'cubic', mean: [0, 0, 0], std: [1, 1, 1] },
  };
}
