import sharp from 'sharp';
import { seededRandom } from '../test/support/seeded-random.ts';

/** Side of a tile, pixels; the sizes of pictures are multiples of it. */
const TILE = 250;
const CHANNELS = 3;

/** 8-bit RGB, row by row. */
export interface RawPicture {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * A large picture of pieces of photos at their native size, so that its texture is that of photos: 250 x 250 pixels
 * each, cut anywhere, off the grid of their JPEG blocks.
 * @param photos files; those of fewer than 250 pixels on a side are passed over
 * @param width a multiple of 250, pixels, as the height
 * @param seed the same gives the same picture
 * @throws Error when no photo is large enough
 */
export async function tilePhotos(
  photos: readonly string[],
  width: number,
  height: number,
  seed: number,
): Promise<RawPicture> {
  const random = seededRandom(seed);
  const data = new Uint8Array(width * height * CHANNELS);
  const rowBytes = TILE * CHANNELS;
  for (let top = 0; top < height; top += TILE) {
    for (let left = 0; left < width; left += TILE) {
      const tile = await cutTile(photos, random);
      for (let row = 0; row < TILE; row++) {
        const at = ((top + row) * width + left) * CHANNELS;
        data.set(tile.subarray(row * rowBytes, (row + 1) * rowBytes), at);
      }
    }
  }
  return { data, width, height };
}

async function cutTile(photos: readonly string[], random: () => number): Promise<Uint8Array> {
  const first = Math.floor(random() * photos.length);
  for (let n = 0; n < photos.length; n++) {
    const photo = sharp(photos[(first + n) % photos.length]);
    const { width, height } = await photo.metadata();
    if (width >= TILE && height >= TILE) {
      const left = Math.floor(random() * (width - TILE + 1));
      const top = Math.floor(random() * (height - TILE + 1));
      return photo
        .extract({ left, top, width: TILE, height: TILE })
        .toColourspace('srgb')
        .removeAlpha()
        .raw()
        .toBuffer();
    }
  }
  throw new Error(`Found no photo of ${TILE} x ${TILE} pixels or more; name a folder of larger ones.`);
}
