import assert from 'node:assert/strict';
import { it } from 'node:test';
import { EideticError } from '../../src/domain/errors.ts';
import { hashOfPixels } from '../support/hash-of-pixels.ts';
import { prepareOne } from '../support/prepare-one.ts';
import { refuses } from '../support/refuses.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { packRows, writeBmp, writeDib, writeIcon } from '../support/write-bitmap.ts';

const PALETTE = [
  [255, 0, 0],
  [0, 255, 0],
];
const ROWS = Array.from({ length: 4 }, (_, y) => Array.from({ length: 7 }, (_, x) => (x + y) % 2));
const RUNS = Buffer.from([7, 0, 0, 0, 7, 1, 0, 0, 7, 0, 0, 0, 7, 1, 0, 0, 0, 1]);

const PLAIN = writeBmp({ width: 7, height: 4, bits: 24 }, packRows(ROWS, 24));
const NUMBERED = writeBmp({ width: 7, height: 4, bits: 8, palette: PALETTE }, packRows(ROWS, 8));
const CODED = writeBmp({ width: 7, height: 4, bits: 8, compression: 1, palette: PALETTE }, RUNS);
const MASKED = writeBmp(
  { width: 7, height: 4, bits: 16, compression: 3, masks: [0xf800, 0x07e0, 0x001f] },
  packRows(ROWS, 16),
);
const ICON_DIB = writeDib(
  { width: 7, height: 4, bits: 8, palette: PALETTE, isIcon: true },
  Buffer.concat([packRows(ROWS, 8), packRows(ROWS, 1)]),
);
const ICON = writeIcon([{ width: 7, height: 4, bits: 8, file: ICON_DIB }]);

/** Where the fields of a BMP file are. */
const PIXELS_AT = 10;
const HEADER_BYTES = 14;
const WIDTH = 18;
const HEIGHT = 22;
const BITS = 28;
const COMPRESSION = 30;
const COLORS_USED = 46;

function changed(file: Buffer, change: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.from(file);
  change(bytes);
  return bytes;
}

/** Every third length, so that each field of a header is cut somewhere, the shortest and the longest. */
function lengthsBelow(whole: number, shortest: number): number[] {
  const lengths = [whole - 1];
  for (let length = shortest; length < whole - 1; length += 3) {
    lengths.push(length);
  }
  return lengths;
}

it('refuses a bitmap that is cut off anywhere, and tells that a part is missing', async () => {
  const paddingBytes = 2; // Behind the last row, where no pixel is.
  for (const [file, spare] of [
    [PLAIN, 3],
    [NUMBERED, 1],
    [CODED, paddingBytes + 2], // The end mark, and the end of the last row.
    [MASKED, paddingBytes],
  ] as const) {
    await prepareOne(file.subarray(0, file.length - spare));
    for (const length of lengthsBelow(file.length - spare, 18)) {
      await refuses(
        prepareOne(file.subarray(0, length)),
        'IMAGE_UNREADABLE',
        /BMP file ends before its picture/,
      );
    }
  }
});

it('refuses an icon that is cut off anywhere, and tells that a part is missing', async () => {
  await prepareOne(ICON.subarray(0, -3));
  for (const length of lengthsBelow(ICON.length - 3, 6)) {
    await refuses(
      prepareOne(ICON.subarray(0, length)),
      'IMAGE_UNREADABLE',
      /ICO file ends before its picture/,
    );
  }
});

it('does not take memory for pixels that are not there', async () => {
  const wide = changed(PLAIN, (bytes) => {
    bytes.writeInt32LE(16_000, WIDTH);
    bytes.writeInt32LE(16_000, HEIGHT);
  });
  await refuses(prepareOne(wide), 'IMAGE_UNREADABLE', /BMP file ends before its picture/);
});

it('refuses an absurd size by the header alone', async () => {
  const sizes = [
    [2_000_000_000, 2_000_000_000, /2,000,000,000 x 2,000,000,000/],
    [10, -2_147_483_648, /10 x 2,147,483,648/],
  ] as const;
  for (const [width, height, words] of sizes) {
    const file = changed(CODED, (bytes) => {
      bytes.writeInt32LE(width, WIDTH);
      bytes.writeInt32LE(height, HEIGHT);
    });
    await refuses(prepareOne(file), 'IMAGE_TOO_LARGE', words);
  }
});

it('refuses an icon by the size of the picture, whatever its list says', async () => {
  const file = changed(ICON, (bytes) => {
    bytes.writeInt32LE(60_000, 22 + 4);
    bytes.writeInt32LE(120_000, 22 + 8);
  });
  await refuses(prepareOne(file), 'IMAGE_TOO_LARGE', /60,000 x 60,000/);
});

const DAMAGED: Readonly<Record<string, Buffer>> = {
  'no width': changed(PLAIN, (bytes) => bytes.writeInt32LE(0, WIDTH)),
  'a negative width': changed(PLAIN, (bytes) => bytes.writeInt32LE(-7, WIDTH)),
  'no height': changed(PLAIN, (bytes) => bytes.writeInt32LE(0, HEIGHT)),
  '7 bits a pixel': changed(PLAIN, (bytes) => bytes.writeUInt16LE(7, BITS)),
  '4 bits where runs of 8 are': changed(CODED, (bytes) => bytes.writeUInt16LE(4, BITS)),
  'masks that overlap': changed(MASKED, (bytes) => bytes.writeUInt32LE(0xfc00, 54)),
  'a mask with a hole': changed(MASKED, (bytes) => bytes.writeUInt32LE(0xa000, 54)),
  'a mask beyond its 16 bits': changed(MASKED, (bytes) => bytes.writeUInt32LE(0xf0000, 54)),
  'no masks': changed(MASKED, (bytes) => bytes.fill(0, 54, 66)),
  'a run that skips beyond the picture': changed(CODED, (bytes) =>
    bytes.set([0, 2, 0, 9], bytes.length - 18),
  ),
  'a copied row that is too long': changed(CODED, (bytes) => bytes.set([0, 9], bytes.length - 18)),
  'zeros in place of its last runs': changed(CODED, (bytes) => bytes.fill(0, bytes.length - 14)),
};

for (const [name, file] of Object.entries(DAMAGED)) {
  it(`refuses a BMP with ${name} as damaged`, async () => {
    await refuses(prepareOne(file), 'IMAGE_UNREADABLE', /BMP file is damaged/);
  });
}

it('tells kinds that are not decoded from damage', async () => {
  for (const [at, value] of [
    [HEADER_BYTES, 66],
    [COMPRESSION, 77],
  ] as const) {
    const file = changed(PLAIN, (bytes) => bytes.writeUInt32LE(value, at));
    await refuses(prepareOne(file), 'FORMAT_UNSUPPORTED', /BMP file is of a kind.*convert it/);
  }
});

it('reads a BMP that says that it has more colors than can be numbered, or names no place for its pixels', async () => {
  const expected = await hashOfPixels(NUMBERED);
  for (const at of [COLORS_USED, COLORS_USED + 3]) {
    const file = changed(NUMBERED, (bytes) => bytes.writeUInt8(200, at));
    assert.equal(await hashOfPixels(file), expected);
  }
  const unplaced = changed(NUMBERED, (bytes) => bytes.writeUInt32LE(0, PIXELS_AT));
  assert.equal(await hashOfPixels(unplaced), expected);
});

it('refuses bitmaps that were overwritten, or gives a picture of their size, and never fails otherwise', async () => {
  const random = seededRandom(7);
  const below = (count: number) => Math.floor(random() * count);
  let openedCount = 0;
  for (let n = 0; n < 200; n++) {
    const original = [PLAIN, NUMBERED, CODED, MASKED, ICON][n % 5] as Buffer;
    const file = changed(original, (bytes) => {
      for (let times = 1 + below(3); times > 0; times--) {
        bytes.writeUInt8(below(256), 6 + below(bytes.length - 6));
      }
    });
    try {
      const { facts } = await prepareOne(file, undefined, { maxPixels: 100_000 });
      assert(facts.width > 0 && facts.height > 0);
      openedCount++;
    } catch (error) {
      assert(error instanceof EideticError, `file ${n}: ${String(error)}`);
      assert.doesNotMatch(
        error.message,
        /undefined|NaN|RangeError|TypeError|outside the bounds/,
        `file ${n}`,
      );
    }
  }
  assert(openedCount > 20 && openedCount < 180, `${openedCount} of 200 were opened`);
});
