import assert from 'node:assert/strict';
import { it } from 'node:test';
import sharp from 'sharp';
import { DEFAULT_PICTURE_LIMITS } from '../../src/domain/picture-limits.ts';
import { makeThumbnail } from '../../src/imaging/thumbnail.ts';
import { decodeRgba } from '../support/decode-rgba.ts';
import { drawPicture } from '../support/draw-picture.ts';
import { hashOfPixels } from '../support/hash-of-pixels.ts';
import { prepareOne } from '../support/prepare-one.ts';
import { refuses } from '../support/refuses.ts';
import { type BitmapLayout, packRows, writeBmp } from '../support/write-bitmap.ts';

const WIDTH = 5;
const HEIGHT = 3;
const COLORS = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 255, 255],
  [0, 0, 0],
  [255, 255, 0],
  [255, 0, 255],
  [0, 255, 255],
] as const;

/** Which color a pixel has; no two rows and no two columns are the same. */
function colorAt(x: number, y: number, colorCount: number): number {
  return (x * x + y + (x === 4 ? y : 0)) % colorCount;
}

function picture<T>(of: (x: number, y: number) => T): T[][] {
  return Array.from({ length: HEIGHT }, (_, y) => Array.from({ length: WIDTH }, (_, x) => of(x, y)));
}

function opaque(colorCount: number): number[][][] {
  return picture((x, y) => [...(COLORS[colorAt(x, y, colorCount)] as readonly number[]), 255]);
}

type Layout = Omit<BitmapLayout, 'width' | 'height'>;

function write(layout: Layout, stored: (x: number, y: number) => number): Buffer {
  const rows = picture(stored);
  return writeBmp(
    { width: WIDTH, height: HEIGHT, ...layout },
    packRows(layout.isTopDown ? rows : rows.reverse(), layout.bits),
  );
}

const PALETTES: Readonly<Record<string, Layout>> = {
  '1 bit': { bits: 1 },
  '2 bits': { bits: 2 },
  '4 bits': { bits: 4 },
  '8 bits': { bits: 8 },
  '8 bits, from top to bottom': { bits: 8, isTopDown: true },
  '1 bit of OS/2 1': { bits: 1, header: 12 },
  '4 bits of OS/2 1': { bits: 4, header: 12 },
  '8 bits of OS/2 1, with few colors': { bits: 8, header: 12 },
  '8 bits of OS/2 2': { bits: 8, header: 64 },
  '8 bits of Windows 4': { bits: 8, header: 108 },
};

for (const [name, layout] of Object.entries(PALETTES)) {
  it(`reads a BMP with a palette of ${name}`, async () => {
    const colorCount = Math.min(2 ** layout.bits, COLORS.length);
    const palette = COLORS.slice(0, colorCount);
    const bmp = write({ ...layout, palette }, (x, y) => colorAt(x, y, colorCount));
    assert.deepEqual(await decodeRgba(bmp), opaque(colorCount));
  });
}

/** Full channels of these masks, with `alpha` in the fourth. */
function masked(
  [red = 0, green = 0, blue = 0, alpha = 0]: readonly number[],
  color: readonly number[],
): number {
  const bits = (mask: number, isOn: boolean) => (isOn ? mask : 0);
  return bits(red, color[0] === 255) + bits(green, color[1] === 255) + bits(blue, color[2] === 255) + alpha;
}

const FIVES = [0x7c00, 0x03e0, 0x001f];
const EIGHTS = [0xff0000, 0xff00, 0xff];
const TRUE_COLORS: Readonly<Record<string, Layout & { readonly stored: readonly number[] }>> = {
  '16 bits': { bits: 16, stored: FIVES },
  '16 bits, the highest of which is not used': { bits: 16, stored: [...FIVES, 0x8000] },
  '16 bits, 6 of them green': {
    bits: 16,
    compression: 3,
    masks: [0xf800, 0x07e0, 0x001f],
    stored: [0xf800, 0x07e0, 0x001f],
  },
  '24 bits': { bits: 24, stored: EIGHTS },
  '24 bits of OS/2 1': { bits: 24, header: 12, stored: EIGHTS },
  '24 bits, from top to bottom': { bits: 24, isTopDown: true, stored: EIGHTS },
  '32 bits, whose fourth byte means nothing': { bits: 32, stored: [...EIGHTS, 0x12000000] },
  '32 bits, its channels the other way round': {
    bits: 32,
    header: 52,
    compression: 3,
    masks: [0xff, 0xff00, 0xff0000],
    stored: [0xff, 0xff00, 0xff0000],
  },
  '32 bits, up to 11 for a channel': {
    bits: 32,
    compression: 3,
    masks: [0xffe00000, 0x001ffc00, 0x3ff],
    stored: [0xffe00000, 0x001ffc00, 0x3ff],
  },
  '32 bits with an alpha channel that is 0 everywhere': {
    bits: 32,
    header: 56,
    compression: 3,
    masks: [...EIGHTS, 0xff000000],
    stored: EIGHTS,
  },
};

for (const [name, { stored, ...layout }] of Object.entries(TRUE_COLORS)) {
  it(`reads a BMP of ${name}`, async () => {
    const bmp = write(layout, (x, y) => masked(stored, COLORS[colorAt(x, y, 8)] as readonly number[]));
    assert.deepEqual(await decodeRgba(bmp), opaque(8));
  });
}

for (const [name, layout] of Object.entries({
  'a version 3 header': { header: 56, compression: 3 },
  'masks behind the header': { header: 40, compression: 6 },
  'a version 5 header that only names it': { header: 124 },
})) {
  it(`reads the alpha channel of a BMP with ${name}`, async () => {
    const masks = [...EIGHTS, 0xff000000];
    const alphas = picture((x, y) => x * 60 + y);
    const bmp = write({ bits: 32, masks, ...layout }, (x, y) => 0x102030 + (alphas[y]?.[x] ?? 0) * 0x1000000);
    assert.deepEqual(
      await decodeRgba(bmp),
      picture((x, y) => [0x10, 0x20, 0x30, alphas[y]?.[x]]),
    );
  });
}

it('spreads the steps of few bits over all of 0 to 255', async () => {
  const bmp = write({ bits: 16 }, (x) => x * 0x0400 + (31 - x) * 0x20 + 16);
  const [row = []] = await decodeRgba(bmp);
  assert.deepEqual(row[1], [8, 247, 132, 255]);
  assert.deepEqual(row[0], [0, 255, 132, 255]);
});

it('shows a number beyond the palette black', async () => {
  const bmp = write({ bits: 8, palette: COLORS.slice(0, 1) }, (x) => (x === 1 ? 7 : 0));
  const [row = []] = await decodeRgba(bmp);
  assert.deepEqual(row.slice(0, 2), [
    [255, 0, 0, 255],
    [0, 0, 0, 255],
  ]);
});

const RED = [255, 0, 0, 255];
const GREEN = [0, 255, 0, 255];
const BLUE = [0, 0, 255, 255];
const NOTHING = [0, 0, 0, 0];

function writeRuns(bits: 4 | 8 | 24, runs: readonly number[]): Buffer {
  const compression = { 4: 2, 8: 1, 24: 4 }[bits];
  const header = bits === 24 ? 64 : 40;
  const palette = bits === 24 ? [] : COLORS.slice(0, 3);
  return writeBmp({ width: 4, height: 2, bits, header, compression, palette }, Uint8Array.from(runs));
}

const LOWER = [RED, RED, RED, GREEN];
const UPPER = [BLUE, GREEN, RED, BLUE];
const RUNS: Readonly<Record<string, readonly [file: Buffer, upper: number[][], lower: number[][]]>> = {
  'runs of 8 bits': [writeRuns(8, [3, 0, 1, 1, 0, 0, 0, 4, 2, 1, 0, 2, 0, 0, 0, 1]), UPPER, LOWER],
  'copied rows of 8 bits, filled up': [
    writeRuns(8, [0, 3, 0, 0, 0, 9, 1, 1, 0, 0, 1, 2, 0, 3, 1, 0, 2, 9, 0, 1]),
    UPPER,
    LOWER,
  ],
  'runs of 4 bits': [writeRuns(4, [3, 0x00, 1, 0x1f, 0, 0, 2, 0x21, 2, 0x02, 0, 1]), UPPER, LOWER],
  'copied rows of 4 bits': [writeRuns(4, [0, 4, 0x00, 0x01, 0, 0, 0, 4, 0x21, 0x02, 0, 1]), UPPER, LOWER],
  'runs of 24 bits': [
    writeRuns(24, [3, 0, 0, 255, 1, 0, 255, 0, 0, 0, 0, 4, 255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 0, 0, 0, 1]),
    UPPER,
    LOWER,
  ],
  'no end mark': [writeRuns(8, [3, 0, 1, 1, 0, 0, 0, 4, 2, 1, 0, 2]), UPPER, LOWER],
  'a run that is longer than its row': [
    writeRuns(8, [9, 0, 0, 0, 4, 2, 0, 1]),
    [BLUE, BLUE, BLUE, BLUE],
    [RED, RED, RED, RED],
  ],
  'skipped pixels, which are transparent': [
    writeRuns(8, [1, 0, 0, 2, 2, 1, 1, 1, 0, 1]),
    [NOTHING, NOTHING, NOTHING, GREEN],
    [RED, NOTHING, NOTHING, NOTHING],
  ],
  'rows that end early': [
    writeRuns(8, [1, 0, 0, 0, 1, 2, 0, 1]),
    [BLUE, NOTHING, NOTHING, NOTHING],
    [RED, NOTHING, NOTHING, NOTHING],
  ],
};

for (const [name, [file, upper, lower]] of Object.entries(RUNS)) {
  it(`reads a run-length coded BMP with ${name}`, async () => {
    assert.deepEqual(await decodeRgba(file), [upper, lower]);
  });
}

it('gives a BMP the pixel hash of a PNG of the same pixels', async () => {
  const drawing = drawPicture(3, { width: 30, height: 20 }).removeAlpha();
  const raw = await drawing.clone().raw().toBuffer();
  const rows = Array.from({ length: 20 }, (_, y) =>
    Array.from({ length: 30 }, (_, x) => raw.readUIntBE((y * 30 + x) * 3, 3)),
  );
  const bmp = writeBmp({ width: 30, height: 20, bits: 24 }, packRows(rows.reverse(), 24));
  const { facts } = await prepareOne(bmp);
  assert.deepEqual([facts.format, facts.width, facts.height, facts.bitDepth], ['bmp', 30, 20, 8]);
  assert.notEqual(await hashOfPixels(bmp), null);
  assert.equal(await hashOfPixels(bmp), await hashOfPixels(await drawing.png().toBuffer()));
});

it('gives no pixel hash to a BMP of more than 8 bits a channel, or of colors that are not applied', async () => {
  const masks = [0x3ff00000, 0xffc00, 0x3ff];
  const deep = write({ bits: 32, compression: 3, masks }, (x) => x);
  assert.equal((await prepareOne(deep)).facts.bitDepth, 10);
  assert.equal(await hashOfPixels(deep), null);
  const calibrated = write({ bits: 24, header: 108 }, (x) => x);
  calibrated.fill(0, 14 + 56, 14 + 60).writeUInt32LE(0x1000, 14 + 60);
  assert.equal(await hashOfPixels(calibrated), null);
});

it('applies the color profile of a BMP', async () => {
  const wide = await drawPicture(1).withIccProfile('p3').png().toBuffer();
  const profile = (await sharp(wide).metadata()).icc;
  assert(profile !== undefined);
  const layout = { width: WIDTH, height: HEIGHT, bits: 24, header: 124 };
  const pixels = packRows(
    picture((x) => 0x206080 + x),
    24,
  );
  const bmp = writeBmp(layout, pixels, profile);
  bmp.write('DEBM', 14 + 56, 'latin1');
  bmp.writeUInt32LE(bmp.length - 14 - profile.length, 14 + 112);
  bmp.writeUInt32LE(profile.length, 14 + 116);
  const [[[red = 0, green = 0, blue = 0] = []] = []] = await decodeRgba(bmp);
  assert.deepEqual([red < 0x20, green > 0x60, blue > 0x80], [true, true, true], `${red} ${green} ${blue}`);
  await refuses(decodeRgba(bmp.subarray(0, -1)), 'IMAGE_UNREADABLE', /BMP file ends before/);
});

it('reads a PNG or JPEG that is wrapped as a BMP, and refuses one that is cut off', async () => {
  for (const [compression, file] of [
    [4, await drawPicture(1).jpeg().toBuffer()],
    [5, await drawPicture(1).png().toBuffer()],
  ] as const) {
    const layout = { width: 64, height: 64, bits: 0, compression };
    const { width, height } = await sharp(file).metadata();
    const { facts } = await prepareOne(writeBmp(layout, file));
    assert.deepEqual([facts.format, facts.width, facts.height], ['bmp', width, height]);
    await refuses(
      prepareOne(writeBmp(layout, file.subarray(0, file.length >> 1))),
      'IMAGE_UNREADABLE',
      /BMP file (?:ends before|is damaged)/,
    );
  }
});

it('draws a thumbnail of a BMP', async () => {
  const bmp = write({ bits: 24 }, () => 0xff0000);
  const thumbnail = await makeThumbnail(bmp, 128, DEFAULT_PICTURE_LIMITS);
  const { format, width, height } = await sharp(thumbnail).metadata();
  assert.deepEqual([format, width, height], ['webp', WIDTH, HEIGHT]);
});
