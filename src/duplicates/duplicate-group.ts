import type { CatalogPicture } from '../domain/picture-catalog.ts';
import type { PicturePair } from './group-pictures.ts';
import type { GroupDecision } from './judge-group.ts';
import { namesOfOneFile } from './names-of-one-file.ts';

/**
 * How two pictures relate, strongest first; one picture in several files is `identical` with itself. `same-image-data`:
 * the same coded picture, so that only metadata differs; `same-pixels`: the same when decoded; `copy`: one was made from the
 * other, or both from one.
 */
export type DuplicateRelation = 'identical' | 'same-image-data' | 'same-pixels' | 'copy' | 'similar';

export interface DuplicateGroup {
  /** The weakest relation in the group. */
  readonly relation: DuplicateRelation;
  /** One picture that lies in several files, or two or more of which every two are related; by ascending id. */
  readonly pictures: readonly CatalogPicture[];
  /** The least similar pair of different pixels, else one that is related no more than all are; null for one picture. */
  readonly weakest: PicturePair | null;
  /**
   * Sets of paths in the group that are one file by several names: all but one of them free nothing when removed.
   * Paths whose file nobody has looked at (their identity is null) are in none.
   */
  readonly oneFile: ReadonlyArray<readonly string[]>;
  /** Null where nobody decided to keep any two of its pictures. */
  readonly decision: GroupDecision | null;
}

/** @param pictures related ones, with all that are equal to one of them */
export function describeRelated(
  relation: 'copy' | 'similar',
  pictures: readonly CatalogPicture[],
  weakest: PicturePair,
): DuplicateGroup {
  return { relation, pictures, weakest, oneFile: oneFileIn(pictures), decision: null };
}

/** @param pictures two or more of equal pixels, by ascending id */
export function describeClass(pictures: readonly CatalogPicture[]): DuplicateGroup {
  const [first, second] = pictures as readonly [CatalogPicture, CatalogPicture];
  const other = pictures.slice(1).find((picture) => equalBy(first, picture) === 'same-pixels');
  return {
    relation: other === undefined ? 'same-image-data' : 'same-pixels',
    pictures,
    weakest: { a: first.id, b: (other ?? second).id, similarity: 1 },
    oneFile: oneFileIn(pictures),
    decision: null,
  };
}

/** Null when the picture's several paths are all names of one file. */
export function describeIdentical(picture: CatalogPicture): DuplicateGroup | null {
  const oneFile = namesOfOneFile(picture.files);
  return oneFile[0]?.length === picture.files.length
    ? null
    : { relation: 'identical', pictures: [picture], weakest: null, oneFile, decision: null };
}

/** How two pictures are equal that are. */
export function equalBy(
  a: Pick<CatalogPicture, 'imageDataHash'>,
  b: Pick<CatalogPicture, 'imageDataHash'>,
): 'same-image-data' | 'same-pixels' {
  const hasSameData = a.imageDataHash !== null && a.imageDataHash === b.imageDataHash;
  return hasSameData ? 'same-image-data' : 'same-pixels';
}

function oneFileIn(pictures: readonly CatalogPicture[]): string[][] {
  return pictures.flatMap(({ files }) => namesOfOneFile(files));
}
