import type { PictureId } from '../domain/picture.ts';
import type { CatalogPicture } from '../domain/picture-catalog.ts';
import type { Bridge } from './find-bridges.ts';
import type { DuplicatePair, DuplicateReport } from './find-duplicates.ts';

/** How pictures relate that are in no group together. */
export type ApartRelation = 'copy' | 'similar' | 'unsure' | 'burst';

/** A pair of which the pictures are in no group together. */
export interface PairApart {
  readonly a: CatalogPicture;
  readonly b: CatalogPicture;
  /** Cosine similarity, -1 to 1. */
  readonly similarity: number;
  readonly relation: ApartRelation;
  /** When it is a bridge, what it would chain. */
  readonly unlike: Bridge['unlike'] | null;
}

/** Those of a report, by the ids of `a`, then `b`. */
export function pairsApart({ groups, pairs, ungrouped, bridges }: DuplicateReport): PairApart[] {
  const pictures = new Map<PictureId, CatalogPicture>();
  const groupOf = new Map<PictureId, number>();
  for (const picture of ungrouped) {
    pictures.set(picture.id, picture);
  }
  for (const [i, group] of groups.entries()) {
    for (const picture of group.pictures) {
      pictures.set(picture.id, picture);
      groupOf.set(picture.id, i);
    }
  }
  const unlikeOf = new Map(bridges.map(({ a, b, unlike }) => [`${a} ${b}`, unlike]));
  return pairs.flatMap((pair) => {
    const { a, b, similarity, relation } = pair;
    const [one, other] = [pictures.get(a), pictures.get(b)];
    const areTogether = groupOf.has(a) && groupOf.get(a) === groupOf.get(b);
    if (areTogether || !isApartRelation(relation) || one === undefined || other === undefined) {
      return [];
    }
    return { a: one, b: other, similarity, relation, unlike: unlikeOf.get(`${a} ${b}`) ?? null };
  });
}

/** What is equal is always in one group. */
function isApartRelation(relation: DuplicatePair['relation']): relation is ApartRelation {
  return relation !== 'same-image-data' && relation !== 'same-pixels';
}
