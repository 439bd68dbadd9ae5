import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import type { PixelHasher } from '../../src/domain/pixel-hasher.ts';
import { contentHashOfBytes } from '../support/content-hash.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SIGNAL = new AbortController().signal;
const UNREACHABLE = { kind: 'unknown', reason: 'unreachable' };
const INCOMPARABLE = { kind: 'unknown', reason: 'incomparable' };

/** What every hasher of pixels must do. */
export function pixelHasherContract(name: string, start: () => PixelHasher): void {
  describe(`pixel hasher contract: ${name}`, () => {
    const folder = temporaryFolder();
    let hasher: PixelHasher;

    before(() => {
      hasher = start();
    });
    after(() => hasher.close());

    function write(file: string, bytes: Uint8Array): string {
      writeFileSync(join(folder, file), bytes);
      return join(folder, file);
    }

    it('can work on one picture or more at once', () => {
      assert.ok(Number.isInteger(hasher.parallelism) && hasher.parallelism >= 1);
    });

    it('gives equal pixels one hash, and others another', async () => {
      const png = await drawNumbered(1).removeAlpha().png().toBuffer();
      const hash = await hasher.hashBytes(png, SIGNAL);
      assert.ok(hash.kind === 'hashed' && /^[0-9a-f]{64}$/.test(hash.pixelHash));
      const webp = await drawNumbered(1).removeAlpha().webp({ lossless: true }).toBuffer();
      const lying = await sharp(png).rotate(-90).png().withMetadata({ orientation: 6 }).toBuffer();
      for (const same of [webp, lying]) {
        assert.deepEqual(await hasher.hashBytes(same, SIGNAL), hash);
      }
      const pixels = await sharp(png).raw().toBuffer({ resolveWithObject: true });
      pixels.data[1_000] = (pixels.data[1_000] as number) ^ 1;
      const { width, height, channels } = pixels.info;
      const other = sharp(pixels.data, { raw: { width, height, channels } });
      assert.notDeepEqual(await hasher.hashBytes(await other.png().toBuffer(), SIGNAL), hash);
    });

    it('changes nothing about the bytes it is given', async () => {
      const png = await drawNumbered(2).png().toBuffer();
      const bytes = Uint8Array.from(png);
      await hasher.hashBytes(bytes, SIGNAL);
      assert.deepEqual(bytes, Uint8Array.from(png));
    });

    it('reads the first file that has the bytes of the picture', async () => {
      const png = await drawNumbered(3).png().toBuffer();
      const changed = write('changed.png', await drawNumbered(4).png().toBuffer());
      const here = write('here.png', png);
      mkdirSync(join(folder, 'folder.png'));
      const gone = ['gone.png', 'folder.png', 'here.png/below.png'].map((file) => join(folder, file));
      const hash = await hasher.hashBytes(png, SIGNAL);
      const contentHash = contentHashOfBytes(png);
      assert.deepEqual(await hasher.hash([...gone, changed, here], contentHash, SIGNAL), hash);
      assert.deepEqual(await hasher.hash([...gone, changed], contentHash, SIGNAL), UNREACHABLE);
      assert.deepEqual(await hasher.hash([], contentHash, SIGNAL), UNREACHABLE);
    });

    it('says of a drawing, and of what is no picture, that there is nothing to compare', async () => {
      const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"/>');
      const png = await drawNumbered(5).png().toBuffer();
      for (const bytes of [svg, png.subarray(0, png.length / 2), Buffer.from('text')]) {
        assert.deepEqual(await hasher.hashBytes(bytes, SIGNAL), INCOMPARABLE);
        const file = write('other', bytes);
        assert.deepEqual(await hasher.hash([file], contentHashOfBytes(bytes), SIGNAL), INCOMPARABLE);
      }
    });

    it('does several at once', async () => {
      const pictures = await Promise.all([6, 7, 8, 9, 6].map((n) => drawNumbered(n).png().toBuffer()));
      const answers = await Promise.all(pictures.map((bytes) => hasher.hashBytes(bytes, SIGNAL)));
      assert.equal(new Set(answers.map((answer) => JSON.stringify(answer))).size, 4);
      assert.deepEqual(answers[0], answers[4]);
    });

    it('begins nothing when nobody waits any more', async () => {
      const signal = AbortSignal.abort(new Error('nobody waits'));
      const png = await drawNumbered(1).png().toBuffer();
      const file = write('aborted.png', png);
      await assert.rejects(hasher.hashBytes(png, signal), { message: 'nobody waits' });
      await assert.rejects(hasher.hash([file], contentHashOfBytes(png), signal), { message: 'nobody waits' });
    });
  });
}
