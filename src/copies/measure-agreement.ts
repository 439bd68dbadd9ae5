import { blurred, difference, type GrayImage } from './gray-image.ts';
import type { Warped } from './overlay.ts';
import type { Box } from './tile-grid.ts';

/** Blurs between which the three bands lie, pixels; the finest first. */
const SIGMAS = [0, 1, 2, 4] as const;

/** How one tile of two pictures laid over each other agrees in a band. */
export interface BandAgreement {
  /** Normalized cross-correlation, -1 to 1; 0 where one of them is flat. */
  readonly correlation: number;
  /** Deviation of each in this band, of gray values 0 to 1. */
  readonly ground: number;
  readonly laid: number;
}

export interface TileAgreement {
  /** Share of the tile where both pictures are, 0 to 1. */
  readonly covered: number;
  /** Three, the finest first: between blurs of 0 and 1, 1 and 2, 2 and 4 pixels. */
  readonly bands: readonly BandAgreement[];
}

/**
 * Compares two pictures tile by tile in bands of detail, so that neither light nor contrast of a place counts.
 * @returns by boxes
 */
export function measureAgreement(
  ground: GrayImage,
  { image, mask }: Warped,
  boxes: readonly Box[],
): TileAgreement[] {
  const { width } = ground;
  const ofGround = bandsOf(ground);
  const ofLaid = bandsOf(image);
  return boxes.map((box) => ({
    covered: coveredIn(mask, width, box),
    bands: ofGround.map((band, i) => compareIn(band, ofLaid[i] as Float32Array, mask, width, box)),
  }));
}

function bandsOf(image: GrayImage): Float32Array[] {
  const smooth = SIGMAS.map((sigma) => (sigma === 0 ? image : blurred(image, sigma)).data);
  return smooth.slice(1).map((coarser, i) => difference(smooth[i] as Float32Array, coarser));
}

function coveredIn(mask: Uint8Array, width: number, { left, right, top, bottom }: Box): number {
  let sum = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      sum += mask[y * width + x] as number;
    }
  }
  return sum / ((right - left) * (bottom - top));
}

function compareIn(
  a: Float32Array,
  b: Float32Array,
  mask: Uint8Array,
  width: number,
  { left, right, top, bottom }: Box,
): BandAgreement {
  let count = 0;
  let ofA = 0;
  let ofB = 0;
  let squaresA = 0;
  let squaresB = 0;
  let products = 0;
  for (let y = top; y < bottom; y++) {
    for (let at = y * width + left; at < y * width + right; at++) {
      if (mask[at] === 1) {
        const u = a[at] as number;
        const v = b[at] as number;
        count++;
        ofA += u;
        ofB += v;
        squaresA += u * u;
        squaresB += v * v;
        products += u * v;
      }
    }
  }
  if (count === 0) {
    return { correlation: 0, ground: 0, laid: 0 };
  }
  const varianceA = Math.max(0, squaresA / count - (ofA / count) ** 2);
  const varianceB = Math.max(0, squaresB / count - (ofB / count) ** 2);
  const covariance = products / count - (ofA / count) * (ofB / count);
  const norms = Math.sqrt(varianceA * varianceB);
  return {
    correlation: norms === 0 ? 0 : covariance / norms,
    ground: Math.sqrt(varianceA),
    laid: Math.sqrt(varianceB),
  };
}
