import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import sharp from 'sharp';
import { DEFAULT_PICTURE_LIMITS } from '../../src/domain/picture-limits.ts';
import { findModel } from '../../src/embedding/model-store.ts';
import { startOnnxEmbedder } from '../../src/embedding/onnx-embedder.ts';
import { hashOfPixels } from '../support/hash-of-pixels.ts';
import { refuses } from '../support/refuses.ts';

function fault(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join('test/fixtures/faults', name)));
}

describe('pictures that went wrong once', async () => {
  const embedder = startOnnxEmbedder([await findModel(null, '')], DEFAULT_PICTURE_LIMITS);
  after(() => embedder.close());
  const describeFault = (name: string) => embedder.describe(fault(name));
  const similarity = async (a: string, b: string) => {
    const [one, other] = await Promise.all(
      [a, b].map(async (name) => Object.values((await describeFault(name)).descriptors)[0]?.cls.unit),
    );
    assert.ok(one !== undefined && other !== undefined);
    return one.reduce((sum, value, i) => sum + value * (other[i] as number), 0);
  };

  it('reads a TIFF whose channels are more than color and alpha', async () => {
    const { facts } = await describeFault('five-channels.tif');
    assert.deepEqual([facts.width, facts.height], [32, 32]);
  });

  it('refuses by its header what promises more than it can hold', async () => {
    await refuses(describeFault('bomb122.tiff'), 'IMAGE_UNREADABLE', /many times what so few bytes can hold/);
  });

  it('takes no two animations for the same pixels because they begin alike', async () => {
    for (const format of ['gif', 'webp']) {
      const [birthday, holiday] = [
        `same-first-frame/birthday.${format}`,
        `same-first-frame/holiday.${format}`,
      ];
      assert.ok((await similarity(birthday, holiday)) > 0.99, 'they should show the same first frame');
      assert.notEqual(await hashOfPixels(fault(birthday)), await hashOfPixels(fault(holiday)));
      assert.equal((await describeFault(birthday)).facts.pages, 3);
    }
  });

  it('takes no two documents for the same pixels because they have one cover sheet', async () => {
    const [contract, invoice] = ['same-first-page/contract.tif', 'same-first-page/invoice.tif'];
    assert.notEqual(await hashOfPixels(fault(contract)), await hashOfPixels(fault(invoice)));
    assert.equal((await describeFault(contract)).facts.pages, 2);
  });

  it('tells depth maps apart that use a sliver of 16 bits', async () => {
    const [ball, ramp] = ['same-pixels-16bit/ball-mm.png', 'same-pixels-16bit/ramp-mm.png'];
    assert.ok((await similarity(ball, ramp)) < 0.7);
    assert.notEqual(await hashOfPixels(fault(ball)), await hashOfPixels(fault(ramp)));
  });

  it('finds the 8-bit twin of 12 bits stored in 16', async () => {
    const [twelve, eight] = ['not-found-12bit/twelve-bit-in-16.png', 'not-found-12bit/eight-bit.png'];
    assert.ok((await similarity(twelve, eight)) > 0.99);
  });

  it('tells white art on transparency apart', async () => {
    const names = ['bars', 'ring', 'star'].map((name) => `white-on-transparent/${name}.png`);
    for (const [i, one] of names.entries()) {
      for (const other of names.slice(i + 1)) {
        assert.ok((await similarity(one, other)) < 0.97, `${one} and ${other}`);
      }
    }
  });

  it('reads a JPEG with a gain map as strictly as a plain one', async () => {
    for (const kind of ['plain', 'ultra-hdr']) {
      const { facts } = await describeFault(`damaged-ultra-hdr/${kind}.jpg`);
      assert.deepEqual([facts.width, facts.height], [480, 320]);
      await refuses(
        describeFault(`damaged-ultra-hdr/${kind}-zero-block.jpg`),
        'IMAGE_UNREADABLE',
        /damaged within its picture/,
      );
    }
  });

  it('passes over a thumbnail in the first directory of a TIFF', async () => {
    const { facts } = await describeFault('thumbnail-first/scan.tif');
    assert.deepEqual([facts.width, facts.height, facts.pages], [320, 240, 1]);
    const alone = await sharp(fault('thumbnail-first/scan.tif'), { page: 1 }).png().toBuffer();
    assert.equal(await hashOfPixels(fault('thumbnail-first/scan.tif')), await hashOfPixels(alone));
  });

  it('goes on with others while a drawing runs out of its time', async () => {
    const hurried = startOnnxEmbedder(embedder.models, { ...DEFAULT_PICTURE_LIMITS, timeoutMs: 1000 });
    const slow = refuses(hurried.describe(fault('slow.svg')), 'IMAGE_UNREADABLE', /not decoded within 1 s/);
    await hurried.describe(fault('damaged-ultra-hdr/plain.jpg'));
    await slow;
    await hurried.close();
  });
});
