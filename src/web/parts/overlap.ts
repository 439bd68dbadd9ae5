import type { CompareAnswer } from '../../client/eidetic-client.ts';

/** Where a point of the first picture is on the second, in fractions of both; see the API's FractionMap. */
export type FractionMap = NonNullable<NonNullable<CompareAnswer['verification']>['evidence']['map']>;

/** In fractions of a picture's width and height, from its top left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What two pictures have in common: the corners of that part on each, in their order around it. */
export interface Overlap {
  readonly a: readonly Point[];
  readonly b: readonly Point[];
}

const FRAME: readonly Point[] = [
  { x: 0, y: 0 },
  { x: 1, y: 0 },
  { x: 1, y: 1 },
  { x: 0, y: 1 },
];

/** So near to a border is at it: the outermost pixels are not compared, and places are a little off. */
const AT_BORDER = 0.012;

/** How far a point is inside of each border; below 0 outside. */
const BORDERS: ReadonlyArray<(point: Point) => number> = [
  ({ x }) => x,
  ({ x }) => 1 - x,
  ({ y }) => y,
  ({ y }) => 1 - y,
];

/** Where each of two pictures shows what the other does; null when they have no part in common. */
export function overlapOf(map: FractionMap): Overlap | null {
  const back = inverted(map);
  if (back === null) {
    return null;
  }
  const [a, b] = [cutToFrame(FRAME.map(under(back))), cutToFrame(FRAME.map(under(map)))];
  return a.length < 3 || b.length < 3 ? null : { a, b };
}

/** From the second picture to the first; null for a map that makes a line of a picture. */
export function inverted({ xx, xy, x0, yx, yy, y0 }: FractionMap): FractionMap | null {
  const determinant = xx * yy - xy * yx;
  return determinant === 0
    ? null
    : {
        xx: yy / determinant,
        xy: -xy / determinant,
        x0: (xy * y0 - yy * x0) / determinant,
        yx: -yx / determinant,
        yy: xx / determinant,
        y0: (yx * x0 - xx * y0) / determinant,
      };
}

function under({ xx, xy, x0, yx, yy, y0 }: FractionMap): (point: Point) => Point {
  return ({ x, y }) => ({ x: xx * x + xy * y + x0, y: yx * x + yy * y + y0 });
}

/** Cuts a convex shape by each border of the picture in turn (Sutherland and Hodgman, 1974). */
function cutToFrame(corners: readonly Point[]): readonly Point[] {
  return BORDERS.reduce(cutBy, corners).map(({ x, y }) => ({ x: toBorder(x), y: toBorder(y) }));
}

function toBorder(place: number): number {
  return place < AT_BORDER ? 0 : place > 1 - AT_BORDER ? 1 : place;
}

function cutBy(corners: readonly Point[], inside: (point: Point) => number): readonly Point[] {
  return corners.flatMap((corner, i) => {
    const before = corners.at(i - 1) ?? corner;
    const [from, to] = [inside(before), inside(corner)];
    const share = from / (from - to);
    const crossing =
      from < 0 === to < 0
        ? []
        : [{ x: before.x + share * (corner.x - before.x), y: before.y + share * (corner.y - before.y) }];
    return to < 0 ? crossing : [...crossing, corner];
  });
}
