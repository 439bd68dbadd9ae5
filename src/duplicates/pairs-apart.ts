import type { PictureId } from '../domain/picture.ts';
import type { CatalogPicture } from '../domain/picture-catalog.ts';
import type { Bridge } from './find-bridges.ts';
import type { DuplicatePair, DuplicateReport } from './find-duplicates.ts';

/** How pictures relate that are in no group together; what is equal always is. */
export type ApartRelation = Exclude<DuplicatePair['relation'], 'same-image-data' | 'same-pixels'>;

/** A pair of which the pictures are in no group together. */
export interface ApartPair extends DuplicatePair {
  readonly relation: ApartRelation;
}

/** The pairs of a report of which the pictures are in no group together. */
export class PairsApart {
  /** By `a`, then `b`. */
  readonly pairs: readonly ApartPair[];
  readonly #pictures = new Map<PictureId, CatalogPicture>();
  readonly #unlike: ReadonlyMap<string, Bridge['unlike']>;

  constructor({ groups, pairs, ungrouped, bridges }: DuplicateReport) {
    const groupOf = new Map<PictureId, number>();
    for (const picture of ungrouped) {
      this.#pictures.set(picture.id, picture);
    }
    for (const [i, group] of groups.entries()) {
      for (const picture of group.pictures) {
        this.#pictures.set(picture.id, picture);
        groupOf.set(picture.id, i);
      }
    }
    this.#unlike = new Map(bridges.map(({ a, b, unlike }) => [`${a} ${b}`, unlike]));
    this.pairs = pairs
      .filter((pair) => isApart(pair))
      .filter(({ a, b }) => !groupOf.has(a) || groupOf.get(a) !== groupOf.get(b));
  }

  /** Of a pair. */
  picture(id: PictureId): CatalogPicture {
    return this.#pictures.get(id) as CatalogPicture;
  }

  /** What a pair would chain, when it is a bridge. */
  unlikeOf({ a, b }: ApartPair): Bridge['unlike'] | null {
    return this.#unlike.get(`${a} ${b}`) ?? null;
  }
}

function isApart(pair: DuplicatePair): pair is ApartPair {
  return pair.relation !== 'same-image-data' && pair.relation !== 'same-pixels';
}
