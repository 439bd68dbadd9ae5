/** sRGB or gray pixels, row by row, channels side by side: gray, gray and alpha, RGB, or RGB and alpha. */
export interface Pixels {
  /** 8 or 16 bits a channel. */
  readonly data: Uint8Array | Uint16Array;
  readonly channels: 1 | 2 | 3 | 4;
}

/** A byte repeated: what 8 bits become when they are stored with 16. */
const SAME_IN_SIXTEEN = 257;

/**
 * Brings pixels that are the same to the same values: an alpha channel that hides nothing is dropped, RGB whose three
 * values are equal everywhere becomes gray, and 16 bits that say no more than 8 become 8. Colors under full transparency
 * stay: nobody sees them, and who cut a picture out may want them back.
 * @param pixels their data is changed in place and must not be used afterwards
 */
export function toCanonicalPixels(pixels: Pixels): Pixels {
  return toFewestBits(toFewestChannels(hasAlpha(pixels) ? dropFullAlpha(pixels) : pixels));
}

/** Whether the last channel is alpha. */
function hasAlpha({ channels }: Pixels): boolean {
  return channels === 2 || channels === 4;
}

function toFewestChannels(pixels: Pixels): Pixels {
  if (pixels.channels < 3 || !isGray(pixels)) {
    return pixels;
  }
  return keepChannels(pixels, pixels.channels === 3 ? [0] : [0, 3]);
}

function toFewestBits({ data, channels }: Pixels): Pixels {
  if (data instanceof Uint8Array || !data.every((value) => value % SAME_IN_SIXTEEN === 0)) {
    return { data, channels };
  }
  return { data: Uint8Array.from(data, (value) => value / SAME_IN_SIXTEEN), channels };
}

function dropFullAlpha(pixels: Pixels): Pixels {
  const { data, channels } = pixels;
  const opaque = data instanceof Uint8Array ? 255 : 65_535;
  for (let alpha = channels - 1; alpha < data.length; alpha += channels) {
    if (data[alpha] !== opaque) {
      return pixels;
    }
  }
  return keepChannels(pixels, channels === 4 ? [0, 1, 2] : [0]);
}

function isGray({ data, channels }: Pixels): boolean {
  for (let i = 0; i < data.length; i += channels) {
    if (data[i] !== data[i + 1] || data[i] !== data[i + 2]) {
      return false;
    }
  }
  return true;
}

function keepChannels({ data, channels }: Pixels, kept: readonly number[]): Pixels {
  let end = 0;
  for (let i = 0; i < data.length; i += channels) {
    for (let k = 0; k < kept.length; k++) {
      data[end++] = data[i + (kept[k] as number)] as number;
    }
  }
  return { data: data.subarray(0, end), channels: kept.length as Pixels['channels'] };
}
