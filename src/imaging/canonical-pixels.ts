/** 8-bit sRGB pixels, row by row, channels side by side: gray, gray and alpha, RGB, or RGB and alpha. */
export interface Pixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
}

/**
 * Brings pixels that look the same to the same bytes: an alpha channel that hides nothing is dropped, colors under
 * full transparency become black, and RGB whose three values are equal everywhere becomes gray.
 * @param pixels their data is changed in place and must not be used afterwards
 */
export function toCanonicalPixels(pixels: Pixels): Pixels {
  const visible = hasAlpha(pixels) ? simplifyAlpha(pixels) : pixels;
  if (visible.channels === 3 && isGray(visible)) {
    return keepChannels(visible, [0]);
  }
  return visible.channels === 4 && isGray(visible) ? keepChannels(visible, [0, 3]) : visible;
}

/** Whether the last channel is alpha. */
export function hasAlpha(pixels: Pixels): boolean {
  return pixels.channels === 2 || pixels.channels === 4;
}

function simplifyAlpha(pixels: Pixels): Pixels {
  const { data, channels } = pixels;
  let isOpaque = true;
  for (let alpha = channels - 1; alpha < data.length; alpha += channels) {
    if (data[alpha] === 0) {
      data.fill(0, alpha - channels + 1, alpha);
    }
    isOpaque &&= data[alpha] === 255;
  }
  if (!isOpaque) {
    return pixels;
  }
  return channels === 4 ? keepChannels(pixels, [0, 1, 2]) : keepChannels(pixels, [0]);
}

function isGray({ data, channels }: Pixels): boolean {
  for (let i = 0; i < data.length; i += channels) {
    if (data[i] !== data[i + 1] || data[i] !== data[i + 2]) {
      return false;
    }
  }
  return true;
}

function keepChannels(pixels: Pixels, kept: readonly number[]): Pixels {
  const { data, channels } = pixels;
  let end = 0;
  for (let i = 0; i < data.length; i += channels) {
    for (let k = 0; k < kept.length; k++) {
      data[end++] = data[i + (kept[k] as number)] as number;
    }
  }
  return { ...pixels, data: data.subarray(0, end), channels: kept.length as Pixels['channels'] };
}
