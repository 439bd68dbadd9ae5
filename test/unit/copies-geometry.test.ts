import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type Affine,
  applyAffine,
  composed,
  determinant,
  fitAffine,
  fitSimilarity,
  inverted,
} from '../../src/copies/affine.ts';
import { blurred } from '../../src/copies/blur-image.ts';
import { correlationUnder } from '../../src/copies/correlation-under.ts';
import { DESCRIPTOR_LENGTH, type Features } from '../../src/copies/describe-keypoints.ts';
import { describeMap } from '../../src/copies/describe-map.ts';
import { fitMatches } from '../../src/copies/fit-matches.ts';
import { frameHypotheses } from '../../src/copies/frame-hypotheses.ts';
import { type GrayImage, halved } from '../../src/copies/gray-image.ts';
import { isDrawn } from '../../src/copies/is-drawn.ts';
import { isPage } from '../../src/copies/is-page.ts';
import { isAgreeing, layOver } from '../../src/copies/lay-over.ts';
import { letterTiles } from '../../src/copies/letter-tiles.ts';
import { matchKeypoints } from '../../src/copies/match-keypoints.ts';
import { overlaid } from '../../src/copies/overlay.ts';
import { solveLinear } from '../../src/copies/solve-linear.ts';
import { tileGrid } from '../../src/copies/tile-grid.ts';
import { createRandom } from '../../src/sample/seeded-random.ts';

const SKEW: Affine = { xx: 1.5, xy: -0.25, x0: 7, yx: 0.5, yy: 0.75, y0: -3 };
const POINTS = [
  { x: 0, y: 0 },
  { x: 10, y: 1 },
  { x: 3, y: 20 },
  { x: 15, y: 12 },
];

function assertNear(actual: Affine | null, expected: Affine): void {
  for (const name of ['xx', 'xy', 'x0', 'yx', 'yy', 'y0'] as const) {
    assert.ok(Math.abs((actual as Affine)[name] - expected[name]) < 1e-9, `${name}: ${actual?.[name]}`);
  }
}

describe('solveLinear', () => {
  it('solves, also where the first pivot is 0', () => {
    const matrix = Float64Array.of(0, 2, 1, 1, 1, 1, 2, 0, -1);
    assert.deepEqual([...(solveLinear(matrix, Float64Array.of(7, 6, -1)) as Float64Array)], [1, 2, 3]);
  });

  it('has no answer where there is no single one', () => {
    assert.equal(solveLinear(Float64Array.of(1, 2, 2, 4), Float64Array.of(1, 2)), null);
    assert.equal(solveLinear(new Float64Array(4), new Float64Array(2)), null);
  });
});

describe('affine maps', () => {
  it('are found again from pairs of points', () => {
    assertNear(fitAffine(POINTS.map((from) => ({ from, to: applyAffine(SKEW, from) }))), SKEW);
    const line = [1, 2, 3].map((x) => ({ from: { x, y: 2 * x }, to: { x, y: x } }));
    assert.equal(fitAffine(line), null);
  });

  it('are similarities where only these are asked for, mirrored ones too', () => {
    for (const sign of [1, -1]) {
      const turned: Affine = { xx: 0.6, xy: -0.8 * sign, x0: 4, yx: 0.8, yy: 0.6 * sign, y0: 9 };
      const pairs = POINTS.map((from) => ({ from, to: applyAffine(turned, from) }));
      assertNear(fitSimilarity(pairs, sign < 0), turned);
      assert.equal(Math.sign(determinant(turned)), sign);
    }
    const one = { from: { x: 1, y: 1 }, to: { x: 2, y: 2 } };
    assert.equal(fitSimilarity([one, one], false), null);
  });

  it('are taken back by their inverse', () => {
    assertNear(composed(SKEW, inverted(SKEW)), { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 });
  });
});

describe('fitMatches', () => {
  /** Keypoints at places, of one size and direction. */
  function featuresAt(points: ReadonlyArray<{ x: number; y: number }>): Features {
    const all = (value: (i: number) => number) => Float32Array.from(points, (_, i) => value(i));
    return {
      ...{ count: points.length, x: all((i) => points[i]?.x ?? 0), y: all((i) => points[i]?.y ?? 0) },
      ...{ scale: all(() => 4), angle: all(() => 0), descriptors: new Float32Array() },
    };
  }
  const matchesOf = (count: number) => Array.from({ length: count }, (_, i) => ({ a: i, b: i }));

  it('follows no map that crushes a picture, though keypoints on a line fit one', () => {
    const wave = (i: number) => (i % 2 === 0 ? 0.01 : -0.01);
    const from = Array.from({ length: 12 }, (_, i) => ({ x: 20 * i, y: 100 + wave(i) }));
    // As far aside as an inlier may be, in proportion to nothing that the first picture has.
    const to = from.map(({ x }, i) => ({ x, y: 100 + 150 * wave(i) }));
    const fit = fitMatches(featuresAt(from), featuresAt(to), matchesOf(12), false);
    assert.ok(fit !== null);
    const { xx, xy, yx, yy } = fit.affine;
    for (const [found, expected] of [
      [xx, 1],
      [yy, 1],
      [xy, 0],
      [yx, 0],
    ] as const) {
      assert.ok(Math.abs(found - expected) < 0.05, JSON.stringify(fit.affine));
    }
  });

  it('finds the map on which most agree, and leaves out the others', () => {
    const from = Array.from({ length: 20 }, (_, i) => ({ x: (i * 53) % 300, y: (i * 97) % 220 }));
    const to = from.map(({ x, y }, i) =>
      i % 4 === 0 ? { x: 250 - x, y: (3 * x) % 200 } : { x: x + 9, y: y - 4 },
    );
    const fit = fitMatches(featuresAt(from), featuresAt(to), matchesOf(20), false);
    assert.deepEqual(
      fit?.inliers.map(({ a }) => a),
      Array.from({ length: 20 }, (_, i) => i).filter((i) => i % 4 !== 0),
    );
    assert.equal(
      fitMatches(featuresAt(from.slice(0, 2)), featuresAt(to.slice(0, 2)), matchesOf(2), false),
      null,
    );
  });
});

describe('describeMap', () => {
  const [a, b] = [
    { width: 400, height: 300 },
    { width: 300, height: 400 },
  ];

  it('tells a turn by 90 degrees, whatever the proportions', () => {
    // The first picture's right edge is at the foot of the second.
    const placed = describeMap({ xx: 0, xy: -1, x0: 1, yx: 1, yy: 0, y0: 0 }, a, b);
    assert.deepEqual([placed.isMirrored, Math.round(placed.turnedDegrees)], [false, 90]);
    assert.deepEqual([placed.scale.x, placed.scale.y], [1, 1]);
    assert.deepEqual(placed.region, { x: 0, y: 0, width: 1, height: 1 });
  });

  it('tells a mirror from a turn, and where a part lies', () => {
    const half = describeMap({ xx: -0.5, xy: 0, x0: 0.5, yx: 0, yy: 0.5, y0: 0.25 }, a, a);
    assert.deepEqual([half.isMirrored, Math.abs(Math.round(half.turnedDegrees))], [true, 0]);
    assert.deepEqual(half.region, { x: 0, y: 0.25, width: 0.5, height: 0.5 });
  });

  it('cuts off what is outside', () => {
    const { region } = describeMap({ xx: 2, xy: 0, x0: -0.5, yx: 0, yy: 2, y0: -1 }, a, a);
    assert.deepEqual(region, { x: 0, y: 0, width: 1, height: 1 });
  });
});

/** By the definition: every pixel within three deviations, in both directions. */
function slowlyBlurred({ width, height, data }: GrayImage, sigma: number): number[] {
  const reach = Math.max(1, Math.ceil(3 * sigma));
  const steps = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
  const weight = (step: number) => Math.exp(-(step * step) / (2 * sigma * sigma));
  const all = steps.reduce((sum, step) => sum + weight(step), 0) ** 2;
  const inside = (place: number, size: number) => Math.max(0, Math.min(size - 1, place));
  return Array.from(data, (_, at) => {
    let sum = 0;
    for (const down of steps) {
      for (const right of steps) {
        const row = inside(Math.floor(at / width) + down, height);
        const column = inside((at % width) + right, width);
        sum += weight(down) * weight(right) * (data[row * width + column] as number);
      }
    }
    return sum / all;
  });
}

describe('matchKeypoints', () => {
  /** Unit vectors. */
  function featuresOf(seed: string, count: number, like?: Features): Features {
    const random = createRandom(seed);
    const descriptors = new Float32Array(count * DESCRIPTOR_LENGTH);
    for (let i = 0; i < count; i++) {
      const near = like?.descriptors.subarray((count - 1 - i) * DESCRIPTOR_LENGTH) ?? [];
      const values = Array.from(
        { length: DESCRIPTOR_LENGTH },
        (_, k) => random.between(0, near.length > 0 ? 0.05 : 1) + (near[k] ?? 0),
      );
      const length = Math.hypot(...values);
      descriptors.set(
        values.map((value) => value / length),
        i * DESCRIPTOR_LENGTH,
      );
    }
    const none = new Float32Array(count);
    return { count, x: none, y: none, scale: none, angle: none, descriptors };
  }

  it('finds each one’s partner, however many there are, and none where two are as near', () => {
    for (const count of [1, 2, 3, 4, 7, 11]) {
      const a = featuresOf('these', count);
      const b = featuresOf('like these', count, a); // in the opposite order
      const partners = Array.from({ length: count }, (_, i) => ({ a: i, b: count - 1 - i }));
      assert.deepEqual(matchKeypoints(a, b, false), partners, `${count}`);
      const twice = Float32Array.of(...b.descriptors, ...b.descriptors);
      const both = { ...b, count: 2 * count, descriptors: twice };
      assert.deepEqual(matchKeypoints(a, both, false), [], `${count}`);
    }
    assert.deepEqual(matchKeypoints(featuresOf('these', 5), featuresOf('none', 0), false), []);
  });
});

describe('gray images', () => {
  const picture = { width: 9, height: 7, data: Float32Array.from({ length: 63 }, (_, i) => (i * 37) % 11) };

  it('keep what is even when blurred, and their sum', () => {
    const even = blurred({ width: 5, height: 4, data: new Float32Array(20).fill(0.25) }, 1.5);
    assert.ok(even.data.every((value) => Math.abs(value - 0.25) < 1e-6));
    const spot = { width: 41, height: 41, data: new Float32Array(41 * 41) };
    spot.data[20 * 41 + 20] = 1;
    const spread = blurred(spot, 2);
    assert.ok(Math.abs(spread.data.reduce((sum, value) => sum + value, 0) - 1) < 1e-5);
    // A Gaussian of deviation 2: one pixel beside the middle it is exp(-1/8) of it, in either direction.
    const [middle, right, down] = [0, 1, 41].map((step) => spread.data[20 * 41 + 20 + step] as number);
    assert.ok(Math.abs((right as number) / (middle as number) - Math.exp(-1 / 8)) < 1e-3);
    assert.ok(Math.abs((right as number) - (down as number)) < 1e-6);
  });

  it('are blurred as by adding up every neighbor, whatever their size, the border going on as its last pixel', () => {
    for (const [width, height] of [
      [1, 1],
      [2, 5],
      [9, 7],
      [31, 1],
    ] as const) {
      const data = Float32Array.from({ length: width * height }, (_, i) => ((i * 37) % 11) / 11);
      for (const sigma of [0.3, 1, 1.5, 2.3]) {
        const { data: actual } = blurred({ width, height, data }, sigma);
        const expected = slowlyBlurred({ width, height, data }, sigma);
        const worst = Math.max(...actual.map((value, i) => Math.abs(value - (expected[i] as number))));
        assert.ok(worst < 1e-6, `${width} x ${height}, ${sigma}: ${worst}`);
      }
    }
  });

  it('are halved to every second pixel', () => {
    const half = halved(picture);
    assert.deepEqual([half.width, half.height], [4, 3]);
    assert.equal(half.data[1 * 4 + 2], picture.data[2 * 9 + 4]);
  });

  it('correlate wholly under the map by which they were made, and under none of the other seven', () => {
    const frames = frameHypotheses(picture, picture);
    for (const [i, map] of frames.entries()) {
      const correlation = correlationUnder(map, picture, picture);
      assert.ok(i === 0 ? correlation > 0.999 : correlation < 0.9, `${i}: ${correlation}`);
    }
    const corners = new Set(
      frames.map((map) => {
        const [from, to] = [applyAffine(map, { x: 0, y: 0 }), applyAffine(map, { x: 8, y: 0 })];
        return [from.x, from.y, to.x, to.y].map((value) => Math.round(value)).join(' ');
      }),
    );
    assert.equal(corners.size, 8);
  });
});

describe('laying over', () => {
  /** Waves of several lengths and directions, moved by a shift. */
  function waves(width: number, height: number, right = 0, down = 0): GrayImage {
    const data = Float32Array.from({ length: width * height }, (_, i) => {
      const [x, y] = [(i % width) - right, Math.floor(i / width) - down];
      return 0.5 + 0.15 * Math.sin(x / 5 + y / 9) + 0.15 * Math.cos(x / 11 - y / 4) + 0.1 * Math.sin(y / 3);
    });
    return { width, height, data };
  }
  const shiftBy = (x0: number, y0: number): Affine => ({ xx: 1, xy: 0, x0, yx: 0, yy: 1, y0 });

  it('is moved to where both agree, by parts of a pixel, from a few pixels off', () => {
    const first = waves(200, 160);
    const second = waves(200, 160, 2.4, -1.3);
    const { overlay, tiles } = layOver(first, second, shiftBy(1, 0));
    const { x0, y0 } = overlay.affine;
    assert.ok(Math.abs(x0 - 2.4) < 0.1 && Math.abs(y0 + 1.3) < 0.1, `${x0} ${y0}`);
    assert.ok(tiles.filter(isAgreeing).length > 40);
  });

  it('smooths the picture that has finer detail than the other can have', () => {
    const fine: GrayImage = { width: 160, height: 160, data: new Float32Array(25_600) };
    for (const [i] of fine.data.entries()) {
      fine.data[i] = ((i % 160) + Math.floor(i / 160)) % 2;
    }
    const small = waves(40, 40);
    const scale = { xx: 4, xy: 0, x0: 1.5, yx: 0, yy: 4, y0: 1.5 };
    for (const overlay of [overlaid(small, fine, scale), overlaid(fine, small, inverted(scale))]) {
      assert.equal(overlay.ground.width, 40);
      const at = 80 * 160 + 80;
      const [one, next] = [overlay.laid.data[at] as number, overlay.laid.data[at + 1] as number];
      assert.ok(Math.abs(one - next) < 0.01, 'squares of one pixel are gray from afar');
    }
  });
});

describe('isPage', () => {
  const isPageOf = (image: GrayImage) => isPage(image, letterTiles(image));
  /** Ink on paper, or the other way round. */
  function painted(isInk: (x: number, y: number) => boolean, ink = 0.1, paper = 0.95): GrayImage {
    const [width, height] = [240, 320];
    const data = Float32Array.from({ length: width * height }, (_, i) =>
      isInk(i % width, Math.floor(i / width)) ? ink : paper,
    );
    return { width, height, data };
  }
  const isLetter = (x: number, y: number) => y % 12 < 4 && (x * 7 + Math.floor(y / 12) * 5) % 6 < 2;

  it('is said of many small things on one ground, and not of large ones, few ones, or none', () => {
    assert.ok(isPageOf(painted(isLetter)));
    assert.ok(isPageOf(painted(isLetter, 0.9, 0.05)));
    assert.ok(!isPageOf(painted((x, y) => Math.hypot(x - 120, y - 160) < 70)));
    assert.ok(!isPageOf(painted((x, y) => isLetter(x, y) && x < 60 && y < 40)));
    assert.ok(!isPageOf(painted(() => false)));
  });
});

describe('isDrawn', () => {
  const [width, height] = [240, 320];
  const painted = (gray: (x: number, y: number) => number): GrayImage => ({
    ...{ width, height },
    data: Float32Array.from({ length: width * height }, (_, i) => gray(i % width, Math.floor(i / width))),
  });
  const isDrawnOf = (image: GrayImage) => isDrawn(image, letterTiles(image));
  const isLetter = (x: number, y: number) => y % 40 < 5 && (x * 7 + Math.floor(y / 12) * 5) % 6 < 2;
  const rows = (x: number, y: number) =>
    isLetter(x, y) ? 0.1 : Math.floor((y - 20) / 40) % 2 === 0 ? 0.4 : 0.8;

  it('is said of letters on areas of any color, and not of areas without letters, nor of a ground that fades or is rough', () => {
    const random = createRandom('rough');
    assert.ok(isDrawnOf(painted(rows)));
    assert.ok(isDrawnOf(painted((x, y) => 1 - rows(x, y))));
    assert.ok(!isDrawnOf(painted((_, y) => (Math.floor(y / 40) % 2 === 0 ? 0.4 : 0.8))));
    assert.ok(!isDrawnOf(painted((x, y) => rows(x, y) + 0.2 * Math.sin(x / 12))));
    assert.ok(!isDrawnOf(painted((x, y) => rows(x, y) + random.between(-0.02, 0.02))));
  });
});

describe('tileGrid', () => {
  it('covers a picture with tiles that do not overlap', () => {
    const image = { width: 97, height: 63, data: new Float32Array(0) };
    const grid = tileGrid(image);
    const pixels: number[] = [];
    for (const { left, right, top, bottom } of grid.boxes) {
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          pixels.push(y * image.width + x);
        }
      }
    }
    assert.deepEqual(
      [pixels.length, new Set(pixels).size, Math.max(...pixels)],
      [97 * 63, 97 * 63, 97 * 63 - 1],
    );
  });
});
