import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import type { GrayImage } from '../../src/copies/gray-image.ts';
import { unexplainedDetail } from '../../src/copies/unexplained-detail.ts';
import { texture } from '../support/texture.ts';

async function grayOf(picture: Buffer): Promise<GrayImage> {
  const { data, info } = await sharp(picture)
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: Float32Array.from(data, (value) => value / 255) };
}

async function resized(picture: Buffer, side: number, kernel: 'cubic' | 'linear' | 'lanczos3') {
  return sharp(picture).resize(side, side, { fit: 'fill', kernel }).jpeg({ quality: 85 }).toBuffer();
}

const SIDE = 240;

describe('unexplainedDetail', () => {
  for (const growth of [1.25, 1.5, 2]) {
    it(`is small of what was enlarged to ${growth} times its size, and large of what has detail of its own`, async () => {
      const small = await texture(SIDE, 1);
      const large = await texture(Math.round(SIDE * growth), 2);
      const enlarged: number[] = [];
      for (const kernel of ['cubic', 'linear'] as const) {
        const made = await resized(small, Math.round(SIDE * growth), kernel);
        enlarged.push(unexplainedDetail(await grayOf(made), await grayOf(small)) ?? Number.NaN);
      }
      const reduced: number[] = [];
      for (const kernel of ['cubic', 'lanczos3'] as const) {
        const made = await resized(large, SIDE, kernel);
        reduced.push(unexplainedDetail(await grayOf(large), await grayOf(made)) ?? Number.NaN);
      }
      assert.ok(
        Math.max(...enlarged) < 0.5 && Math.min(...reduced) > 0.9,
        `enlarged ${enlarged}, reduced ${reduced}`,
      );
    });
  }

  it('is not known of what is blank, or smaller than what is looked at', async () => {
    const blank = { width: 200, height: 200, data: new Float32Array(40_000).fill(0.5) };
    assert.equal(
      unexplainedDetail({ width: 400, height: 400, data: new Float32Array(160_000) }, blank),
      null,
    );
    const tiny = await grayOf(await texture(60, 3));
    assert.equal(unexplainedDetail(tiny, tiny), null);
  });
});
