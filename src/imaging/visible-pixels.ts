/** 8-bit pixels, row by row, channels side by side: gray, gray and alpha, RGB, or RGB and alpha. */
export interface VisiblePixels {
  readonly data: Uint8Array;
  readonly channels: 1 | 2 | 3 | 4;
}

/** Values of any number type; more channels than are seen may follow. */
export interface RawValues {
  readonly data: Uint8Array | Uint16Array | Float32Array;
  readonly channels: number;
}

/** Keeps the channels that are seen: a TIFF may hold others beside color and alpha. */
export function keepSeenChannels({ data, channels }: RawValues): RawValues {
  if (channels <= 4) {
    return { data, channels };
  }
  const pixels = data.length / channels;
  const kept = new (data.constructor as Uint8ArrayConstructor)(pixels * 3);
  for (let i = 0; i < pixels; i++) {
    kept.set(data.subarray(i * channels, i * channels + 3) as Uint8Array, i * 3);
  }
  return { data: kept, channels: 3 };
}

/**
 * The least and the greatest value of colors that are not wholly transparent; both 0 when there are none. What is no
 * number does not count.
 */
export function extremes({ data, channels }: RawValues): { readonly min: number; readonly max: number } {
  const alpha = channels % 2 === 0 ? channels - 1 : null;
  const isSeen = (i: number) => {
    const channel = i % channels;
    return alpha === null || (channel !== alpha && (data[i - channel + alpha] as number) > 0);
  };
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < data.length; i++) {
    const value = data[i] as number;
    if (Number.isFinite(value) && isSeen(i)) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  }
  return min <= max ? { min, max } : { min: 0, max: 0 };
}
