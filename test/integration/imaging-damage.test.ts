import assert from 'node:assert/strict';
import { it } from 'node:test';
import { drawPicture } from '../support/draw-picture.ts';
import { hashOfPixels } from '../support/hash-of-pixels.ts';
import { prepareOne } from '../support/prepare-one.ts';
import { refuses } from '../support/refuses.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { TURNED_HEIC } from '../support/turned-heic.ts';

const END_MARKER = Uint8Array.of(0xff, 0xd9);

for (const progressive of [false, true]) {
  const kind = progressive ? 'progressive' : 'baseline';
  const draw = () => drawPicture(1).jpeg({ progressive }).toBuffer();

  it(`refuses a ${kind} JPEG that is cut off, even by little, and says so`, async () => {
    const jpeg = await draw();
    for (const missing of [30, Math.round(jpeg.length / 100), jpeg.length >> 1]) {
      await refuses(
        prepareOne(jpeg.subarray(0, -missing)),
        'IMAGE_UNREADABLE',
        /JPEG file ends before its picture/,
      );
    }
  });

  it(`reads a ${kind} JPEG that lacks nothing but its end marker`, async () => {
    const jpeg = await draw();
    const cut = jpeg.subarray(0, -2);
    assert.deepEqual((await prepareOne(cut)).input, (await prepareOne(jpeg)).input);
    assert.equal(await hashOfPixels(cut), await hashOfPixels(jpeg));
  });
}

it('refuses a JPEG with a hole, although it ends as it should', async () => {
  const jpeg = await drawPicture(1).jpeg().toBuffer();
  const half = jpeg.subarray(0, jpeg.length >> 1);
  await refuses(prepareOne(Buffer.concat([half, END_MARKER])), 'IMAGE_UNREADABLE', /a part is missing/);
  const zeros = Buffer.from(jpeg).fill(0, half.length, half.length + 300);
  await refuses(prepareOne(zeros), 'IMAGE_UNREADABLE', /a part is missing|damaged/);
});

it('reads a JPEG whose decoder only frowns at stray bytes between its parts', async () => {
  const jpeg = await drawPicture(1).jpeg().toBuffer();
  const scan = jpeg.indexOf(Uint8Array.of(0xff, 0xda));
  const sloppy = Buffer.concat([jpeg.subarray(0, scan), Buffer.alloc(5, 7), jpeg.subarray(scan)]);
  assert.deepEqual((await prepareOne(sloppy)).input, (await prepareOne(jpeg)).input);
  assert.equal(await hashOfPixels(sloppy), await hashOfPixels(jpeg));
});

const WHOLE: Readonly<Record<string, Promise<Uint8Array>>> = {
  PNG: drawPicture(2).png().toBuffer(),
  WebP: drawPicture(2).webp().toBuffer(),
  GIF: drawPicture(2).gif().toBuffer(),
  TIFF: drawPicture(2).tiff({ compression: 'lzw' }).toBuffer(),
  AVIF: drawPicture(2).avif({ effort: 0 }).toBuffer(),
  HEIC: Promise.resolve(TURNED_HEIC),
};

for (const [format, file] of Object.entries(WHOLE)) {
  it(`refuses a ${format} file that is cut off, and reads one with something behind it`, async () => {
    const whole = await file;
    const expected = await prepareOne(whole);
    await refuses(
      prepareOne(whole.subarray(0, whole.length - 40)),
      'IMAGE_UNREADABLE',
      new RegExp(`${format} file`),
    );
    await refuses(
      prepareOne(whole.subarray(0, whole.length >> 1)),
      'IMAGE_UNREADABLE',
      new RegExp(`${format} file`),
    );
    const longer = Buffer.concat([whole, Buffer.alloc(100, 7)]);
    assert.deepEqual((await prepareOne(longer)).input, expected.input);
    assert.equal(await hashOfPixels(longer), await hashOfPixels(whole));
  });
}

it('refuses an empty file', async () => {
  await refuses(prepareOne(new Uint8Array(0)), 'IMAGE_UNREADABLE', /^The file is empty/);
});

it('decides the same for each of many damaged files at once as for one after the other', async () => {
  const jpeg = await drawPicture(3).jpeg().toBuffer();
  const png = await drawPicture(3).png().toBuffer();
  const random = seededRandom(11);
  const files = Array.from({ length: 40 }, (_, i) => {
    const damaged = Buffer.from(i % 2 === 0 ? jpeg : png);
    const at = Math.floor((0.2 + 0.7 * random()) * damaged.length);
    return i % 4 < 2 ? damaged.subarray(0, at) : damaged.fill(0, at, at + 40);
  });
  const outcome = async (file: Uint8Array) => {
    try {
      return (await prepareOne(file)).input.join();
    } catch (error) {
      return String(error);
    }
  };
  const together = await Promise.all(files.map(outcome));
  const alone: string[] = [];
  for (const file of files) {
    alone.push(await outcome(file));
  }
  assert.deepEqual(together, alone);
  assert(
    alone.some((said) => said.startsWith('EideticError')) && alone.every((said) => !said.includes('Unknown')),
  );
});
