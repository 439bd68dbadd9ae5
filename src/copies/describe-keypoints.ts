import type { Keypoint } from './find-keypoints.ts';
import { type Gradients, sigmaOf } from './scale-space.ts';

/** Cells of a descriptor along each side, and directions in each. */
const CELLS = 4;
const DIRECTIONS = 8;

/** Numbers of a descriptor. */
export const DESCRIPTOR_LENGTH = CELLS * CELLS * DIRECTIONS;

/** Keypoints of one picture with their descriptors. */
export interface Features {
  readonly count: number;
  /** Pixels of the picture. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Deviation of the blur in which it is most itself, pixels of the picture. */
  readonly scale: Float32Array;
  /** Radians. */
  readonly angle: Float32Array;
  /** {@link DESCRIPTOR_LENGTH} numbers each, by rows of cells, cells, directions; unit length. */
  readonly descriptors: Float32Array;
}

const DIRECTION_BINS = 36;
/** Blur of the window whose main direction is taken, in scales of the keypoint (Lowe 2004, section 5). */
const DIRECTION_WINDOW = 1.5;
/** Of the highest peak: a further direction from which a keypoint is described as well. */
const OTHER_PEAK = 0.8;
/** Side of a cell, in scales of the keypoint (Lowe 2004, section 6.1). */
const CELL_SIDE = 3;
/** No direction may weigh more than this (Lowe 2004, section 6.1: against changes of light). */
const MOST_WEIGHT = 0.2;

/**
 * Describes keypoints by the directions of the gradients around them (Lowe 2004, sections 5 and 6), as square roots of shares
 * (R. Arandjelovic, A. Zisserman, Three Things Everyone Should Know, 2012).
 */
export function describeKeypoints(keypoints: readonly Keypoint[]): Features {
  const oriented = keypoints.flatMap((keypoint) =>
    mainDirections(keypoint).map((angle) => ({ keypoint, angle })),
  );
  const count = oriented.length;
  const [x, y, scale, angle] = Array.from({ length: 4 }, () => new Float32Array(count)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const descriptors = new Float32Array(count * DESCRIPTOR_LENGTH);
  for (const [i, { keypoint, angle: direction }] of oriented.entries()) {
    const { step } = keypoint.octave;
    x[i] = keypoint.x * step;
    y[i] = keypoint.y * step;
    scale[i] = sigmaOf(keypoint.scale) * step;
    angle[i] = direction;
    describe(keypoint, direction, descriptors.subarray(i * DESCRIPTOR_LENGTH, (i + 1) * DESCRIPTOR_LENGTH));
  }
  return { count, x, y, scale, angle, descriptors };
}

function gradientsAt({ octave, scale }: Keypoint): Gradients {
  return octave.gradients(Math.max(0, Math.min(octave.smooth.length - 1, Math.round(scale))));
}

function mainDirections(keypoint: Keypoint): number[] {
  const { width, height } = keypoint.octave;
  const { strength, direction } = gradientsAt(keypoint);
  const sigma = DIRECTION_WINDOW * sigmaOf(keypoint.scale);
  const reach = Math.round(3 * sigma);
  const histogram = new Float32Array(DIRECTION_BINS);
  const [column, row] = [Math.round(keypoint.x), Math.round(keypoint.y)];
  for (let y = Math.max(1, row - reach); y <= Math.min(height - 2, row + reach); y++) {
    for (let x = Math.max(1, column - reach); x <= Math.min(width - 2, column + reach); x++) {
      const at = y * width + x;
      const far = (x - keypoint.x) ** 2 + (y - keypoint.y) ** 2;
      const weight = Math.exp(-far / (2 * sigma * sigma)) * (strength[at] as number);
      const bin =
        Math.floor(((direction[at] as number) / (2 * Math.PI) + 1) * DIRECTION_BINS) % DIRECTION_BINS;
      histogram[bin] = (histogram[bin] as number) + weight;
    }
  }
  return peaksOf(smoothed(smoothed(histogram)));
}

function smoothed(histogram: Float32Array): Float32Array {
  const n = histogram.length;
  return histogram.map(
    (value, i) => (value + (histogram[(i + 1) % n] as number) + (histogram[(i + n - 1) % n] as number)) / 3,
  );
}

/** Radians. */
function peaksOf(histogram: Float32Array): number[] {
  const n = histogram.length;
  const highest = Math.max(...histogram);
  const peaks: number[] = [];
  for (const [i, value] of histogram.entries()) {
    const before = histogram[(i + n - 1) % n] as number;
    const after = histogram[(i + 1) % n] as number;
    if (value > before && value >= after && value >= OTHER_PEAK * highest) {
      const offset = (0.5 * (before - after)) / (before - 2 * value + after);
      peaks.push(((i + 0.5 + offset) / n) * 2 * Math.PI);
    }
  }
  return peaks;
}

/** Writes the descriptor. */
function describe(keypoint: Keypoint, angle: number, into: Float32Array): void {
  const { width, height } = keypoint.octave;
  const { strength, direction } = gradientsAt(keypoint);
  const cell = CELL_SIDE * sigmaOf(keypoint.scale);
  const reach = Math.ceil((cell * Math.SQRT2 * (CELLS + 1)) / 2);
  const [cos, sin] = [Math.cos(angle) / cell, Math.sin(angle) / cell];
  const [column, row] = [Math.round(keypoint.x), Math.round(keypoint.y)];
  for (let y = Math.max(1, row - reach); y <= Math.min(height - 2, row + reach); y++) {
    for (let x = Math.max(1, column - reach); x <= Math.min(width - 2, column + reach); x++) {
      const dx = x - keypoint.x;
      const dy = y - keypoint.y;
      // In cells, from the middle of the first one.
      const across = cos * dx + sin * dy + CELLS / 2 - 0.5;
      const along = cos * dy - sin * dx + CELLS / 2 - 0.5;
      if (across <= -1 || across >= CELLS || along <= -1 || along >= CELLS) {
        continue;
      }
      const at = y * width + x;
      const far = (across - CELLS / 2 + 0.5) ** 2 + (along - CELLS / 2 + 0.5) ** 2;
      const weight = Math.exp(-far / ((CELLS * CELLS) / 2)) * (strength[at] as number);
      const turn = ((direction[at] as number) - angle) / (2 * Math.PI);
      spread(into, along, across, (turn - Math.floor(turn)) * DIRECTIONS, weight);
    }
  }
  normalize(into);
}

/** Shares a weight between the two nearest rows, columns and directions. */
function spread(into: Float32Array, row: number, column: number, direction: number, weight: number): void {
  const r = Math.floor(row);
  const c = Math.floor(column);
  const d = Math.floor(direction);
  const first = d % DIRECTIONS;
  const second = (d + 1) % DIRECTIONS;
  const toSecond = direction - d;
  for (let i = Math.max(0, r); i <= Math.min(CELLS - 1, r + 1); i++) {
    const inRow = weight * (1 - Math.abs(row - i));
    for (let j = Math.max(0, c); j <= Math.min(CELLS - 1, c + 1); j++) {
      const cell = (i * CELLS + j) * DIRECTIONS;
      const share = inRow * (1 - Math.abs(column - j));
      into[cell + first] = (into[cell + first] as number) + share * (1 - toSecond);
      into[cell + second] = (into[cell + second] as number) + share * toSecond;
    }
  }
}

function normalize(descriptor: Float32Array): void {
  let squares = 0;
  for (let i = 0; i < descriptor.length; i++) {
    squares += (descriptor[i] as number) ** 2;
  }
  if (squares === 0) {
    return;
  }
  const length = Math.sqrt(squares);
  let sum = 0;
  for (let i = 0; i < descriptor.length; i++) {
    const clipped = Math.min(MOST_WEIGHT, (descriptor[i] as number) / length);
    descriptor[i] = clipped;
    sum += clipped;
  }
  for (let i = 0; i < descriptor.length; i++) {
    descriptor[i] = Math.sqrt((descriptor[i] as number) / sum);
  }
}

/**
 * Where a number of a descriptor is in that of the mirrored picture: seen in a mirror, the rows of cells across the main
 * direction change places, and directions turn the other way.
 */
const MIRRORED = Array.from({ length: DESCRIPTOR_LENGTH }, (_, i) => {
  const row = Math.floor(i / (CELLS * DIRECTIONS));
  const column = Math.floor(i / DIRECTIONS) % CELLS;
  const direction = i % DIRECTIONS;
  return ((CELLS - 1 - row) * CELLS + column) * DIRECTIONS + ((DIRECTIONS - direction) % DIRECTIONS);
});

/** Descriptors as they would be, were the picture mirrored. */
export function mirroredDescriptors(descriptors: Float32Array): Float32Array {
  const mirrored = new Float32Array(descriptors.length);
  for (let start = 0; start < descriptors.length; start += DESCRIPTOR_LENGTH) {
    for (let i = 0; i < DESCRIPTOR_LENGTH; i++) {
      mirrored[start + i] = descriptors[start + (MIRRORED[i] as number)] as number;
    }
  }
  return mirrored;
}
