import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import type { PictureFormat } from '../../src/domain/picture.ts';
import { hashImageData } from '../../src/imaging/image-data-hash.ts';
import { drawPicture } from '../support/draw-picture.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { TURNED_HEIC } from '../support/turned-heic.ts';

const SEED = 20261126;
const MUTATIONS = 400;

const words = { IFD0: { Artist: 'A. Nobody', Orientation: '6' } };
const draw = () => drawPicture(1, { width: 40, height: 24 }).withExif(words).withXmp('<x:xmpmeta/>');
const files: readonly (readonly [PictureFormat, Uint8Array])[] = [
  ['jpeg', await draw().jpeg({ progressive: true }).toBuffer()],
  ['png', await draw().png({ palette: true }).toBuffer()],
  ['webp', await draw().ensureAlpha(0.5).webp().toBuffer()],
  ['avif', await draw().avif({ effort: 0 }).toBuffer()],
  ['heic', TURNED_HEIC],
];

/** Bytes changed, left out, put in twice or cut off, one to three times. */
function mutate(file: Uint8Array, random: () => number): Buffer {
  let mutated = Buffer.from(file);
  for (let times = 1 + Math.floor(random() * 3); times > 0; times--) {
    const at = Math.floor(random() * mutated.length);
    const to = Math.min(mutated.length, at + 1 + Math.floor(random() * 12));
    const kind = Math.floor(random() * 6);
    if (kind < 3) {
      mutated[at] = kind === 0 ? 255 : Math.floor(random() * 256);
    } else if (kind === 3) {
      mutated = Buffer.concat([mutated.subarray(0, at), mutated.subarray(to)]);
    } else if (kind === 4) {
      mutated = Buffer.concat([mutated.subarray(0, to), mutated.subarray(at)]);
    } else {
      mutated = mutated.subarray(0, Math.max(at, mutated.length - 40));
    }
  }
  return mutated;
}

/** What is shown, as text; what a decoder says when it is nothing. */
async function look(file: Uint8Array): Promise<string> {
  try {
    const { data, info } = await sharp(file, { failOn: 'error' })
      .autoOrient()
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    return `${info.width} x ${info.height} x ${info.channels}: ${createHash('sha256').update(data).digest('hex')}`;
  } catch (cause) {
    return String(cause);
  }
}

describe('the hash of image data', () => {
  for (const [format, file] of files) {
    it(`is told or not told of damaged ${format} files, and is the same only where they look the same`, async () => {
      const random = seededRandom(SEED);
      const hash = hashImageData(file, format);
      const shown = format === 'heic' ? '' : await look(file);
      assert.match(hash ?? '', /^[0-9a-f]{64}$/);
      let same = 0;
      for (let i = 0; i < MUTATIONS; i++) {
        const mutated = mutate(file, random);
        const found = hashImageData(mutated, format);
        assert.ok(found === null || /^[0-9a-f]{64}$/.test(found), `mutation ${i} of seed ${SEED}`);
        if (found === hash && format !== 'heic') {
          same += 1;
          assert.equal(await look(mutated), shown, `mutation ${i} of seed ${SEED}`);
        }
      }
      assert.ok(format === 'heic' || format === 'png' || same > 0, 'no metadata was hit');
    });
  }

  it('throws at no bytes at all, whatever they begin with', () => {
    const random = seededRandom(SEED);
    for (const [format, file] of files) {
      for (let length = 0; length < 200; length++) {
        const noise = Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
        hashImageData(noise, format);
        hashImageData(Buffer.concat([file.subarray(0, length), noise]), format);
      }
    }
  });

  it('is not told of other formats', async () => {
    const gif = await drawPicture(1, { width: 40, height: 24 }).gif().toBuffer();
    const tiff = await drawPicture(1, { width: 40, height: 24 }).tiff().toBuffer();
    assert.equal(hashImageData(gif, 'gif'), null);
    assert.equal(hashImageData(gif, 'png'), null);
    assert.equal(hashImageData(tiff, 'tiff'), null);
    assert.equal(hashImageData(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'svg'), null);
  });
});
