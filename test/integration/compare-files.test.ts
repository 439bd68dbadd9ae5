import assert from 'node:assert/strict';
import { linkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import sharp from 'sharp';
import { compareFiles } from '../../src/engine/compare-files.ts';
import { insertBytes } from '../support/edit-bytes.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { drawManyThings } from '../support/view-of.ts';

const LIMITS = { maxBytes: 2 ** 25, maxPixels: 2 ** 24, timeoutMs: 60_000 };

/** A JPEG segment that is a comment. */
const COMMENT = Buffer.from([0xff, 0xfe, 0, 6, ...Buffer.from('test')]);

describe('comparing picture files', () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, name);
  let original: Buffer;

  before(async () => {
    original = await drawManyThings('scene').jpeg({ quality: 90 }).toBuffer();
    writeFileSync(at('original.jpg'), original);
    writeFileSync(at('again.jpg'), original);
    linkSync(at('original.jpg'), at('linked.jpg'));
    writeFileSync(at('commented.jpg'), insertBytes(original, 2, COMMENT));
    await sharp(original).png({ compressionLevel: 2 }).toFile(at('packed.png'));
    await sharp(original)
      .extract({ left: 320, top: 0, width: 320, height: 480 })
      .resize(192)
      .grayscale()
      .jpeg()
      .toFile(at('crop.jpg'));
    const frames = await drawManyThings('something else').extend({ bottom: 480 }).raw().toBuffer();
    const raw = { width: 640, height: 960, channels: 3, pageHeight: 480 } as const;
    await sharp(frames, { raw }).gif({ effort: 1 }).toFile(at('other.gif'));
    for (const second of ['00', '01']) {
      const exif = {
        IFD0: { Model: 'One' },
        IFD2: { DateTimeOriginal: `2024:05:01 10:00:${second}` },
      };
      await sharp(original)
        .withExif(exif)
        .jpeg({ quality: 80 + Number(second) })
        .toFile(at(`taken-${second}.jpg`));
    }
    writeFileSync(at('text.jpg'), 'no picture');
    const blank = sharp({ create: { width: 200, height: 100, channels: 3, background: '#ddd' } });
    await blank.clone().png({ compressionLevel: 9 }).toFile(at('blank.png'));
    await blank.clone().webp({ lossless: true }).toFile(at('blank.webp'));
  });

  const compare = (a: string, b: string, options = {}) => compareFiles(LIMITS, at(a), at(b), options);

  it('tells equal ones by their bytes, their coded picture and their pixels, and looks no further', async () => {
    for (const [b, relation] of [
      ['again.jpg', 'identical'],
      ['commented.jpg', 'same-image-data'],
      ['packed.png', 'same-pixels'],
    ] as const) {
      const told = await compare('original.jpg', b);
      assert.deepEqual([told.relation, told.pixels, told.verification], [relation, 'equal', null]);
      assert.equal(told.words.length, 1);
      assert.ok(!told.isOneFile);
    }
  });

  it('tells one file by two names from a copy', async () => {
    const { relation, isOneFile, words } = await compare('original.jpg', 'linked.jpg');
    assert.deepEqual([relation, isOneFile], ['identical', true]);
    assert.match(words.join(), /^A and B are one file and no copies of each other/);
  });

  it('tells equal ones also where there is nothing to see in them', async () => {
    assert.equal((await compare('blank.png', 'blank.webp')).relation, 'same-pixels');
  });

  it('tells a copy, which part it is and what was done to it, and draws it', async () => {
    const { relation, words, files, verification, overlay } = await compare('original.jpg', 'crop.jpg', {
      withOverlay: true,
    });
    assert.equal(relation, 'copy');
    assert.match(
      words[0] ?? '',
      /^B is the right half of A \((49|50|51) % of it\), at 60 % of its size, without color\.$/,
    );
    assert.equal(files.b.path, at('crop.jpg'));
    const { x, width } = verification?.placement?.region ?? { x: 1, width: 0 };
    assert.ok(x < 0.01 && width > 0.99, 'A covers all of B');
    const green = await greenPixels(overlay);
    assert.ok(green > 30_000, `${green} green pixels`);
  });

  it('names and draws no place where nothing fits', async () => {
    const told = await compare('original.jpg', 'other.gif', { withOverlay: true });
    const { relation, pixels, verification, overlay, words } = told;
    assert.deepEqual([relation, pixels, verification?.placement], ['different', 'different', null]);
    assert.deepEqual(words.slice(1), ['Of B only the first of 2 pages was looked at.']);
    assert.equal(await greenPixels(overlay), 0);
  });

  it('takes what looks like a copy for another shot where the times say so', async () => {
    const { relation, verification, words } = await compare('taken-00.jpg', 'taken-01.jpg');
    assert.deepEqual([relation, verification?.verdict], ['burst', 'copy']);
    assert.match(
      words[0] ?? '',
      /2024-05-01T10:00:00 and B at 2024-05-01T10:00:01: they seem to be two shots/,
    );
  });

  it('names the file that cannot be read', async () => {
    await assert.rejects(compare('original.jpg', 'text.jpg'), {
      code: 'FORMAT_UNSUPPORTED',
      message: new RegExp(`^${at('text.jpg')}: `),
    });
    await assert.rejects(compare('missing.jpg', 'original.jpg'), {
      code: 'NOT_FOUND',
      message: /missing\.jpg/,
    });
  });
});

/** Pixels that are tinted as what agrees, in the lower part of a drawing. */
async function greenPixels(png: Uint8Array | null): Promise<number> {
  const { data, info } = await sharp(png ?? Buffer.of())
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  let green = 0;
  for (let i = 3 * info.width * 720; i < data.length; i += 3) {
    const [r, g, b] = data.subarray(i, i + 3) as unknown as [number, number, number];
    green += g > 1.4 * Math.max(r, b) ? 1 : 0;
  }
  return green;
}
