import { type BitHash, packBits } from './bit-hash.ts';
import type { LumaPicture } from './luma-picture.ts';

/** A PDQ hash and how much there was to hash. */
export interface PdqHash {
  /** 256 bits each: of the picture, of its three quarter turns, and of the four mirrored ones. */
  readonly hashes: readonly BitHash[];
  /** 0 to 100; PDQ's authors do not use hashes of 49 and less. */
  readonly quality: number;
}

/** Side of what the transform sees, pixels. */
const SIDE = 64;

/** Frequencies in each direction, the constant one left out. */
const LOW = 16;

/** A picture that is larger in any direction is taken at 512 x 512. */
const LARGEST = 512;

const SMALLEST = 5;
const PASSES = 2;
const { fround } = Math;

/**
 * PDQ (Meta, The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm, 2019), as its C++ implementation
 * (facebook/ThreatExchange, pdq/cpp) hashes a file: a tent filter by two passes of box filters each way, 64 x 64 samples,
 * the 16 x 16 lowest frequencies of their DCT, each 1 above the lower median. Sums are in single precision, as there. The
 * hashes of turned and mirrored pictures are made by signs and transposition of the frequencies.
 */
export function pdqHash(picture: LumaPicture): PdqHash {
  const taken = largestTaken(picture);
  if (Math.min(taken.width, taken.height) < SMALLEST) {
    return { hashes: Array.from({ length: 8 }, () => new Uint32Array(8)), quality: 0 };
  }
  const samples = sample(taken);
  const frequencies = transform(samples);
  return {
    hashes: VARIANTS.map((variant) => bitsOf(vary(frequencies, variant))),
    quality: qualityOf(samples),
  };
}

/** As PDQ's tools write a hash: 64 hexadecimal digits, the highest frequencies first. */
export function pdqHex(hash: BitHash): string {
  return [...hash]
    .reverse()
    .map((word) => word.toString(16).padStart(8, '0'))
    .join('');
}

/** By the nearest pixel, as CImg does it unless told otherwise. */
function largestTaken({ values, width, height }: LumaPicture): LumaPicture {
  if (width <= LARGEST && height <= LARGEST) {
    return { values, width, height };
  }
  const taken = new Float32Array(LARGEST * LARGEST);
  for (let y = 0; y < LARGEST; y++) {
    const row = Math.floor((y * height) / LARGEST) * width;
    for (let x = 0; x < LARGEST; x++) {
      taken[y * LARGEST + x] = values[row + Math.floor((x * width) / LARGEST)] as number;
    }
  }
  return { values: taken, width: LARGEST, height: LARGEST };
}

function sample({ values, width, height }: LumaPicture): Float32Array {
  if (width === SIDE && height === SIDE) {
    return values;
  }
  const [across, down] = [windowOf(width), windowOf(height)];
  const filtered = Float32Array.from(values);
  const between = new Float32Array(values.length);
  for (let pass = 0; pass < PASSES; pass++) {
    for (let y = 0; y < height; y++) {
      boxFilter(filtered, between, y * width, width, 1, across);
    }
    for (let x = 0; x < width; x++) {
      boxFilter(between, filtered, x, height, width, down);
    }
  }
  const samples = new Float32Array(SIDE * SIDE);
  for (let i = 0; i < SIDE; i++) {
    const row = Math.floor(((i + 0.5) * height) / SIDE) * width;
    for (let j = 0; j < SIDE; j++) {
      samples[i * SIDE + j] = filtered[row + Math.floor(((j + 0.5) * width) / SIDE)] as number;
    }
  }
  return samples;
}

/** Half of what one sample stands for, rounded up. */
function windowOf(length: number): number {
  return Math.floor((length + 2 * SIDE - 1) / (2 * SIDE));
}

/**
 * Means of a window that moves along a line; at the ends it is cut, and of an even one the longer half lies ahead.
 * @param start index of the line's first value
 * @param step from one value of it to the next
 */
function boxFilter(
  from: Float32Array,
  to: Float32Array,
  start: number,
  length: number,
  step: number,
  window: number,
): void {
  const ahead = Math.floor((window + 2) / 2) - 1;
  const behind = window - 1 - ahead;
  let [sum, count] = [0, 0];
  for (let right = 0; right < ahead; right++) {
    sum = fround(sum + (from[start + right * step] as number));
    count++;
  }
  for (let at = 0; at < length; at++) {
    if (at + ahead < length) {
      sum = fround(sum + (from[start + (at + ahead) * step] as number));
      count++;
    }
    if (at - behind - 1 >= 0) {
      sum = fround(sum - (from[start + (at - behind - 1) * step] as number));
      count--;
    }
    to[start + at * step] = fround(sum / count);
  }
}

/** Steps between neighbors in hundredths of the range, cut to whole ones: many small ones are none. */
function qualityOf(samples: Float32Array): number {
  let steps = 0;
  for (let i = 0; i < SIDE; i++) {
    for (let j = 0; j < SIDE; j++) {
      const value = samples[i * SIDE + j] as number;
      steps += i + 1 < SIDE ? stepOf(value, samples[(i + 1) * SIDE + j] as number) : 0;
      steps += j + 1 < SIDE ? stepOf(value, samples[i * SIDE + j + 1] as number) : 0;
    }
  }
  return Math.min(100, Math.floor(steps / 90));
}

function stepOf(a: number, b: number): number {
  return Math.abs(Math.trunc(fround(fround(fround(a - b) * 100) / 255)));
}

const COSINES = Float32Array.from({ length: LOW * SIDE }, (_, at) => {
  const [i, j] = [Math.floor(at / SIDE), at % SIDE];
  return fround(Math.sqrt(2 / SIDE)) * Math.cos((Math.PI / 2 / SIDE) * (i + 1) * (2 * j + 1));
});

/** The lowest frequencies of a DCT-II, vertical ones by rows. */
function transform(samples: Float32Array): Float32Array {
  const half = new Float32Array(LOW * SIDE);
  for (let i = 0; i < LOW; i++) {
    for (let j = 0; j < SIDE; j++) {
      let sum = 0;
      for (let k = 0; k < SIDE; k++) {
        sum = fround(sum + fround((COSINES[i * SIDE + k] as number) * (samples[k * SIDE + j] as number)));
      }
      half[i * SIDE + j] = sum;
    }
  }
  const frequencies = new Float32Array(LOW * LOW);
  for (let i = 0; i < LOW; i++) {
    for (let j = 0; j < LOW; j++) {
      let sum = 0;
      for (let k = 0; k < SIDE; k++) {
        sum = fround(sum + fround((half[i * SIDE + k] as number) * (COSINES[j * SIDE + k] as number)));
      }
      frequencies[i * LOW + j] = sum;
    }
  }
  return frequencies;
}

/** Which frequencies change their sign, those of odd waves, when a picture is mirrored across or down, and which swap. */
interface Variant {
  readonly across: boolean;
  readonly down: boolean;
  readonly transposed: boolean;
}

/** As it is, turned by 90, 180 and 270 degrees, mirrored down, across, and along both diagonals. */
const VARIANTS: readonly Variant[] = [
  { across: false, down: false, transposed: false },
  { across: true, down: false, transposed: true },
  { across: true, down: true, transposed: false },
  { across: false, down: true, transposed: true },
  { across: false, down: true, transposed: false },
  { across: true, down: false, transposed: false },
  { across: false, down: false, transposed: true },
  { across: true, down: true, transposed: true },
];

/** Row and column 0 are of half a wave, which is odd. */
function vary(frequencies: Float32Array, { across, down, transposed }: Variant): Float32Array {
  const varied = new Float32Array(LOW * LOW);
  for (let i = 0; i < LOW; i++) {
    for (let j = 0; j < LOW; j++) {
      const isTurned = (across && j % 2 === 0) !== (down && i % 2 === 0);
      const value = frequencies[i * LOW + j] as number;
      varied[transposed ? j * LOW + i : i * LOW + j] = isTurned ? -value : value;
    }
  }
  return varied;
}

function bitsOf(frequencies: Float32Array): BitHash {
  const median = [...frequencies].sort((a, b) => a - b)[(LOW * LOW) / 2 - 1] as number;
  return packBits([...frequencies].map((frequency) => frequency > median));
}
