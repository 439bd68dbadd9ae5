import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { colorGrid, haveOtherColors } from '../../src/copies/color-grid.ts';

const SIDE = 32;
const SAME = { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 };

type Color = readonly [red: number, green: number, blue: number];

function gridOf(colorAt: (x: number, y: number) => Color): Float32Array {
  const rgb = new Float32Array(3 * SIDE * SIDE);
  for (let i = 0; i < SIDE * SIDE; i++) {
    colorAt((i % SIDE) / SIDE, Math.floor(i / SIDE) / SIDE).forEach((value, channel) => {
      rgb[channel * SIDE * SIDE + i] = value;
    });
  }
  return colorGrid(rgb, SIDE, SIDE);
}

/** Green on the left, red on the right. */
const scene = (x: number, y: number): Color => (x < 0.5 ? [0.2, 0.6 * y + 0.2, 0.1] : [0.7, 0.2, 0.1 * y]);

describe('the colors of two pictures that show the same', () => {
  it('are the same where one is lighter, and others in sepia, in another hue or mirrored', () => {
    const first = gridOf(scene);
    const lighter = gridOf((x, y) => scene(x, y).map((value) => value + 0.1) as unknown as Color);
    const sepia = gridOf((x, y) => {
      const luma = scene(x, y).reduce((sum, value) => sum + value / 3, 0);
      return [1.35 * luma, 1.2 * luma, 0.94 * luma];
    });
    const turned = gridOf((x, y) => {
      const [red, green, blue] = scene(x, y);
      return [blue, red, green];
    });
    const mirrored = gridOf((x, y) => scene(1 - x, y));
    assert.equal(haveOtherColors(first, first, SAME), false);
    assert.equal(haveOtherColors(first, lighter, SAME), false);
    for (const other of [sepia, turned, mirrored]) {
      assert.equal(haveOtherColors(first, other, SAME), true);
    }
  });

  it('are compared where one lies on the other', () => {
    const left = gridOf((x, y) => scene(x / 2, y));
    assert.equal(haveOtherColors(left, gridOf(scene), { ...SAME, xx: 0.5 }), false);
    assert.equal(haveOtherColors(left, gridOf(scene), { ...SAME, xx: 0.5, x0: 0.5 }), true);
    assert.equal(haveOtherColors(left, gridOf(scene), { ...SAME, x0: 2 }), false, 'nothing overlaps');
  });

  it('are not those of a frame', () => {
    const within = (x: number) => (x - 0.1) / 0.8;
    const isFrame = (x: number, y: number) => Math.min(x, y) < 0.1 || Math.max(x, y) >= 0.9;
    const framed = gridOf((x, y) => (isFrame(x, y) ? [1, 0, 1] : scene(within(x), within(y))));
    const intoFrame = { xx: 0.8, xy: 0, x0: 0.1, yx: 0, yy: 0.8, y0: 0.1 };
    const outOfFrame = { xx: 1.25, xy: 0, x0: -0.125, yx: 0, yy: 1.25, y0: -0.125 };
    assert.equal(haveOtherColors(gridOf(scene), framed, intoFrame), false);
    assert.equal(haveOtherColors(framed, gridOf(scene), outOfFrame), false);
  });

  it('are none of gray pictures', () => {
    const gray = gridOf((x) => [x, x, x]);
    assert.equal(haveOtherColors(gray, gray, SAME), false);
  });
});
