import type { PictureId } from '../domain/picture.ts';

/**
 * Which pictures each point of a graph stands for. Pictures with bit-equal embeddings share one point: thousands of
 * equal points would link only to each other and cut the graph apart. A point that lost all its pictures stays in
 * the graph and is empty.
 */
export interface PointTable {
  pictureCount(): number;
  /** Points in use; the rest of a graph's points are empty. */
  usedPointCount(): number;
  picturesAt(point: number): readonly PictureId[];
  /** Moves a picture to a point, wherever it was before. */
  assign(id: PictureId, point: number): void;
  /** Forgets a picture; nothing happens when it is not there. */
  release(id: PictureId): void;
  /** Every picture's point and id, point, id, ... for {@link readPointTable}. */
  toPairs(): Float64Array;
}

const NO_PICTURES: readonly PictureId[] = [];

/** Makes an empty table. */
export function createPointTable(): PointTable {
  const pointOf = new Map<PictureId, number>();
  const pictures = new Map<number, PictureId[]>();

  function release(id: PictureId): void {
    const point = pointOf.get(id);
    if (point === undefined) return;
    pointOf.delete(id);
    const rest = (pictures.get(point) as PictureId[]).filter((other) => other !== id);
    if (rest.length === 0) pictures.delete(point);
    else pictures.set(point, rest);
  }

  return {
    pictureCount: () => pointOf.size,
    usedPointCount: () => pictures.size,
    picturesAt: (point) => pictures.get(point) ?? NO_PICTURES,
    assign(id, point) {
      if (pointOf.get(id) === point) return;
      release(id);
      pointOf.set(id, point);
      const sharing = pictures.get(point);
      if (sharing === undefined) pictures.set(point, [id]);
      else sharing.push(id);
    },
    release,
    toPairs() {
      const pairs = new Float64Array(pointOf.size * 2);
      let end = 0;
      for (const [id, point] of pointOf) {
        pairs[end++] = point;
        pairs[end++] = id;
      }
      return pairs;
    },
  };
}

/**
 * Makes the table that {@link PointTable.toPairs} described.
 * @param pointCount points of the graph it belongs to
 * @returns null when a pair cannot be true: a point the graph does not have, or a picture at two points
 */
export function readPointTable(pairs: Float64Array, pointCount: number): PointTable | null {
  const table = createPointTable();
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    const point = pairs[i] as number;
    if (!(Number.isInteger(point) && point >= 0 && point < pointCount)) return null;
    table.assign(pairs[i + 1] as number, point);
  }
  return table.pictureCount() * 2 === pairs.length ? table : null;
}
