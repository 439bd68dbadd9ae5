import sharp from 'sharp';

/** Luma of a picture (ITU-R BT.601), row by row, each 0 to 255. */
export interface LumaPicture {
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** Reads a picture file at its full size; transparency on white. */
export async function readLuma(path: string): Promise<LumaPicture> {
  const { data, info } = await sharp(path)
    .flatten({ background: '#ffffff' })
    .toColorspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return lumaOf(data, info.width, info.height, info.channels);
}

/** @param pixels rows of pixels of one or more bytes each, of which the first three are red, green and blue */
export function lumaOf(pixels: Uint8Array, width: number, height: number, channels: number): LumaPicture {
  const [green, blue] = channels < 3 ? [0, 0] : [1, 2];
  const values = new Float32Array(width * height);
  for (let i = 0; i < values.length; i++) {
    const at = i * channels;
    values[i] =
      0.299 * (pixels[at] as number) +
      0.587 * (pixels[at + green] as number) +
      0.114 * (pixels[at + blue] as number);
  }
  return { values, width, height };
}
