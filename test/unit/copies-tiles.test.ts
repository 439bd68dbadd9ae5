import assert from 'node:assert/strict';
import { it } from 'node:test';
import sharp from 'sharp';
import { agreementTiles, type TileState } from '../../src/copies/agreement-tiles.ts';
import { inFractions, inPixels } from '../../src/copies/fraction-map.ts';
import { drawManyThings, viewOf } from '../support/view-of.ts';

it('a map of pixels and one of fractions are the same map', () => {
  const [a, b] = [
    { width: 320, height: 200 },
    { width: 150, height: 320 },
  ];
  const whole = { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 };
  const { x0, y0 } = inPixels(whole, a, b);
  // The center of the first pixel lies half a pixel from the border, whatever the size.
  assert.ok(Math.abs(x0 - (150 / 320 / 2 - 0.5)) < 1e-12 && Math.abs(y0 - (320 / 200 / 2 - 0.5)) < 1e-12);
  const map = { xx: 0.3, xy: -0.2, x0: 0.1, yx: 0.4, yy: 0.5, y0: -0.1 };
  const again = inFractions(inPixels(map, a, b), a, b);
  for (const [name, value] of Object.entries(map)) {
    assert.ok(Math.abs(again[name as keyof typeof map] - value) < 1e-12, name);
  }
});

it('tiles tell where two pictures agree, where something lies on one of them, and where there is nothing', async () => {
  const scene = await drawManyThings('scene').png().toBuffer();
  const sky = `<svg width="640" height="480"><rect width="640" height="120" fill="#8ac"/></svg>`;
  const original = await sharp(scene)
    .composite([{ input: Buffer.from(sky) }])
    .png()
    .toBuffer();
  const cover = await drawManyThings('cover')
    .extract({ left: 0, top: 0, width: 240, height: 160 })
    .toBuffer();
  // sharp cuts before it lays over, wherever that is written.
  const edited = await sharp(original)
    .extract({ left: 160, top: 0, width: 480, height: 480 })
    .composite([{ input: cover, left: 240, top: 320 }])
    .png()
    .toBuffer();
  const map = { xx: 640 / 480, xy: 0, x0: -160 / 480, yx: 0, yy: 1, y0: 0 };
  const laid = agreementTiles((await viewOf(original)).image, (await viewOf(edited)).image, map);
  assert.ok(Math.abs(laid.map.x0 - map.x0) < 0.005 && Math.abs(laid.map.xx - map.xx) < 0.005);
  assert.ok(!laid.isGroundSecond, 'the original shows the same in fewer pixels');
  const statesIn = (left: number, top: number, right: number, bottom: number) =>
    laid.tiles
      .filter(({ x, y, width, height }) => {
        const [across, down] = [(x + width / 2) * 640, (y + height / 2) * 480];
        return across > left && across < right && down > top && down < bottom;
      })
      .map(({ state }) => state);
  const count = (states: readonly TileState[], wanted: TileState) =>
    states.filter((state) => state === wanted).length;
  assert.deepEqual(statesIn(0, 0, 120, 480), [], 'only where both are');
  assert.deepEqual(new Set(statesIn(0, 0, 640, 90)), new Set(['flat']));
  const unchanged = statesIn(160, 150, 380, 480);
  assert.ok(count(unchanged, 'agrees') >= 30 && count(unchanged, 'differs') === 0, unchanged.join());
  const covered = statesIn(400, 320, 640, 480);
  assert.ok(count(covered, 'differs') > covered.length / 2, covered.join());
});

it('tiles tell where something is hidden on one of them, but not where all of it is blurred', async () => {
  const scene = await drawManyThings('scene').png().toBuffer();
  const box = '<svg width="640" height="480"><rect width="640" height="200" fill="#888"/></svg>';
  const hidden = await sharp(scene)
    .composite([{ input: Buffer.from(box) }])
    .png()
    .toBuffer();
  const same = { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 };
  const shareOf = async (other: Buffer, wanted: TileState) => {
    const { tiles } = agreementTiles((await viewOf(scene)).image, (await viewOf(other)).image, same);
    return tiles.filter(({ state }) => state === wanted).length / tiles.length;
  };
  assert.ok((await shareOf(hidden, 'differs')) > 0.25);
  const blurred = await sharp(scene).blur(14).png().toBuffer();
  assert.ok((await shareOf(blurred, 'flat')) > 0.5, 'what is gone everywhere is not painted over');
});
