/**
 * An affine map of pixel coordinates, `[a, b, c, d, e, f]`: x' = a·x + b·y + c, y' = d·x + e·y + f. Coordinates are of the
 * plane and not of rows and columns: x to the right and y down from the upper left corner, and the middle of the first
 * pixel is (0.5, 0.5).
 */
export type AffineMap = readonly [number, number, number, number, number, number];

/** A rectangle, `[x0, y0, x1, y1]`. */
export type Rectangle = readonly [number, number, number, number];

export const IDENTITY: AffineMap = [1, 0, 0, 0, 1, 0];

export function mapPoint([a, b, c, d, e, f]: AffineMap, x: number, y: number): readonly [number, number] {
  return [a * x + b * y + c, d * x + e * y + f];
}

/** The map that does `first`, then `then`. */
export function followedBy(first: AffineMap, then: AffineMap): AffineMap {
  const [a, b, c, d, e, f] = first;
  const [p, q, r, s, t, u] = then;
  return [
    ...([p * a + q * d, p * b + q * e, p * c + q * f + r] as const),
    ...([s * a + t * d, s * b + t * e, s * c + t * f + u] as const),
  ];
}

/** @throws Error for a map that puts the plane on a line */
export function inverseOf([a, b, c, d, e, f]: AffineMap): AffineMap {
  const determinant = a * e - b * d;
  if (determinant === 0) {
    throw new Error(`Found the map ${[a, b, c, d, e, f]}, expected one that can be undone.`);
  }
  const [p, q, s, t] = [e / determinant, -b / determinant, -d / determinant, a / determinant];
  return [p, q, -(p * c + q * f), s, t, -(s * c + t * f)];
}
