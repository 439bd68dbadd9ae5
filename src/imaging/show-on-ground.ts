import type { VisiblePixels } from './visible-pixels.ts';

/** Art that differs from white by less than this on average (of 255) would vanish on white. */
const LEAST_CONTRAST = 32;

const WHITE = 255;
const BLACK = 0;

/**
 * Shows transparent pixels on white, as a page would; art that is white itself on black.
 * @returns gray or RGB
 */
export function showOnGround({ data, channels }: VisiblePixels): {
  readonly data: Uint8Array;
  readonly channels: 1 | 3;
} {
  if (channels === 1 || channels === 3) {
    return { data, channels };
  }
  const ground = contrastToWhite({ data, channels }) < LEAST_CONTRAST ? BLACK : WHITE;
  const colors = channels === 2 ? 1 : 3;
  const shown = new Uint8Array((data.length / channels) * colors);
  for (let from = 0, to = 0; from < data.length; from += channels) {
    const alpha = data[from + colors] as number;
    for (let c = 0; c < colors; c++) {
      shown[to++] = Math.round(((data[from + c] as number) * alpha + ground * (255 - alpha)) / 255);
    }
  }
  return { data: shown, channels: colors };
}

/** How far the visible colors lie below white on average, weighted by how visible they are: 0 to 255. */
function contrastToWhite({ data, channels }: VisiblePixels): number {
  const colors = channels - 1;
  let [difference, weight] = [0, 0];
  let isOpaque = true;
  for (let at = 0; at < data.length; at += channels) {
    const alpha = data[at + colors] as number;
    isOpaque &&= alpha === 255;
    weight += alpha;
    for (let c = 0; c < colors; c++) {
      difference += (alpha * (255 - (data[at + c] as number))) / colors;
    }
  }
  return isOpaque || weight === 0 ? 255 : difference / weight;
}
