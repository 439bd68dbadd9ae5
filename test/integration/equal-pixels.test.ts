import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { it } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { findLibraryDuplicates } from '../../src/engine/find-library-duplicates.ts';
import { indexLibrary, PLAIN_RUN } from '../../src/engine/index-library.ts';
import { openLibrary } from '../../src/engine/open-library.ts';
import { drawPicture } from '../support/draw-picture.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SIGNAL = new AbortController().signal;

/** Small print, black on white: letters of 5 x 8 pixels in lines, drawn without a font. */
function drawPage(seed: number, { width, height } = { width: 3_000, height: 2_000 }): Sharp {
  const random = seededRandom(seed);
  const letters = Array.from({ length: 26 }, () => Array.from({ length: 40 }, () => random() < 0.45));
  const pixels = Buffer.alloc(width * height, 255);
  for (let top = 20; top + 8 < height; top += 14) {
    for (let left = 20; left + 6 < width; left += 7) {
      const letter = random() < 0.16 ? [] : (letters[Math.floor(random() * 26)] ?? []);
      for (const [i, isBlack] of letter.entries()) {
        if (isBlack) {
          pixels[(top + Math.floor(i / 5)) * width + left + (i % 5)] = 0;
        }
      }
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 1 } });
}

it('equal pixels are found in files of other formats, of a photo and of a page, and nothing else is', async () => {
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  mkdirSync(pictures);
  for (const [name, picture] of [
    ['photo', drawPicture(1, { width: 1_600, height: 1_200 })],
    ['page', drawPage(1)],
  ] as const) {
    const jpeg = join(pictures, `${name}.jpg`);
    await picture.jpeg({ quality: 92 }).toFile(jpeg);
    await sharp(jpeg)
      .png({ compressionLevel: 1 })
      .toFile(join(pictures, `${name}.png`));
    await sharp(jpeg)
      .webp({ lossless: true, effort: 0 })
      .toFile(join(pictures, `${name}.webp`));
  }
  const config = resolveConfig({ library: join(folder, 'library') }, {});
  const library = await openLibrary(config, keptLogger(), { mayCreate: true });
  await indexLibrary(library, { ...PLAIN_RUN, roots: [pictures] }, () => {}, SIGNAL);
  const { groups } = await findLibraryDuplicates(
    library,
    library.spaces.forCopies,
    { minSimilarity: null, copies: null },
    () => {},
    SIGNAL,
  );
  await library.close();
  assert.deepEqual(
    groups.map(({ relation, pictures: members }) => [
      relation,
      members.map(({ files }) => basename(files[0]?.path ?? '')).sort(),
    ]),
    [
      ['same-pixels', ['page.jpg', 'page.png', 'page.webp']],
      ['same-pixels', ['photo.jpg', 'photo.png', 'photo.webp']],
    ],
  );
});
