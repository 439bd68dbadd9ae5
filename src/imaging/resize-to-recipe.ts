import type { Region, Sharp } from 'sharp';
import type { InputRecipe } from '../domain/model.ts';
import { hasAlpha, type Pixels } from './canonical-pixels.ts';
import { openSharp } from './open-sharp.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A longer picture is cut to this many times its short side before a crop; the crop takes its center anyway. */
const LONGEST_SIDES = 16;

/**
 * Resizes pixels to the size of a recipe, transparency shown on white. Pixels that are equal give equal results,
 * whatever file they came from, because no decoder takes part (a JPEG could shrink while loading, a PNG not).
 * @returns height x width pixels of the recipe, with 1 or 3 channels
 */
export async function resizeToRecipe(
  pixels: Pixels,
  recipe: InputRecipe,
): Promise<{ data: Uint8Array; channels: number }> {
  const { data, width, height, channels } = pixels;
  // The pixels were checked against the limits before they were decoded.
  const opened = openSharp(data, { raw: { width, height, channels }, limitInputPixels: false });
  const frame = hasAlpha(pixels) ? opened.flatten({ background: '#ffffff' }) : opened;
  const sized = recipe.resize === 'squash' ? squash(frame, recipe) : crop(frame, pixels, recipe);
  const resized = await sized.raw().toBuffer({ resolveWithObject: true });
  return { data: resized.data, channels: resized.info.channels };
}

function squash(frame: Sharp, recipe: InputRecipe): Sharp {
  return frame.resize(recipe.width, recipe.height, { fit: 'fill', kernel: recipe.kernel });
}

/** Shorter side to `resizeTo`, longer side rounded down, center cut out: as torchvision's Resize and CenterCrop. */
function crop(frame: Sharp, { width, height }: Pixels, recipe: InputRecipe): Sharp {
  const shorter = Math.min(width, height);
  const cut = {
    width: Math.min(width, shorter * LONGEST_SIDES),
    height: Math.min(height, shorter * LONGEST_SIDES),
  };
  // Multiplied first, so that the shorter side is exact.
  const scaled = {
    width: Math.floor((cut.width * recipe.resizeTo) / shorter),
    height: Math.floor((cut.height * recipe.resizeTo) / shorter),
  };
  return frame
    .extract(centered({ width, height }, cut))
    .resize(scaled.width, scaled.height, { fit: 'fill', kernel: recipe.kernel })
    .extract(centered(scaled, recipe));
}

function centered(outer: Size, inner: Size): Region {
  return {
    left: Math.round((outer.width - inner.width) / 2),
    top: Math.round((outer.height - inner.height) / 2),
    width: inner.width,
    height: inner.height,
  };
}
