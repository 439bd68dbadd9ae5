import { availableParallelism } from 'node:os';
import sharp from 'sharp';
import { seededRandom } from '../test/support/seeded-random.ts';
import { inFlight } from './in-flight.ts';

/** Side of a tile, pixels; the sizes of pictures are multiples of it. */
const TILE = 250;
const CHANNELS = 3;
const ROW_BYTES = TILE * CHANNELS;

/** 8-bit RGB, row by row. */
export interface RawPicture {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A photo of at least one tile. */
export interface SizedPhoto {
  readonly file: string;
  readonly width: number;
  readonly height: number;
}

/**
 * Those photos that are large enough for a tile, in their order.
 * @throws Error when none is
 */
export async function measurePhotos(files: readonly string[]): Promise<SizedPhoto[]> {
  const photos: SizedPhoto[] = [];
  for (const file of files) {
    const { width, height } = await sharp(file).metadata();
    if (width >= TILE && height >= TILE) {
      photos.push({ file, width, height });
    }
  }
  if (photos.length === 0) {
    throw new Error(`Found no photo of ${TILE} x ${TILE} pixels or more; name a folder of larger ones.`);
  }
  return photos;
}

/**
 * A large picture of pieces of photos at their native size, so that its texture is that of photos: 250 x 250 pixels
 * each, cut anywhere, off the grid of their JPEG blocks.
 * @param width a multiple of 250, pixels, as the height
 * @param seed the same gives the same picture
 */
export async function tilePhotos(
  photos: readonly SizedPhoto[],
  width: number,
  height: number,
  seed: number,
): Promise<RawPicture> {
  const random = seededRandom(seed);
  const data = new Uint8Array(width * height * CHANNELS);
  const tiles = Array.from({ length: (width / TILE) * (height / TILE) }, (_, n) => {
    const photo = photos[Math.floor(random() * photos.length)] as SizedPhoto;
    const left = Math.floor(random() * (photo.width - TILE + 1));
    const top = Math.floor(random() * (photo.height - TILE + 1));
    const column = n % (width / TILE);
    const row = Math.floor(n / (width / TILE));
    return { file: photo.file, left, top, at: (row * width + column) * ROW_BYTES };
  });
  await inFlight(tiles, availableParallelism(), async ({ file, left, top, at }) => {
    const tile = await cutTile(file, left, top);
    for (let row = 0; row < TILE; row++) {
      data.set(tile.subarray(row * ROW_BYTES, (row + 1) * ROW_BYTES), at + row * width * CHANNELS);
    }
  });
  return { data, width, height };
}

function cutTile(file: string, left: number, top: number): Promise<Uint8Array> {
  return sharp(file)
    .extract({ left, top, width: TILE, height: TILE })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer();
}
