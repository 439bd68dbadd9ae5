import assert from 'node:assert/strict';
import { it } from 'node:test';
import sharp from 'sharp';
import { DEFAULT_PICTURE_LIMITS } from '../../src/domain/picture-limits.ts';
import { makeThumbnail } from '../../src/imaging/thumbnail.ts';
import { prepareOne } from '../support/prepare-one.ts';
import { TURNED_HEIC } from '../support/turned-heic.ts';

it('reads HEIC, turned once as the file says', async () => {
  const { facts } = await prepareOne(TURNED_HEIC);
  assert.deepEqual([facts.format, facts.width, facts.height], ['heic', 48, 64]);
  const thumbnail = await makeThumbnail(TURNED_HEIC, 64, DEFAULT_PICTURE_LIMITS);
  const pixels = await sharp(thumbnail).removeAlpha().raw().toBuffer();
  const dominant = (x: number, y: number) => {
    const color = [...pixels.subarray((y * 48 + x) * 3, (y * 48 + x) * 3 + 3)];
    return color.indexOf(Math.max(...color));
  };
  assert.deepEqual([dominant(6, 58), dominant(40, 6), dominant(6, 6), dominant(40, 58)], [0, 1, 2, 2]);
});

it('gives several HEIC files at once what it gives one', async () => {
  const prepare = () => prepareOne(TURNED_HEIC);
  const [one, ...others] = await Promise.all([prepare(), prepare(), prepare()]);
  for (const other of others) {
    assert.deepEqual(other, one);
  }
});
