import { type Affine, determinant } from './affine.ts';
import { blurred } from './blur-image.ts';
import type { GrayImage } from './gray-image.ts';
import {
  type BandAgreement,
  bandsOf,
  type DetailBands,
  measureAgreement,
  type TileAgreement,
} from './measure-agreement.ts';
import { type Overlay, overlaid, type Warped, warp } from './overlay.ts';
import { refineAlignment } from './refine-alignment.ts';
import { type TileGrid, tileGrid } from './tile-grid.ts';

/** Two pictures laid over each other as well as it goes, and how they agree. */
export interface LaidOver {
  readonly overlay: Overlay;
  readonly warped: Warped;
  readonly grid: TileGrid;
  /** By tiles of the grid. */
  readonly tiles: readonly TileAgreement[];
}

/** What a tile must have to say anything: share covered, and contrast of gray values 0 to 1. */
export const COVERED = 0.7;
const CONTRAST = 0.008;

/** Correlation from which a tile agrees, and from which it is worth aligning by. */
const AGREES = 0.7;
const LEADS = 0.5;

/** With fewer tiles that agree at first, all of the overlap is looked at, and from farther away. */
const FEW_LEADING = 4;

/** Of areas: a better alignment changes them little. */
const MOST_GROWTH = 2;

/** Steps of either round. */
const STEPS = 6;

/** Two pictures laid over each other by a map that is about right. */
export interface BegunOverlay {
  readonly overlay: Overlay;
  readonly grid: TileGrid;
  readonly groundBands: DetailBands;
  /** Which tiles agree well enough to align by. */
  readonly leading: readonly boolean[];
}

/** Lays one picture over another; from the first one's pixels to the second's. */
export function layOver(first: GrayImage, second: GrayImage, affine: Affine): LaidOver {
  return align(beginOverlay(first, second, affine));
}

/** The first half of layOver. */
export function beginOverlay(first: GrayImage, second: GrayImage, affine: Affine): BegunOverlay {
  const overlay = overlaid(first, second, affine);
  const grid = tileGrid(overlay.ground);
  const groundBands = bandsOf(overlay.ground);
  const tiles = measureAgreement(groundBands, warp(overlay), grid.boxes);
  return { overlay, grid, groundBands, leading: tiles.map((tile) => bestBand(tile) >= LEADS) };
}

/** The second half: moves them to where they agree best. */
export function align(begun: BegunOverlay): LaidOver {
  const { overlay, grid, groundBands, leading } = begun;
  const isFew = leading.filter(Boolean).length < FEW_LEADING;
  const isLookedAt = isFew ? new Uint8Array(overlay.ground.data.length).fill(1) : ledPixels(begun);
  const far = isFew ? 3 : 2;
  const rough = blurred(overlay.ground, far);
  const coarse = moved(overlay, refineAlignment(overlay, rough, far, isLookedAt, STEPS));
  const fine = moved(coarse, refineAlignment(coarse, groundBands.one, 1, isLookedAt, STEPS));
  const warped = warp(fine);
  return { overlay: fine, warped, grid, tiles: measureAgreement(groundBands, warped, grid.boxes) };
}

/** 1 for each pixel of a tile that leads: it is looked up in every step. */
function ledPixels({ overlay: { ground }, grid, leading }: BegunOverlay): Uint8Array {
  const led = new Uint8Array(ground.data.length);
  for (const [i, { left, right, top, bottom }] of grid.boxes.entries()) {
    for (let y = top; leading[i] === true && y < bottom; y++) {
      led.fill(1, y * ground.width + left, y * ground.width + right);
    }
  }
  return led;
}

/** By the new map; by the old one where the new has run away. */
function moved(overlay: Overlay, affine: Affine): Overlay {
  const growth = determinant(affine) / determinant(overlay.affine);
  return growth > 1 / MOST_GROWTH && growth < MOST_GROWTH ? { ...overlay, affine } : overlay;
}

/** Whether a tile says anything: detail of two pixels or more is in both pictures there. */
export function isTelling({ covered, bands }: TileAgreement): boolean {
  return covered >= COVERED && bands.slice(1).some(hasContrast);
}

/** Detail of four pixels from which a tile shows something for certain, of gray values 0 to 1. */
const SHOWS = 0.03;

/** Whether one picture shows something in a tile where the other is flat: it was painted over there, or erased. */
export function isHidden(tile: TileAgreement): boolean {
  const coarsest = tile.bands.at(-1);
  return (
    tile.covered >= COVERED &&
    coarsest !== undefined &&
    !isTelling(tile) &&
    Math.max(coarsest.ground, coarsest.laid) >= SHOWS
  );
}

/** Correlation below which a tile shows something else. */
const CONTRADICTS = 0.3;

/**
 * Whether both pictures show something in a tile, and not the same: no compression, blur or change of color comes to that,
 * but what was written or pasted over it does, and what has moved between two shots.
 */
export function isContrary(tile: TileAgreement): boolean {
  const coarsest = tile.bands.at(-1);
  return (
    isTelling(tile) &&
    bestBand(tile) < CONTRADICTS &&
    coarsest !== undefined &&
    Math.max(coarsest.ground, coarsest.laid) >= SHOWS
  );
}

/** Whether both pictures show the same in a tile, in either of the coarser bands: the finest is what compression spoils. */
export function isAgreeing(tile: TileAgreement): boolean {
  return bestBand(tile) >= AGREES;
}

/** Of those bands in which both have detail. */
function bestBand({ covered, bands }: TileAgreement): number {
  const telling = bands.slice(1).filter(hasContrast);
  return covered < COVERED ? -1 : Math.max(-1, ...telling.map(({ correlation }) => correlation));
}

function hasContrast({ ground, laid }: BandAgreement): boolean {
  return Math.min(ground, laid) >= CONTRAST;
}

/** How two pictures agree in a band, over all tiles with detail in both. */
export interface BandSummary {
  readonly tiles: number;
  /** Median of the tiles' correlations, -1 to 1; 0 where there are none. */
  readonly correlation: number;
  /** Median of the deviations' ratios, ground to laid; 1 where there are none. */
  readonly ratio: number;
}

/** The finest band first. */
export function summarizeBands(tiles: readonly TileAgreement[]): BandSummary[] {
  const covered = tiles.filter((tile) => tile.covered >= COVERED);
  return (covered[0]?.bands ?? []).map((_, band) => {
    const telling = covered.map(({ bands }) => bands[band] as BandAgreement).filter(hasContrast);
    return {
      tiles: telling.length,
      correlation: median(telling.map(({ correlation }) => correlation)) ?? 0,
      ratio: median(telling.map(({ ground, laid }) => ground / laid)) ?? 1,
    };
  });
}

/** Null of none. */
export function median(values: readonly number[]): number | null {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? null;
}
