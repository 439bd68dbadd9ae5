import type { Sharp } from 'sharp';
import type { InputRecipe } from '../domain/model.ts';
import type { PictureFormat } from '../domain/picture.ts';
import type { PictureArea } from './picture-area.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A longer picture is cut to this many times its short side before a crop; the crop takes its center anyway. */
const LONGEST_SIDES = 16;

/** A picture that is decoded. */
interface SizedFrame {
  /** Upright. */
  readonly size: Size;
  /** Whether it was stored otherwise. */
  readonly isTurned: boolean;
  readonly format: PictureFormat;
}

/**
 * Resizes an area of a frame to the size of a recipe. Of a whole JPEG the decoder then reads no more than the kernel
 * needs (shrink-on-load). A WebP is decoded whole, which costs as much: its decoder saves nothing by shrinking, and
 * drops rows and columns, so that the same pixels were up to 0.04 apart from those of a PNG among 1,205 photos.
 */
export function sizeForRecipe(
  frame: Sharp,
  { size, isTurned, format }: SizedFrame,
  area: PictureArea,
  recipe: InputRecipe,
): Sharp {
  const { resize, kernel } = recipe;
  const how = { fit: 'fill', kernel, fastShrinkOnLoad: format !== 'webp' } as const;
  // What is enlarged is moved by half a pixel, so it has to be upright before; sharp turns it first only to cut it.
  const isEnlarged = area.width < recipe.width || area.height < recipe.height;
  const whole = isTurned && isEnlarged ? null : size;
  if (resize === 'squash') {
    return cutOut(frame, whole, area).resize(recipe.width, recipe.height, how);
  }
  // Shorter side to `resizeTo`, longer side rounded down, center cut out: as torchvision's Resize and CenterCrop.
  const shorter = Math.min(area.width, area.height);
  const cut = center(area, {
    width: Math.min(area.width, shorter * LONGEST_SIDES),
    height: Math.min(area.height, shorter * LONGEST_SIDES),
  });
  // Multiplied first, so that the shorter side is exact.
  const scaled = {
    width: Math.floor((cut.width * recipe.resizeTo) / shorter),
    height: Math.floor((cut.height * recipe.resizeTo) / shorter),
  };
  return cutOut(frame, whole, cut)
    .resize(scaled.width, scaled.height, how)
    .extract(center({ left: 0, top: 0, ...scaled }, recipe));
}

/** @param whole an area of this size is not cut out: sharp would load all pixels of the picture */
function cutOut(frame: Sharp, whole: Size | null, area: PictureArea): Sharp {
  return area.width === whole?.width && area.height === whole.height ? frame : frame.extract({ ...area });
}

function center(outer: PictureArea, { width, height }: Size): PictureArea {
  return {
    left: outer.left + Math.round((outer.width - width) / 2),
    top: outer.top + Math.round((outer.height - height) / 2),
    width,
    height,
  };
}
