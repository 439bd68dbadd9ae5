import type { PictureId } from '../domain/picture.ts';
import { RelatedPictures } from './related-pictures.ts';

/** Two pictures that are related, `a` below `b`. */
export interface PicturePair {
  readonly a: PictureId;
  readonly b: PictureId;
  /** Cosine similarity, -1 to 1. */
  readonly similarity: number;
  /** Of copies how likely they are some, 0 to 1; null or left out where nothing is less certain than another. */
  readonly certainty?: number | null;
}

/** Pictures of which every two are related. */
export interface PictureGroup {
  /** Ascending; two or more. */
  readonly members: readonly PictureId[];
  /** The least certain pair, of equally certain ones the least similar. */
  readonly weakest: PicturePair;
}

/**
 * Sorts related pictures into groups in which every pair is related: complete-linkage clustering, strongest pair
 * first. A chain a-b-c without a-c becomes the stronger pair and a single picture; each picture is in one group.
 * @param pairs every related pair once; the order does not matter
 * @param closing pairs likewise that are related, and make no group by themselves
 * @returns groups by first member, ascending
 */
export function groupPictures(
  pairs: readonly PicturePair[],
  closing: readonly PicturePair[] = [],
): PictureGroup[] {
  const all = [...pairs, ...closing];
  const related = new RelatedPictures(all);
  const groupOf = new Map<PictureId, Set<PictureId>>();
  for (const { a, b } of strongestFirst(pairs)) {
    const groupA = groupOf.get(a) ?? new Set([a]);
    const groupB = groupOf.get(b) ?? new Set([b]);
    if (groupA !== groupB && areAllRelated(groupA, groupB, related)) {
      const [larger, smaller] = groupA.size >= groupB.size ? [groupA, groupB] : [groupB, groupA];
      for (const id of smaller) {
        larger.add(id);
      }
      for (const id of larger) {
        groupOf.set(id, larger);
      }
    }
  }
  return describeGroups(groupOf, strongestFirst(all));
}

/** The most certain first, of equally certain ones the most similar, and of those the lowest ids. */
export function strongestFirst<Pair extends PicturePair>(pairs: readonly Pair[]): Pair[] {
  return [...pairs].sort(
    (x, y) =>
      (y.certainty ?? 1) - (x.certainty ?? 1) || y.similarity - x.similarity || x.a - y.a || x.b - y.b,
  );
}

function areAllRelated(
  groupA: ReadonlySet<PictureId>,
  groupB: ReadonlySet<PictureId>,
  related: RelatedPictures,
): boolean {
  for (const a of groupA) {
    for (const b of groupB) {
      if (!related.are(a, b)) {
        return false;
      }
    }
  }
  return true;
}

function describeGroups(
  groupOf: ReadonlyMap<PictureId, Set<PictureId>>,
  pairs: readonly PicturePair[],
): PictureGroup[] {
  const weakestOf = new Map<Set<PictureId>, PicturePair>();
  for (const pair of pairs) {
    const group = groupOf.get(pair.a);
    if (group?.has(pair.b)) {
      weakestOf.set(group, pair);
    }
  }
  return [...weakestOf]
    .map(([members, weakest]) => ({ members: [...members].sort((a, b) => a - b), weakest }))
    .sort((x, y) => (x.members[0] as number) - (y.members[0] as number));
}
