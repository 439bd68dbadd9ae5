import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { detailLead } from '../../src/copies/detail-lead.ts';
import type { GrayImage } from '../../src/copies/gray-image.ts';
import { texture } from '../support/texture.ts';

const SIDE = 320;

async function grayIn(picture: Sharp): Promise<GrayImage> {
  const { data, info } = await sharp(await picture.jpeg({ quality: 85 }).toBuffer())
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: Float32Array.from(data, (value) => value / 255) };
}

describe('detailLead', () => {
  it('is about 1 of what was only made smaller, by whatever kernel', async () => {
    const large = await texture(2 * SIDE, 1);
    for (const kernel of ['lanczos3', 'cubic', 'linear', 'mitchell'] as const) {
      const lead = detailLead(
        await grayIn(sharp(large)),
        await grayIn(sharp(large).resize(SIDE, SIDE, { kernel })),
      );
      assert.ok(lead !== null && lead > 0.9 && lead < 1.15, `${kernel} ${lead}`);
    }
  });

  for (const growth of [1, 1.25, 1.5, 2]) {
    it(`is more of what was sharpened at ${growth} times the size, and less of what was blurred`, async () => {
      const small = await texture(SIDE, 2);
      const enlarged = async () =>
        sharp(
          await sharp(small)
            .resize(Math.round(growth * SIDE))
            .png()
            .toBuffer(),
        );
      const sharpened = (await enlarged()).sharpen({ sigma: 1.5, m1: 1.5, m2: 4 });
      const blurred = (await enlarged()).blur(1.5 * growth);
      const other = await grayIn(sharp(small));
      const [more, less] = [
        detailLead(await grayIn(sharpened), other),
        detailLead(await grayIn(blurred), other),
      ];
      assert.ok((more ?? 0) > 1.15 && (less ?? 1) < 1 / 1.15, `${more} and ${less}`);
    });
  }

  it('is not known of what is blank', () => {
    const blank = { width: SIDE, height: SIDE, data: new Float32Array(SIDE * SIDE).fill(0.5) };
    assert.equal(detailLead(blank, blank), null);
  });
});
