import type { Sharp } from 'sharp';
import type { InputRecipe } from '../domain/model.ts';
import type { OpenPicture } from './open-picture.ts';
import type { PictureArea } from './picture-area.ts';
import { showOnGround } from './show-on-ground.ts';
import { sizeForRecipe } from './size-for-recipe.ts';
import { rangeOfIntegers, rangeOfNumbers, type ValueRange } from './value-range.ts';
import { extremes, keepSeenChannels, type RawValues, type VisiblePixels } from './visible-pixels.ts';

/**
 * 8-bit pixels of an area of a picture as a person would see them, at the size of a recipe. What is stored with more
 * bits than that and would come out all but black, or as one shade, is stretched; see {@link rangeOfIntegers}.
 * @returns height x width pixels of the recipe, gray or RGB
 */
export async function renderForRecipe(
  picture: OpenPicture,
  area: PictureArea,
  recipe: InputRecipe,
): Promise<{ readonly data: Uint8Array; readonly channels: 1 | 3 }> {
  const isTurned = (picture.header.orientation ?? 1) > 1;
  const size = (frame: Sharp) =>
    sizeForRecipe(frame, { size: picture.size, isTurned, format: picture.format }, area, recipe);
  const shown = await picture.decode(async (frame) => readRaw(size(frame), 'uchar'));
  const seen = await stretchIfDeep(picture, shown, size);
  return showOnGround(seen as VisiblePixels);
}

async function stretchIfDeep(
  picture: OpenPicture,
  shown: RawValues,
  size: (frame: Sharp) => Sharp,
): Promise<RawValues> {
  switch (picture.header.depth) {
    case 'uchar':
    case 'char':
      return shown;
    case 'ushort':
    case 'short': {
      if (showsEnough(shown)) {
        return shown;
      }
      const range = await storedRange(picture);
      return range.white === 65_535 && range.black === 0
        ? shown
        : stretch(await picture.decodeStored((frame) => readRaw(size(frame), 'ushort')), range, 65_535);
    }
    default: {
      const stored = await picture.decodeStored((frame) => readRaw(size(frame), 'float'));
      const { min, max } = extremes(stored);
      const range = rangeOfNumbers(min, max);
      // RGB of 0 to 1 is linear light, and was converted as such.
      const isLinear = picture.header.space === 'scrgb' && range.black === 0 && range.white === 1;
      return isLinear ? shown : stretch(stored, range, range.white);
    }
  }
}

/** Whether 8 bits of 16 leave more than a sliver, and more than 14 bits in use; with a margin for the resizing. */
function showsEnough(shown: RawValues): boolean {
  const { min, max } = extremes(shown);
  return max > 80 && max - min > 16;
}

/** Of the colors as stored, before any resizing. */
async function storedRange(picture: OpenPicture): Promise<ValueRange> {
  const { channels } = await picture.decodeStored((frame) => frame.stats());
  const colors = picture.header.hasAlpha ? channels.slice(0, -1) : channels;
  return rangeOfIntegers(
    Math.min(...colors.map(({ min }) => min)),
    Math.max(...colors.map(({ max }) => max)),
  );
}

/** @param opaque what alpha has where nothing is transparent */
function stretch({ data, channels }: RawValues, { black, white }: ValueRange, opaque: number): RawValues {
  const hasAlpha = channels % 2 === 0;
  const stretched = new Uint8ClampedArray(data.length);
  for (let i = 0; i < data.length; i++) {
    const isAlpha = hasAlpha && i % channels === channels - 1;
    const value = data[i] as number;
    stretched[i] = isAlpha ? (value / opaque) * 255 : ((value - black) / (white - black)) * 255;
  }
  return { data: new Uint8Array(stretched.buffer), channels };
}

const ARRAYS = { uchar: Uint8Array, ushort: Uint16Array, float: Float32Array } as const;

async function readRaw(frame: Sharp, depth: keyof typeof ARRAYS): Promise<RawValues> {
  const { data, info } = await frame.raw({ depth }).toBuffer({ resolveWithObject: true });
  const bytes = new Uint8Array(data);
  return keepSeenChannels({ data: new ARRAYS[depth](bytes.buffer), channels: info.channels });
}
