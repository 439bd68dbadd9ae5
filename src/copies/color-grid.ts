import { applyAffine, determinant, inverted } from './affine.ts';
import type { FractionMap } from './fraction-map.ts';

/** Cells along each side, and blocks of cells that are compared: cells of a crop lie otherwise than those of the whole. */
const CELLS = 32;
const BLOCKS = 8;

/**
 * Mean distance of the colors of two pictures, of the mean distance of the more colorful one from gray. Of 31 photos saved
 * as JPEG 10, with 64 pixels or in 32 colors it was 0.27 at most; of hues turned by 60 degrees 0.72 at least, of sepia 0.26
 * at least and 0.63 in the median.
 */
const OTHER_COLORS = 0.3;

/**
 * The mean color of each cell of a picture, without its lightness: blue and red less luma (BT.601), -1 to 1, side by side.
 * @param rgb all red ones, all green ones, all blue ones, each 0 to 1
 */
export function colorGrid(rgb: Float32Array, width: number, height: number): Float32Array {
  const pixels = width * height;
  const sums = new Float32Array(2 * CELLS * CELLS);
  const counts = new Uint32Array(CELLS * CELLS);
  for (let y = 0, i = 0; y < height; y++) {
    const row = CELLS * Math.floor((CELLS * y) / height);
    for (let x = 0; x < width; x++, i++) {
      const cell = row + Math.floor((CELLS * x) / width);
      const [red, green, blue] = [rgb[i], rgb[pixels + i], rgb[2 * pixels + i]] as [number, number, number];
      const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
      sums[2 * cell] = (sums[2 * cell] as number) + blue - luma;
      sums[2 * cell + 1] = (sums[2 * cell + 1] as number) + red - luma;
      counts[cell] = (counts[cell] as number) + 1;
    }
  }
  return sums.map((sum, i) => sum / Math.max(1, counts[i >> 1] as number));
}

/**
 * Whether two pictures that show the same show it in other colors: sepia, tinted, another hue.
 * @param a of the first; see {@link colorGrid}
 * @param map from the first to the second
 */
export function haveOtherColors(a: Float32Array, b: Float32Array, map: FractionMap): boolean {
  return colorDistance(a, b, map) > OTHER_COLORS;
}

/**
 * 0 for the same colors, about 1 for unrelated ones; 0 where nothing overlaps. Cells on which the border of either picture
 * lies take no part: there may be a frame in them.
 */
function colorDistance(a: Float32Array, b: Float32Array, map: FractionMap): number {
  const growth = Math.sqrt(Math.abs(determinant(map)));
  const [inA, inB] = [(0.5 + 0.5 / growth) / CELLS, (0.5 + 0.5 * growth) / CELLS];
  const blocks = Array.from({ length: BLOCKS * BLOCKS }, () => ({
    blue: 0,
    red: 0,
    otherBlue: 0,
    otherRed: 0,
  }));
  for (let cell = 0; cell < CELLS * CELLS; cell++) {
    const [column, row] = [cell % CELLS, Math.floor(cell / CELLS)];
    const center = centerOf(cell);
    const under = applyAffine(map, center);
    const block = blocks[BLOCKS * blockOf(row) + blockOf(column)];
    if (block !== undefined && isWithin(center, inA) && isWithin(under, inB)) {
      const other = CELLS * Math.floor(CELLS * under.y) + Math.floor(CELLS * under.x);
      block.blue += a[2 * cell] as number;
      block.red += a[2 * cell + 1] as number;
      block.otherBlue += b[2 * other] as number;
      block.otherRed += b[2 * other + 1] as number;
    }
  }
  let [apart, ofA, ofB] = [0, 0, 0];
  for (const { blue, red, otherBlue, otherRed } of blocks) {
    apart += Math.hypot(blue - otherBlue, red - otherRed);
    ofA += Math.hypot(blue, red);
    ofB += Math.hypot(otherBlue, otherRed);
  }
  const most = Math.max(ofA, ofB);
  return most === 0 ? 0 : apart / most;
}

/**
 * How far the color of a cell is from those around its place in the other picture, 0 to about 1, that something of another
 * color stands there; and how many times what three of four cells stay below it has to be besides. Of photos that were saved anew,
 * made smaller, mirrored or turned 0.09 at most; where a yellow marker, a blue stamp or another hue in a ninth of the picture is,
 * 0.18 at least in five of six.
 */
const OTHER_CELL = 0.12;
const TIMES_ALL_OVER = 8;

/** Whether in a place one of two pictures that show the same whole has a color which the other has nowhere near it. */
export function colorsElsewhere(a: Float32Array, b: Float32Array, map: FractionMap): boolean {
  return stands(a, b, map) || stands(b, a, inverted(map));
}

function stands(colors: Float32Array, others: Float32Array, map: FractionMap): boolean {
  const apart: number[] = [];
  for (let cell = 0; cell < CELLS * CELLS; cell++) {
    const center = centerOf(cell);
    const under = applyAffine(map, center);
    if (isWithin(center, 1.5 / CELLS) && isWithin(under, 1.5 / CELLS)) {
      const [blue, red] = [0, 1].map((channel) =>
        beyondCellsAround(others, under, channel, colors[2 * cell + channel] as number),
      ) as [number, number];
      apart.push(Math.max(blue, red));
    }
  }
  apart.sort((x, y) => x - y);
  const allOver = apart[Math.floor(0.75 * apart.length)] ?? 0;
  return (apart.at(-1) ?? 0) > OTHER_CELL + TIMES_ALL_OVER * allOver;
}

/** How far a value is from all that the nine cells around a place have. */
function beyondCellsAround(
  colors: Float32Array,
  { x, y }: { readonly x: number; readonly y: number },
  channel: number,
  value: number,
): number {
  const [column, row] = [Math.floor(CELLS * x), Math.floor(CELLS * y)];
  const around = [-1, 0, 1].flatMap((down) =>
    [-1, 0, 1].map((right) => colors[2 * (CELLS * (row + down) + column + right) + channel] as number),
  );
  return Math.max(0, Math.min(...around) - value, value - Math.max(...around));
}

/** Fractions of the picture. */
function centerOf(cell: number): { x: number; y: number } {
  return { x: ((cell % CELLS) + 0.5) / CELLS, y: (Math.floor(cell / CELLS) + 0.5) / CELLS };
}

/**
 * Whether cells that lie beyond another picture, which lies in this one, differ in color.
 * @param map from this picture to the other
 */
export function isMarginColored(colors: Float32Array, map: FractionMap): boolean {
  const outside = Array.from({ length: CELLS * CELLS }, (_, cell) => cell).filter((cell) => {
    const growth = Math.sqrt(Math.abs(determinant(map)));
    return !isWithin(applyAffine(map, centerOf(cell)), -growth / CELLS);
  });
  return [0, 1].some((channel) => {
    const values = outside.map((cell) => colors[2 * cell + channel] as number);
    return values.length > 0 && Math.max(...values) - Math.min(...values) > ONE_COLOR;
  });
}

/** Range of a channel's means over the cells of a margin of one color. */
const ONE_COLOR = 0.04;

function blockOf(cell: number): number {
  return Math.floor((BLOCKS * cell) / CELLS);
}

/** @param margin least distance from every side */
function isWithin({ x, y }: { readonly x: number; readonly y: number }, margin: number): boolean {
  return Math.min(x, y) >= margin && Math.max(x, y) < 1 - margin;
}
