/** Which stored value is shown black, and which white. */
export interface ValueRange {
  readonly black: number;
  readonly white: number;
}

/** A picture that uses less than this share of its range shows nothing in 8 bits: fewer than 8 shades. */
const SLIVER = 1 / 32;

/** More bits than this used of 16 leave a picture dark at worst, as a photo of the night is; fewer, all but black. */
const MOST_BITS_OF_LESS = 14;

/**
 * The range of a picture with 16 bits a channel whose values are from `min` to `max`: all of it, also when it is of one
 * value, but for
 * - a sliver (a depth map in millimeters): from its lowest to its highest value,
 * - values of fewer bits (a camera's 12 stored in 16): all that so many bits can hold.
 */
export function rangeOfIntegers(min: number, max: number): ValueRange {
  const full = { black: 0, white: 65_535 };
  if (min === max) {
    return full;
  }
  if (max - min < full.white * SLIVER) {
    return { black: min, white: max };
  }
  const bits = Math.ceil(Math.log2(max + 1));
  return bits <= MOST_BITS_OF_LESS ? { black: 0, white: 2 ** bits - 1 } : full;
}

/**
 * The range of a picture of floating point or 32-bit values: 0 to 1 or 0 to 255 where the values keep to one of these
 * and fill it, else from the lowest to the highest.
 */
export function rangeOfNumbers(min: number, max: number): ValueRange {
  for (const white of [1, 255]) {
    if (min >= 0 && max <= white && (min === max || max - min >= white * SLIVER)) {
      return { black: 0, white };
    }
  }
  return { black: min, white: min < max ? max : min + 1 };
}
