import { GRAY_SIDE, type GrayPicture } from './gray-picture.ts';

/** Pixels on each side over which a local mean is taken: 7 x 7. */
const REACH = 3;

/** Pixels that one picture is moved over the other, in each direction. */
const SHIFT = 5;

/** Deviation that counts as flat, of values 0 to 1: noise is not to weigh as much as a thing. */
const FLAT = 8 / 255;

/**
 * Chosen by looking: of all pairs among 605 photos of groceries and those among 300 of flowers, the ten at or above it show
 * one scene from places a step apart; the nearest that does not (two dandelions) has 0.543, and of 30,250 pairs of a
 * grocery and a flower none comes above 0.36. Below it are more of one scene, seen from farther apart: not counted.
 */
const BOUND = 0.55;

/** Whether a correlation says that two pictures show one scene from nearly one place. */
export function isNearDuplicate(correlation: number): boolean {
  return correlation >= BOUND;
}

/**
 * Tells near-duplicates without any model: two photos of one scene from nearly one place. It compares the relief of gray
 * pictures, how many deviations each pixel differs from the mean around it, by normalized correlation (J. P. Lewis, Fast
 * Normalized Cross-Correlation, 1995), at the best of all small shifts. Correlation of the gray itself would follow light
 * and dark areas, which sky over ground or a flower on black share with any other of the kind.
 */
export class NearDuplicates {
  readonly #grays: readonly GrayPicture[];
  readonly #reliefs = new Map<number, Float32Array>();
  readonly #known = new Map<string, number>();

  constructor(grays: readonly GrayPicture[]) {
    this.#grays = grays;
  }

  /** By positions. */
  are(a: number, b: number): boolean {
    return isNearDuplicate(this.correlation(a, b));
  }

  /** -1 to 1, of two positions. */
  correlation(a: number, b: number): number {
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    const correlation = this.#known.get(key) ?? bestCorrelation(this.#relief(a), this.#relief(b));
    this.#known.set(key, correlation);
    return correlation;
  }

  #relief(at: number): Float32Array {
    const relief = this.#reliefs.get(at) ?? reliefOf(this.#grays[at] as GrayPicture);
    this.#reliefs.set(at, relief);
    return relief;
  }
}

/** How far each pixel is from the mean of those around it, in their deviations. */
function reliefOf(gray: GrayPicture): Float32Array {
  return Float32Array.from(gray, (value, i) => {
    const { mean, deviation } = around(gray, i % GRAY_SIDE, Math.floor(i / GRAY_SIDE));
    return (value - mean) / (deviation + FLAT);
  });
}

function around(gray: GrayPicture, x: number, y: number): { mean: number; deviation: number } {
  const inside = (value: number) => Math.max(0, Math.min(GRAY_SIDE - 1, value));
  let [sum, squares, count] = [0, 0, 0];
  for (let row = inside(y - REACH); row <= inside(y + REACH); row++) {
    for (let column = inside(x - REACH); column <= inside(x + REACH); column++) {
      const value = gray[row * GRAY_SIDE + column] as number;
      sum += value;
      squares += value * value;
      count++;
    }
  }
  const mean = sum / count;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)) };
}

function bestCorrelation(a: Float32Array, b: Float32Array): number {
  let best = -1;
  for (let down = -SHIFT; down <= SHIFT; down++) {
    for (let right = -SHIFT; right <= SHIFT; right++) {
      best = Math.max(best, correlate(a, b, right, down));
    }
  }
  return best;
}

/** Of where they overlap when `b` is moved; 0 where one of them is flat. */
function correlate(a: Float32Array, b: Float32Array, right: number, down: number): number {
  let [ofA, ofB, both] = [0, 0, 0];
  for (let y = Math.max(0, down); y < GRAY_SIDE + Math.min(0, down); y++) {
    for (let x = Math.max(0, right); x < GRAY_SIDE + Math.min(0, right); x++) {
      const valueA = a[y * GRAY_SIDE + x] as number;
      const valueB = b[(y - down) * GRAY_SIDE + x - right] as number;
      ofA += valueA * valueA;
      ofB += valueB * valueB;
      both += valueA * valueB;
    }
  }
  return ofA * ofB === 0 ? 0 : both / Math.sqrt(ofA * ofB);
}
