import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import type { GrayImage } from '../../src/copies/gray-image.ts';
import { repeatedLines } from '../../src/copies/repeated-lines.ts';
import { texture } from '../support/texture.ts';
import { drawManyThings } from '../support/view-of.ts';

async function repeatedIn(picture: Sharp): Promise<number> {
  const { data, info } = await sharp(await picture.jpeg({ quality: 90 }).toBuffer())
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const image: GrayImage = {
    ...{ width: info.width, height: info.height },
    data: Float32Array.from(data, (value) => value / 255),
  };
  return repeatedLines(image) ?? Number.NaN;
}

describe('repeatedLines', () => {
  const pictures = {
    'a texture': () => texture(300, 1),
    'a drawn picture': async () => drawManyThings('lines').resize(640, 480, { fit: 'fill' }).png().toBuffer(),
  };
  for (const [name, draw] of Object.entries(pictures)) {
    it(`are many where the pixels of ${name} were repeated, and next to none where it was enlarged smoothly or not at all`, async () => {
      const picture = await draw();
      const { width = 0 } = await sharp(picture).metadata();
      assert.ok((await repeatedIn(sharp(picture))) < 0.05);
      for (const growth of [1.25, 1.5, 2]) {
        const resized = (kernel: 'nearest' | 'cubic') =>
          repeatedIn(sharp(picture).resize(Math.round(width * growth), null, { kernel }));
        const [repeated, smooth] = [await resized('nearest'), await resized('cubic')];
        assert.ok(repeated > 0.1 && smooth < 0.05, `${growth}: ${repeated} and ${smooth}`);
      }
    });
  }

  it('are not known of what is blank', () => {
    assert.equal(repeatedLines({ width: 200, height: 200, data: new Float32Array(40_000) }), null);
  });
});
