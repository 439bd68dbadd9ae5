import { blurred } from './blur-image.ts';
import { colorsElsewhere } from './color-grid.ts';
import { type FractionMap, inPixels } from './fraction-map.ts';
import type { GrayImage } from './gray-image.ts';
import { layOver } from './lay-over.ts';
import { localRange } from './local-range.ts';
import type { PictureView } from './picture-view.ts';
import { inTonesOf } from './tone-curve.ts';

/** Blur before pictures are compared, pixels of a view: what saving as JPEG and shrinking leave is finer. */
const SIGMA = 1;

/** Pixels around one in which its like may lie: alignment is off by less. */
const REACH = 2;

/** Side of the windows over which differences are averaged, and from one to the next, pixels; and rim that is left out. */
const WINDOW = 5;
const STEP = 2;
const RIM = 6;

/**
 * Mean difference of a window, of gray values 0 to 1, that something was put there; and how many times what nine of ten
 * windows stay below it has to be besides, since what was blurred or saved badly differs all over. Set by 62 of 64 pairs with a
 * mark and none of 146 without. Of others: 23 of 25 photos with a caption, date, line, spot or patch that the tiles take for
 * copies, none of 170 cropped, framed, mirrored or turned ones, screenshots and JPEG 10, 7 of 14 blurred, 2 of 5 with 64 pixels,
 * 3 of 48 made smaller by a fifth to two thirds.
 */
const MARKED = 0.02;
const TIMES_ALL_OVER = 8;

/**
 * Whether something was written, pasted or painted into one of two pictures that show the same, or wiped out of it: too small,
 * or too pale, to be told from a copy by tiles.
 * @param map from the first to the second
 * @param areWhole whether each shows all of the other: only then colors are compared place by place
 */
export function hasMarks(
  a: Pick<PictureView, 'image' | 'colors'>,
  b: Pick<PictureView, 'image' | 'colors'>,
  map: FractionMap,
  areWhole: boolean,
): boolean {
  return (areWhole && colorsElsewhere(a.colors, b.colors, map)) || hasGrayMarks(a.image, b.image, map);
}

function hasGrayMarks(a: GrayImage, b: GrayImage, map: FractionMap): boolean {
  const { overlay, warped } = layOver(a, b, inPixels(map, a, b));
  const ground = blurred(overlay.ground, SIGMA);
  const laid = blurred(warped.image, SIGMA);
  const toned = { ...ground, data: inTonesOf(laid.data, ground.data, warped.mask) };
  return stands(laid, toned, warped.mask) || stands(toned, laid, warped.mask);
}

/** Whether in a place one picture has what the other has nowhere near it. */
function stands(image: GrayImage, other: GrayImage, mask: Uint8Array): boolean {
  const { lowest, highest } = localRange(other, REACH);
  const apart = image.data.map((value, i) =>
    Math.max(0, (lowest[i] as number) - value, value - (highest[i] as number)),
  );
  const means = windowMeans({ ...image, data: apart }, mask).sort();
  const allOver = means[Math.floor(0.9 * means.length)] ?? 0;
  return (means.at(-1) ?? 0) > MARKED + TIMES_ALL_OVER * allOver;
}

/** Of windows that both pictures cover. */
function windowMeans({ width, height, data }: GrayImage, mask: Uint8Array): Float32Array {
  const means: number[] = [];
  for (let top = RIM; top + WINDOW + RIM <= height; top += STEP) {
    for (let left = RIM; left + WINDOW + RIM <= width; left += STEP) {
      let [sum, covered] = [0, 0];
      for (let y = top; y < top + WINDOW; y++) {
        for (let i = y * width + left; i < y * width + left + WINDOW; i++) {
          sum += data[i] as number;
          covered += mask[i] as number;
        }
      }
      if (covered === WINDOW * WINDOW) {
        means.push(sum / covered);
      }
    }
  }
  return Float32Array.from(means);
}
