import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { hasMarks } from '../../src/copies/find-marks.ts';
import { drawManyThings, viewOf } from '../support/view-of.ts';

const SAME = { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 };

const MARKS: Readonly<Record<string, string>> = {
  name: '<text x="20" y="466" font-family="sans-serif" font-size="24" fill="white">(c) ACME</text>',
  dot: '<circle cx="300" cy="200" r="10" fill="red"/>',
  line: '<path d="M20 40 L620 440" stroke="white" stroke-width="5"/>',
  bar: '<rect x="240" y="230" width="120" height="18" fill="black"/>',
};

describe('marks in one of two pictures', () => {
  it('are told whichever has them, and not of what was saved badly, made smaller or brightened', async () => {
    const scene = await sharp(await drawManyThings('scene').png().toBuffer())
      .resize(640, 480, { fit: 'fill' })
      .png()
      .toBuffer();
    const clean = await viewOf(scene);
    for (const [name, inner] of Object.entries(MARKS)) {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480">${inner}</svg>`;
      const made = await sharp(scene)
        .composite([{ input: Buffer.from(svg) }])
        .jpeg({ quality: 85 })
        .toBuffer();
      const marked = await viewOf(made);
      assert.ok(hasMarks(clean, marked, SAME, true), name);
      assert.ok(hasMarks(marked, clean, SAME, true), `${name}, turned round`);
    }
    const harmless: Readonly<Record<string, Sharp>> = {
      saved: sharp(scene).jpeg({ quality: 30 }),
      smaller: sharp(scene).resize(320).jpeg({ quality: 80 }),
      darker: sharp(scene).linear(0.8, 0).jpeg({ quality: 90 }),
    };
    for (const [name, picture] of Object.entries(harmless)) {
      const other = await viewOf(await picture.toBuffer());
      assert.ok(!hasMarks(clean, other, SAME, true), name);
      assert.ok(!hasMarks(other, clean, SAME, true), `${name}, turned round`);
    }
  });
});
