import { solveLinear } from './solve-linear.ts';

/** A point in pixels, or a shift. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** x' = xx · x + xy · y + x0, y' = yx · x + yy · y + y0; pixels. */
export interface Affine {
  readonly xx: number;
  readonly xy: number;
  readonly x0: number;
  readonly yx: number;
  readonly yy: number;
  readonly y0: number;
}

/** A point and where it is in the other picture. */
export interface PointPair {
  readonly from: Point;
  readonly to: Point;
}

export function applyAffine({ xx, xy, x0, yx, yy, y0 }: Affine, { x, y }: Point): Point {
  return { x: xx * x + xy * y + x0, y: yx * x + yy * y + y0 };
}

/** What does `first`, then `then`. */
export function composed(first: Affine, then: Affine): Affine {
  const origin = applyAffine(then, { x: first.x0, y: first.y0 });
  return {
    xx: then.xx * first.xx + then.xy * first.yx,
    xy: then.xx * first.xy + then.xy * first.yy,
    x0: origin.x,
    yx: then.yx * first.xx + then.yy * first.yx,
    yy: then.yx * first.xy + then.yy * first.yy,
    y0: origin.y,
  };
}

/** How areas grow; negative where it mirrors. */
export function determinant({ xx, xy, yx, yy }: Affine): number {
  return xx * yy - xy * yx;
}

/** What takes it back. Its determinant is not 0. */
export function inverted(affine: Affine): Affine {
  const { xx, xy, x0, yx, yy, y0 } = affine;
  const d = determinant(affine);
  return {
    xx: yy / d,
    xy: -xy / d,
    x0: (xy * y0 - yy * x0) / d,
    yx: -yx / d,
    yy: xx / d,
    y0: (yx * x0 - xx * y0) / d,
  };
}

/**
 * The similarity (scale, turn, shift, and mirror where named) nearest to pairs of points, by least squares.
 * @returns null when all points are one
 */
export function fitSimilarity(pairs: readonly PointPair[], isMirrored: boolean): Affine | null {
  // x' = a x - b y + c, y' = b x + a y + d; a mirrored picture is one whose y was turned about first.
  const sign = isMirrored ? -1 : 1;
  const from = centerOf(pairs.map((pair) => pair.from));
  const to = centerOf(pairs.map((pair) => pair.to));
  let [a, b, spread] = [0, 0, 0];
  for (const pair of pairs) {
    const [x, y] = [pair.from.x - from.x, sign * (pair.from.y - from.y)];
    const [u, v] = [pair.to.x - to.x, pair.to.y - to.y];
    a += x * u + y * v;
    b += x * v - y * u;
    spread += x * x + y * y;
  }
  if (spread === 0) {
    return null;
  }
  const [cos, sin] = [a / spread, b / spread];
  const linear = { xx: cos, xy: -sign * sin, yx: sin, yy: sign * cos };
  const origin = applyAffine({ ...linear, x0: 0, y0: 0 }, from);
  return { ...linear, x0: to.x - origin.x, y0: to.y - origin.y };
}

/**
 * The affine map nearest to pairs of points, by least squares.
 * @returns null when they lie on a line
 */
export function fitAffine(pairs: readonly PointPair[]): Affine | null {
  const center = centerOf(pairs.map(({ from }) => from));
  const normal = new Float64Array(9);
  const right = new Float64Array(6);
  for (const { from, to } of pairs) {
    const row = [from.x - center.x, from.y - center.y, 1] as const;
    for (const [i, value] of row.entries()) {
      for (const [j, other] of row.entries()) {
        normal[3 * i + j] = (normal[3 * i + j] as number) + value * other;
      }
      right[i] = (right[i] as number) + value * to.x;
      right[3 + i] = (right[3 + i] as number) + value * to.y;
    }
  }
  const ofX = solveLinear(normal, right.subarray(0, 3));
  const ofY = solveLinear(normal, right.subarray(3));
  if (ofX === null || ofY === null) {
    return null;
  }
  const [xx, xy, x] = ofX as unknown as [number, number, number];
  const [yx, yy, y] = ofY as unknown as [number, number, number];
  return {
    ...{ xx, xy, x0: x - xx * center.x - xy * center.y },
    ...{ yx, yy, y0: y - yx * center.x - yy * center.y },
  };
}

function centerOf(points: readonly Point[]): Point {
  let [x, y] = [0, 0];
  for (const point of points) {
    x += point.x;
    y += point.y;
  }
  return { x: x / points.length, y: y / points.length };
}
