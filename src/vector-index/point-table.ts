import type { PartId } from '../domain/picture.ts';

/**
 * Which parts each point of a graph stands for. Parts with equal embeddings share one point: thousands of equal points
 * would link only to each other and cut the graph apart. A point that lost all its parts stays in the graph and is
 * empty.
 */
export interface PointTable {
  partCount(): number;
  /** Points in use; the rest of a graph's points are empty. */
  usedPointCount(): number;
  /** Ascending. */
  partsAt(point: number): readonly PartId[];
  /** Undefined for a part that is not there. */
  pointOf(id: PartId): number | undefined;
  /** Every part, in no promised order. */
  ids(): PartId[];
  /** Moves a part to a point, wherever it was before. */
  assign(id: PartId, point: number): void;
  /** Forgets a part; nothing happens when it is not there. */
  release(id: PartId): void;
  /** Every part's point and id, point, id, ... for {@link readPointTable}. */
  toPairs(): Float64Array;
}

const NO_PARTS: readonly PartId[] = [];

/** Makes an empty table. */
export function createPointTable(): PointTable {
  const pointOf = new Map<PartId, number>();
  const parts = new Map<number, PartId[]>();

  function release(id: PartId): void {
    const point = pointOf.get(id);
    if (point === undefined) return;
    pointOf.delete(id);
    const sharing = parts.get(point) as PartId[];
    sharing.splice(placeOf(id, sharing), 1);
    if (sharing.length === 0) parts.delete(point);
  }

  return {
    partCount: () => pointOf.size,
    usedPointCount: () => parts.size,
    partsAt: (point) => parts.get(point) ?? NO_PARTS,
    pointOf: (id) => pointOf.get(id),
    ids: () => [...pointOf.keys()],
    assign(id, point) {
      if (pointOf.get(id) === point) return;
      release(id);
      pointOf.set(id, point);
      const sharing = parts.get(point);
      if (sharing === undefined) parts.set(point, [id]);
      else sharing.splice(placeOf(id, sharing), 0, id);
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

/** Where an id is in ascending ids, or would be. New ones mostly come last. */
function placeOf(id: PartId, ids: readonly PartId[]): number {
  if ((ids.at(-1) ?? id) < id) return ids.length;
  let [from, to] = [0, ids.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((ids[middle] as PartId) < id) from = middle + 1;
    else to = middle;
  }
  return from;
}

/**
 * Makes the table that {@link PointTable.toPairs} described.
 * @param pointCount points of the graph it belongs to
 * @returns null when a pair cannot be true: a point the graph does not have, or a part at two points
 */
export function readPointTable(pairs: Float64Array, pointCount: number): PointTable | null {
  const table = createPointTable();
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    const point = pairs[i] as number;
    if (!(Number.isInteger(point) && point >= 0 && point < pointCount)) return null;
    table.assign(pairs[i + 1] as number, point);
  }
  return table.partCount() * 2 === pairs.length ? table : null;
}
