import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import type { CatalogPicture } from '../src/domain/picture-catalog.ts';
import { fileCache } from '../src/pictures/file-cache.ts';
import { thumbnailStore } from '../src/pictures/thumbnail-store.ts';
import { drawNumbered } from '../test/support/picture-folder.ts';
import { syntheticHash } from '../test/support/synthetic-library.ts';
import { keptFolder } from './kept-folder.ts';
import { copyLibrary, LARGE, largeLibrary } from './large-library.ts';
import { realPhotos } from './real-photos.ts';

/** As the page asks for them. */
const SIDES = [256, 512] as const;

/** So many pictures are shown by so few; each is a file of its own to server and browser. */
const MOTIFS = 200;

const BOUND = 2 ** 40;

/** The large library with a thumbnail of every picture, in both sizes; made once. @returns its folder */
export async function pageLibrary(say: (line: string) => void): Promise<string> {
  const large = await largeLibrary(say);
  const photos = realPhotos().slice(0, MOTIFS);
  const kind = photos.length === MOTIFS ? 'photos' : 'drawn';
  const folder = await keptFolder(`page-${kind}-${basename(large)}`, async (unfinished) => {
    say(`Keeping ${SIDES.length * LARGE} thumbnails for it, once; this takes minutes…`);
    const library = join(unfinished, 'library');
    copyLibrary(large, library);
    const motifs = await Promise.all(
      Array.from({ length: MOTIFS }, (_, n) => motif(kind === 'photos' ? (photos[n] as string) : n)),
    );
    const cache = fileCache(join(library, 'thumbnails'), BOUND);
    const store = thumbnailStore(
      cache,
      ({ contentHash }) => Promise.resolve(Buffer.from(contentHash)),
      (hash, side) => Promise.resolve(motifOf(motifs, hash)[side as (typeof SIDES)[number]]),
    );
    for (let n = 0; n < LARGE; n++) {
      const picture = { contentHash: syntheticHash(n) } as CatalogPicture;
      await Promise.all(SIDES.map((side) => store.draw(picture, side)));
      if ((n + 1) % 1_000 === 0) {
        await cache.write('last', new Uint8Array(1)); // all before it are kept then
      }
    }
  });
  return join(folder, 'library');
}

type Motif = Readonly<Record<(typeof SIDES)[number], Uint8Array>>;

/** @param source path of a photo, or a number to draw */
async function motif(source: string | number): Promise<Motif> {
  const picture = typeof source === 'string' ? sharp(readFileSync(source)) : drawNumbered(source, 640);
  const whole = await picture.autoOrient().resize(640, 480, { fit: 'cover' }).png().toBuffer();
  const at = (side: number) => sharp(whole).resize(side).webp().toBuffer();
  return { 256: await at(256), 512: await at(512) };
}

function motifOf(motifs: readonly Motif[], hash: Uint8Array): Motif {
  return motifs[Number.parseInt(Buffer.from(hash.subarray(0, 6)).toString(), 16) % MOTIFS] as Motif;
}
