import assert from 'node:assert/strict';
import { it } from 'node:test';
import sharp from 'sharp';
import { DEFAULT_PICTURE_LIMITS } from '../../src/domain/picture-limits.ts';
import { makeThumbnail } from '../../src/imaging/thumbnail.ts';
import { drawPicture } from '../support/draw-picture.ts';
import { refuses } from '../support/refuses.ts';

const SIZE = { width: 300, height: 200 };

async function thumbnailOf(file: Uint8Array, maxSide = 96) {
  const { format, width, height, hasAlpha, exif } = await sharp(
    await makeThumbnail(file, maxSide, DEFAULT_PICTURE_LIMITS),
  ).metadata();
  return { format, width, height, hasAlpha, exif };
}

it('fits a picture of any format into a square, upright, without metadata', async () => {
  const plain = { format: 'webp', width: 96, height: 64, hasAlpha: false, exif: undefined };
  for (const format of ['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff'] as const) {
    assert.deepEqual(await thumbnailOf(await drawPicture(1, SIZE).toFormat(format).toBuffer()), plain);
  }
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"></svg>';
  assert.deepEqual(await thumbnailOf(Buffer.from(drawing)), { ...plain, hasAlpha: true });
  const lying = await drawPicture(1, SIZE).jpeg().withMetadata({ orientation: 6 }).toBuffer();
  assert.deepEqual(await thumbnailOf(lying), { ...plain, width: 64, height: 96 });
});

it('does not enlarge a small picture', async () => {
  const small = await drawPicture(1, { width: 30, height: 20 }).png().toBuffer();
  assert.equal((await thumbnailOf(small)).width, 30);
});

it('refuses what preparing refuses', async () => {
  const cut = (await drawPicture(1, SIZE).jpeg().toBuffer()).subarray(0, 2000);
  await refuses(
    makeThumbnail(cut, 96, DEFAULT_PICTURE_LIMITS),
    'IMAGE_UNREADABLE',
    /ends before its picture/,
  );
});
