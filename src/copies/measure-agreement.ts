import { blurred } from './blur-image.ts';
import { difference, type GrayImage, halved } from './gray-image.ts';
import type { Warped } from './overlay.ts';
import { PairMoments } from './pair-moments.ts';
import type { Box } from './tile-grid.ts';

/** Blurs between which the bands lie, pixels: 0, 1, 2 and 4. */
const [SIGMA_1, SIGMA_2, SIGMA_4] = [1, 2, 4];

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
 * @param ofGround see bandsOf
 * @returns by boxes
 */
export function measureAgreement(
  ofGround: DetailBands,
  { image, mask }: Warped,
  boxes: readonly Box[],
): TileAgreement[] {
  const ofLaid = bandsOf(image);
  return boxes.map((box) => {
    const covered = coveredIn(mask, image.width, box);
    const compare = covered === 1 ? compareAll : compareCovered;
    return {
      covered,
      bands: ofGround.bands.map((band, i) =>
        compare(band, ofLaid.bands[i] as Band, insideBand(band, box), mask, image.width),
      ),
    };
  });
}

/** Detail of one size; of every pixel, or of every second one of every second row where that is enough. */
export interface Band {
  readonly data: Float32Array;
  readonly width: number;
  /** Pixels of the picture from one value to the next. */
  readonly step: 1 | 2;
}

/** A picture's detail between blurs of 0, 1, 2 and 4 pixels. */
export interface DetailBands {
  /** Three, the finest first. */
  readonly bands: readonly Band[];
  /** The picture blurred by one pixel. */
  readonly one: GrayImage;
}

export function bandsOf(image: GrayImage): DetailBands {
  const { width } = image;
  const one = blurred(image, SIGMA_1);
  const two = blurred(one, Math.sqrt(SIGMA_2 ** 2 - SIGMA_1 ** 2));
  const half = halved(two);
  const four = blurred(half, Math.sqrt(SIGMA_4 ** 2 - SIGMA_2 ** 2) / 2);
  const bands: Band[] = [
    { data: difference(image.data, one.data), width, step: 1 },
    { data: difference(one.data, two.data), width, step: 1 },
    { data: difference(half.data, four.data), width: half.width, step: 2 },
  ];
  return { bands, one };
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

/** A box of the picture in the values of a band. */
function insideBand({ data, width, step }: Band, { left, right, top, bottom }: Box): Box {
  return {
    ...{ left: Math.ceil(left / step), right: Math.min(width, Math.ceil(right / step)) },
    ...{ top: Math.ceil(top / step), bottom: Math.min(data.length / width, Math.ceil(bottom / step)) },
  };
}

/** Most boxes: nobody need ask of each pixel whether it is covered. */
function compareAll(a: Band, b: Band, { left, right, top, bottom }: Box): BandAgreement {
  const moments = new PairMoments();
  for (let y = top; y < bottom; y++) {
    const start = y * a.width + left;
    moments.addRun(a.data, start, b.data, start, right - left);
  }
  return agreementOf(moments);
}

/** @param maskWidth of the mask, pixels */
function compareCovered(
  a: Band,
  b: Band,
  { left, right, top, bottom }: Box,
  mask: Uint8Array,
  maskWidth: number,
): BandAgreement {
  const { step, width } = a;
  const moments = new PairMoments();
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      if (mask[step * (y * maskWidth + x)] === 1) {
        moments.add(a.data[y * width + x] as number, b.data[y * width + x] as number);
      }
    }
  }
  return agreementOf(moments);
}

function agreementOf(moments: PairMoments): BandAgreement {
  return {
    correlation: moments.correlation(),
    ground: moments.deviationA(),
    laid: moments.deviationB(),
  };
}
