import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import type { FractionMap } from '../../src/copies/fraction-map.ts';
import type { GrayImage } from '../../src/copies/gray-image.ts';
import { hasPlainMargin } from '../../src/copies/has-plain-margin.ts';
import { drawManyThings } from '../support/view-of.ts';

const [WIDTH, HEIGHT] = [320, 240];

/** Where the inner picture lies: the middle, with 40 pixels around it. */
const INNER = { left: 40, top: 40, width: WIDTH - 80, height: HEIGHT - 80 };

const TO_INNER: FractionMap = {
  ...{ xx: WIDTH / INNER.width, xy: 0, x0: -INNER.left / INNER.width },
  ...{ yx: 0, yy: HEIGHT / INNER.height, y0: -INNER.top / INNER.height },
};

async function grayOf(picture: Sharp): Promise<GrayImage> {
  const { data, info } = await picture.flatten().grayscale().raw().toBuffer({ resolveWithObject: true });
  const gray = Float32Array.from(
    { length: info.width * info.height },
    (_, i) => (data[i * info.channels] as number) / 255,
  );
  return { width: info.width, height: info.height, data: gray };
}

const scene = async (width: number, height: number) =>
  sharp(await drawManyThings('scene').png().toBuffer()).resize(width, height, { fit: 'fill' });

async function onGround(ground: Sharp): Promise<GrayImage> {
  const thing = await (await scene(INNER.width - 60, INNER.height - 60)).png().toBuffer();
  const whole = await ground
    .composite([{ input: thing, left: INNER.left + 30, top: INNER.top + 30 }])
    .png()
    .toBuffer();
  return grayOf(sharp(whole));
}

const plain = (color: string) =>
  sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: color } });

describe('a plain margin', () => {
  it('is a frame of one color around a picture', async () => {
    const { left, top } = INNER;
    for (const background of ['white', 'black']) {
      const inner = await (await scene(INNER.width, INNER.height)).png().toBuffer();
      const framed = sharp(inner).extend({ top, bottom: top, left, right: left, background });
      assert.ok(hasPlainMargin(await grayOf(framed), TO_INNER), background);
    }
  });

  it('is no blurred ground of a picture that was cropped', async () => {
    const whole = await (await scene(WIDTH, HEIGHT)).png().toBuffer();
    const ground = sharp(await sharp(whole).blur(25).png().toBuffer());
    assert.ok(!hasPlainMargin(await onGround(ground), TO_INNER));
  });

  it('is no ground that goes on inside: nobody can tell whether it was put around or cut away', async () => {
    assert.ok(!hasPlainMargin(await onGround(plain('white')), TO_INNER));
  });

  it('is none where nothing lies outside', async () => {
    const gray = await grayOf(await scene(WIDTH, HEIGHT));
    assert.ok(!hasPlainMargin(gray, { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 }));
  });
});
