import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { grayOf as toGray } from '../../src/copies/gray-image.ts';
import { similarity } from '../../src/domain/embedding.ts';
import { GRAY_SIDE, type GrayPicture } from '../../src/evaluation/gray-picture.ts';
import { NearDuplicates } from '../../src/evaluation/near-duplicates.ts';
import { hashEmbedding, perceptualHash } from '../../src/evaluation/perceptual-hash.ts';
import { createRandom } from '../../src/sample/seeded-random.ts';

/** A picture with much in it, 160 x 120. */
function drawScene(seed: string): Sharp {
  const random = createRandom(seed);
  const discs = Array.from({ length: 60 }, () => {
    const [x, y, radius] = [random.whole(0, 160), random.whole(0, 120), random.whole(3, 16)];
    return `<circle cx="${x}" cy="${y}" r="${radius}" fill="hsl(${random.whole(0, 359)},70%,${random.whole(15, 85)}%)"/>`;
  });
  return sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="160" height="120">${discs.join('')}</svg>`),
  ).flatten();
}

async function grayOf(picture: Sharp): Promise<GrayPicture> {
  const file = await picture.png().toBuffer();
  const pixels = await sharp(file)
    .removeAlpha()
    .resize(GRAY_SIDE, GRAY_SIDE, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
  const count = GRAY_SIDE ** 2;
  return toGray(
    Float32Array.from(
      { length: 3 * count },
      (_, i) => (pixels[3 * (i % count) + Math.floor(i / count)] as number) / 255,
    ),
    GRAY_SIDE,
    GRAY_SIDE,
  ).data;
}

async function recompressed(picture: Sharp): Promise<Sharp> {
  return sharp(await picture.jpeg({ quality: 60 }).toBuffer());
}

/** How many bits differ. */
function hamming(a: readonly boolean[], b: readonly boolean[]): number {
  return a.filter((bit, i) => bit !== b[i]).length;
}

describe('perceptualHash', () => {
  it('sets the bits of the frequencies that are in a picture', () => {
    // cos(3 x) + cos(5 y) on gray: these two and the constant part are above the median, which is 0.
    const wave = (n: number, position: number) =>
      Math.cos(((2 * position + 1) * n * Math.PI) / (2 * GRAY_SIDE));
    const gray = Float32Array.from(
      { length: GRAY_SIDE ** 2 },
      (_, i) => 0.5 + 0.2 * wave(3, i % GRAY_SIDE) - 0.2 * wave(5, Math.floor(i / GRAY_SIDE)),
    );
    const hash = perceptualHash(gray);
    assert.deepEqual([hash[0], hash[3], hash[5 * 8]], [true, true, false]);
  });

  it('is nearly the same of a picture saved again, and another of a mirrored one and of another picture', async () => {
    const hash = perceptualHash(await grayOf(drawScene('a')));
    assert.ok(hamming(hash, perceptualHash(await grayOf(await recompressed(drawScene('a'))))) <= 2);
    assert.ok(hamming(hash, perceptualHash(await grayOf(drawScene('a').flop()))) > 16);
    assert.ok(hamming(hash, perceptualHash(await grayOf(drawScene('b')))) > 16);
  });

  it('has half of its bits set, of whatever picture', async () => {
    assert.equal(perceptualHash(await grayOf(drawScene('a'))).filter(Boolean).length, 32);
  });

  it('is compared as an embedding by the number of bits that differ, exactly', () => {
    const hash = Array.from({ length: 64 }, (_, i) => i % 3 === 0);
    for (const bits of [0, 1, 31, 64]) {
      const other = hash.map((bit, i) => (i < bits ? !bit : bit));
      assert.equal(similarity(hashEmbedding(hash), hashEmbedding(other)), 1 - (2 * bits) / 64);
    }
  });
});

describe('NearDuplicates', () => {
  it('knows a scene from a little beside, and no other scene of the same light and dark', async () => {
    const whole = { left: 0, top: 0, width: 148, height: 112 };
    const shifted = { left: 12, top: 8, width: 148, height: 112 };
    const grays = [
      await grayOf(drawScene('a').extract(whole)),
      await grayOf(await recompressed(drawScene('a').extract(shifted).modulate({ brightness: 1.2 }))),
      await grayOf(drawScene('b').extract(whole)),
      await grayOf(sharp({ create: { width: 148, height: 112, channels: 3, background: '#808080' } })),
    ];
    const nearDuplicates = new NearDuplicates(grays);
    assert.equal(nearDuplicates.are(0, 1), true, `${nearDuplicates.correlation(0, 1)}`);
    assert.equal(nearDuplicates.correlation(1, 0), nearDuplicates.correlation(0, 1));
    assert.equal(nearDuplicates.are(0, 2), false, `${nearDuplicates.correlation(0, 2)}`);
    assert.equal(nearDuplicates.are(0, 3), false);
  });

  it('does not take the same horizon for the same scene', async () => {
    const overGround = (seed: string) => {
      const random = createRandom(seed);
      const stems = Array.from({ length: 40 }, () => {
        const [x, y] = [random.whole(0, 160), random.whole(62, 118)];
        return `<circle cx="${x}" cy="${y}" r="${random.whole(2, 4)}" fill="${random.pick(['#7a3', '#142a0c'])}"/>`;
      });
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="160" height="120"><rect width="160" height="60" fill="#cde"/><rect y="60" width="160" height="60" fill="#253a18"/>${stems.join('')}</svg>`;
      return sharp(Buffer.from(svg)).flatten();
    };
    const nearDuplicates = new NearDuplicates([await grayOf(overGround('a')), await grayOf(overGround('b'))]);
    assert.equal(nearDuplicates.are(0, 1), false, `${nearDuplicates.correlation(0, 1)}`);
  });
});
