import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { drawSample } from '../src/sample/draw-sample.ts';
import { keptFolder } from './kept-folder.ts';
import { filesBelow, realPhotos } from './real-photos.ts';
import { measurePhotos, tilePhotos } from './tile-photos.ts';
import { canWriteHeic, type MadeFormat, writePicture } from './write-picture.ts';

/** Raise it when the made files change. */
const VERSION = 2;
const SEED = 1;

/** Pictures of one kind, the same in every run. */
export interface PictureSet {
  readonly name: SetName;
  /** What they are, with seed and sizes. */
  readonly title: string;
  readonly format: MadeFormat;
  readonly files: readonly string[];
}

export const SET_NAMES = ['small', 'jpeg12', 'png24', 'heic12'] as const;
export type SetName = (typeof SET_NAMES)[number];

/** How pictures of a kind are made. Sides in pixels. */
export interface Making {
  readonly name: string;
  readonly format: MadeFormat;
  readonly width: number;
  readonly height: number;
  readonly count: number;
}

const MADE: Readonly<Record<Exclude<SetName, 'small'>, Omit<Making, 'name'>>> = {
  jpeg12: { format: 'jpg', width: 4_000, height: 3_000, count: 160 },
  png24: { format: 'png', width: 6_000, height: 4_000, count: 16 },
  heic12: { format: 'heic', width: 4_000, height: 3_000, count: 12 },
};

/**
 * The pictures of a set, which are made when they are not there yet.
 * @param say told of what takes long, and of why a set cannot be had
 * @returns null when what it is made with is missing, which was said
 */
export async function pictureSet(name: SetName, say: (line: string) => void): Promise<PictureSet | null> {
  if (name === 'small') {
    return smallPhotos(say);
  }
  const making = { name, ...MADE[name] };
  const files = await makePictures(making, say);
  if (files === null) {
    return null;
  }
  const { format, width, height } = making;
  const title = `${width} x ${height} ${format}, tiles of photos at native size, seed ${SEED}, ${describeBytes(files)}`;
  return { name, title, format, files };
}

/**
 * Makes pictures of tiled photos, unless they are there already.
 * @returns their paths, or null when there are no photos to make them of, or no encoder, which was said
 */
export async function makePictures(
  { name, format, width, height, count }: Making,
  say: (line: string) => void,
): Promise<string[] | null> {
  const photos = realPhotos();
  if (photos.length === 0) {
    say(`SKIPPED ${name}: it is made of real photos; set EIDETIC_PHOTOS to a folder of JPEG files.`);
    return null;
  }
  if (format === 'heic' && !canWriteHeic()) {
    say(`SKIPPED ${name}: it takes heif-enc with x265; on Debian, apt-get install libheif-examples.`);
    return null;
  }
  const kept = `${name}-${VERSION}-${hashOf(photos)}`;
  const folder = await keptFolder(kept, async (unfinished) => {
    say(`Making ${count} pictures for ${name}, once…`);
    const sized = await measurePhotos(photos);
    for (let n = 0; n < count; n++) {
      const picture = await tilePhotos(sized, width, height, SEED * 1_000 + n);
      await writePicture(picture, format, join(unfinished, `${String(n).padStart(3, '0')}.${format}`));
    }
  });
  return filesBelow([folder], new RegExp(`\\.${format}$`));
}

async function smallPhotos(say: (line: string) => void): Promise<PictureSet> {
  const photos = realPhotos();
  if (photos.length > 0) {
    return {
      name: 'small',
      title: `JPEG photos as they are, ${describeBytes(photos)}`,
      format: 'jpg',
      files: photos,
    };
  }
  say('NO REAL PHOTOS: set EIDETIC_PHOTOS to a folder of JPEG files; the drawn sample stands in.');
  await drawSample('data/sample', {});
  const drawn = filesBelow(['data/sample/pictures'], /\.jpe?g$/i);
  return { name: 'small', title: `drawn JPEGs, ${describeBytes(drawn)}`, format: 'jpg', files: drawn };
}

/** Of names and sizes: other photos make other pictures. */
function hashOf(photos: readonly string[]): string {
  const hash = createHash('sha256');
  for (const photo of photos) {
    hash.update(`${photo}\n${statSync(photo).size}\n`);
  }
  return hash.digest('hex').slice(0, 8);
}

function describeBytes(files: readonly string[]): string {
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  return `${files.length} files of ${(bytes / files.length / 1e6).toPrecision(2)} MB on average`;
}
