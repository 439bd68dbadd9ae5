import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { colorGrid } from '../../src/copies/color-grid.ts';
import type { FractionMap } from '../../src/copies/fraction-map.ts';
import { grayOf } from '../../src/copies/gray-image.ts';
import { hasPlainMargin } from '../../src/copies/has-plain-margin.ts';
import type { PictureView } from '../../src/copies/picture-view.ts';
import { drawManyThings } from '../support/view-of.ts';

const [WIDTH, HEIGHT] = [320, 240];

/** Where the inner picture lies: the middle, with 40 pixels around it. */
const INNER = { left: 40, top: 40, width: WIDTH - 80, height: HEIGHT - 80 };

const TO_INNER: FractionMap = {
  ...{ xx: WIDTH / INNER.width, xy: 0, x0: -INNER.left / INNER.width },
  ...{ yx: 0, yy: HEIGHT / INNER.height, y0: -INNER.top / INNER.height },
};

type Seen = Pick<PictureView, 'image' | 'colors'>;

async function seenAs(picture: Sharp): Promise<Seen> {
  const { data, info } = await picture
    .flatten()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const rgb = Float32Array.from({ length: 3 * width * height }, (_, i) => {
    const [channel, pixel] = [Math.floor(i / (width * height)), i % (width * height)];
    return (data[pixel * channels + channel] as number) / 255;
  });
  return { image: grayOf(rgb, width, height), colors: colorGrid(rgb, width, height) };
}

const scene = async (width: number, height: number) =>
  sharp(await drawManyThings('scene').png().toBuffer()).resize(width, height, { fit: 'fill' });

async function onGround(ground: Sharp): Promise<Seen> {
  const thing = await (await scene(INNER.width - 60, INNER.height - 60)).png().toBuffer();
  const whole = await ground
    .composite([{ input: thing, left: INNER.left + 30, top: INNER.top + 30 }])
    .png()
    .toBuffer();
  return seenAs(sharp(whole));
}

const plain = (color: string) =>
  sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: color } });

describe('a plain margin', () => {
  it('is a frame of one color around a picture', async () => {
    const { left, top } = INNER;
    for (const background of ['white', 'black']) {
      const inner = await (await scene(INNER.width, INNER.height)).png().toBuffer();
      const framed = sharp(inner).extend({ top, bottom: top, left, right: left, background });
      assert.ok(hasPlainMargin(await seenAs(framed), TO_INNER), background);
    }
  });

  it('is no frame with words in it, however near their color is to its own', async () => {
    const { left, top } = INNER;
    const inner = await (await scene(INNER.width, INNER.height)).png().toBuffer();
    for (const [background, color] of [
      ['white', '#ffff00'],
      ['white', '#dddddd'],
      ['black', '#00008b'],
    ] as const) {
      const words = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><text x="60" y="228" font-family="sans-serif" font-size="22" fill="${color}">Rome 1984, Grandma</text></svg>`;
      const framed = sharp(inner).extend({ top, bottom: top, left, right: left, background });
      const written = sharp(await framed.png().toBuffer()).composite([{ input: Buffer.from(words) }]);
      assert.equal(
        hasPlainMargin(await seenAs(sharp(await written.jpeg().toBuffer())), TO_INNER),
        null,
        color,
      );
    }
  });

  it('is no blurred ground of a picture that was cropped', async () => {
    const whole = await (await scene(WIDTH, HEIGHT)).png().toBuffer();
    const ground = sharp(await sharp(whole).blur(25).png().toBuffer());
    assert.equal(hasPlainMargin(await onGround(ground), TO_INNER), false);
  });

  it('is no ground that goes on inside: nobody can tell whether it was put around or cut away', async () => {
    assert.equal(hasPlainMargin(await onGround(plain('white')), TO_INNER), false);
  });

  it('is none where nothing lies outside', async () => {
    const seen = await seenAs(await scene(WIDTH, HEIGHT));
    assert.ok(!hasPlainMargin(seen, { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 }));
  });
});
