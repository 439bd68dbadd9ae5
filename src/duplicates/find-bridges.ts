import type { PictureId } from '../domain/picture.ts';
import { type PictureGroup, type PicturePair, strongestFirst } from './group-pictures.ts';
import { RelatedPictures } from './related-pictures.ts';

/**
 * Why two related pictures are in no group together: the group of one, and the other or its group, hold two that nobody
 * has found to be related. Together they would be a chain.
 */
export interface Bridge extends PicturePair {
  /** The two that are not: `a` of the group of the pair's `a` or that one itself, `b` of that of its `b`. */
  readonly unlike: { readonly a: PictureId; readonly b: PictureId };
}

/**
 * The pairs that reach from one group to another, or to a picture in none: of each two of those the strongest.
 * Which two pictures they would chain is looked for once for each picture and group, and stops at the first that is
 * found, so that all of it takes no longer than the pairs are many.
 * @param pairs related ones, and those among them that join no group alone (see groupPictures)
 * @returns by `a`, then `b`
 */
export function findBridges(
  groups: readonly PictureGroup[],
  pairs: readonly PicturePair[],
  closing: readonly PicturePair[] = [],
): Bridge[] {
  const related = new RelatedPictures([...pairs, ...closing]);
  const groupOf = new Map(groups.flatMap((group) => group.members.map((id) => [id, group.members] as const)));
  const membersOf = (id: PictureId) => groupOf.get(id) ?? [id];
  const told = new Set<string>();
  const bridges: Bridge[] = [];
  for (const pair of strongestFirst(pairs)) {
    const [ofA, ofB] = [membersOf(pair.a), membersOf(pair.b)];
    const [firstA, firstB] = [ofA[0] ?? 0, ofB[0] ?? 0];
    const key = firstA < firstB ? `${firstA} ${firstB}` : `${firstB} ${firstA}`;
    if (firstA === firstB || told.has(key)) {
      continue;
    }
    told.add(key);
    const unlike =
      unlikeOf([pair.a], ofB, related) ?? unlikeOf(ofA, [pair.b], related) ?? unlikeOf(ofA, ofB, related);
    if (unlike !== null) {
      const { a, b, similarity } = pair;
      bridges.push({ a, b, similarity, unlike });
    }
  }
  return bridges.sort((x, y) => x.a - y.a || x.b - y.b);
}

/** The first two that are not related. All before are, so that this takes no longer than those pairs are many. */
function unlikeOf(
  ones: readonly PictureId[],
  others: readonly PictureId[],
  related: RelatedPictures,
): Bridge['unlike'] | null {
  for (const a of ones) {
    for (const b of others) {
      if (!related.are(a, b)) {
        return { a, b };
      }
    }
  }
  return null;
}
