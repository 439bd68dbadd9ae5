import assert from 'node:assert/strict';
import { it } from 'node:test';
import { decodeRgba } from '../support/decode-rgba.ts';
import { drawPicture } from '../support/draw-picture.ts';
import { hashOfPixels } from '../support/hash-of-pixels.ts';
import { prepareOne } from '../support/prepare-one.ts';
import { refuses } from '../support/refuses.ts';
import {
  type BitmapLayout,
  type IconPicture,
  packRows,
  writeDib,
  writeIcon,
} from '../support/write-bitmap.ts';

const RED = [255, 0, 0, 255];
const GREEN = [0, 255, 0, 255];

/** A picture of one color, 24 bits, nothing of it hidden. */
function plain(side: number, color: number): IconPicture {
  const rows = Array.from({ length: side }, () => new Array<number>(side).fill(color));
  const hidden = rows.map((row) => row.map(() => 0));
  const layout = { width: side, height: side, bits: 24, isIcon: true };
  const pixels = Buffer.concat([packRows(rows, 24), packRows(hidden, 1)]);
  return { width: side, height: side, bits: 24, file: writeDib(layout, pixels) };
}

/** Two pixels side by side with a mask. */
function pair(layout: Omit<BitmapLayout, 'width' | 'height'>, stored: number[], hidden: number[]): Buffer {
  const pixels = Buffer.concat([packRows([stored], layout.bits), packRows([hidden], 1)]);
  const file = writeDib({ width: 2, height: 1, isIcon: true, ...layout }, pixels);
  return writeIcon([{ width: 2, height: 1, bits: layout.bits, file }]);
}

it('reads the largest picture of an icon or cursor, wherever it stands', async () => {
  const small = plain(3, 0xff0000);
  const large = plain(5, 0x00ff00);
  for (const kind of ['icon', 'cursor'] as const) {
    for (const pictures of [
      [small, large],
      [large, small],
      [small, large, small],
    ]) {
      const icon = writeIcon(pictures, kind);
      const { facts } = await prepareOne(icon);
      assert.deepEqual(
        [facts.format, facts.width, facts.height, facts.pages, await hashOfPixels(icon)],
        ['ico', 5, 5, pictures.length, null],
      );
      assert.deepEqual((await decodeRgba(icon))[0]?.[0], GREEN);
    }
  }
});

it('reads of pictures of one size the one with most bits', async () => {
  const palette = [
    [255, 0, 0],
    [0, 255, 0],
  ];
  const pixels = Buffer.concat([packRows([[0]], 1), packRows([[0]], 1)]);
  const coarse = writeDib({ width: 1, height: 1, bits: 1, palette, isIcon: true }, pixels);
  const icon = writeIcon([plain(1, 0x00ff00), { width: 1, height: 1, bits: 1, file: coarse }]);
  assert.deepEqual(await decodeRgba(icon), [[GREEN]]);
});

it('reads the PNG of an icon, 256 pixels high', async () => {
  const png = await drawPicture(1, { width: 256, height: 256 }).png().toBuffer();
  const icon = writeIcon([plain(64, 0xff0000), { width: 256, height: 256, bits: 32, file: png }]);
  const { facts } = await prepareOne(icon);
  assert.deepEqual([facts.width, facts.height], [256, 256]);
  const alone = writeIcon([{ width: 256, height: 256, bits: 32, file: png }]);
  assert.equal(await hashOfPixels(alone), await hashOfPixels(png));
  await refuses(prepareOne(icon.subarray(0, -40)), 'IMAGE_UNREADABLE', /ICO file/);
});

it('hides what the mask of an icon hides', async () => {
  const palette = [RED, GREEN];
  assert.deepEqual(await decodeRgba(pair({ bits: 8, palette }, [0, 1], [0, 1])), [[RED, [0, 255, 0, 0]]]);
  assert.deepEqual(await decodeRgba(pair({ bits: 24 }, [0xff0000, 0x00ff00], [1, 0])), [
    [[255, 0, 0, 0], GREEN],
  ]);
});

it('takes the alpha channel of an icon before its mask, unless it is 0 everywhere', async () => {
  const withAlpha = pair({ bits: 32 }, [0x80ff0000, 0xff00ff00], [1, 1]);
  assert.deepEqual(await decodeRgba(withAlpha), [[[255, 0, 0, 128], GREEN]]);
  const without = pair({ bits: 32 }, [0x00ff0000, 0x0000ff00], [0, 1]);
  assert.deepEqual(await decodeRgba(without), [[RED, [0, 255, 0, 0]]]);
});
