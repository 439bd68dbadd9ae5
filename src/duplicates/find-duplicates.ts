import type { Catalog, CatalogPicture } from '../domain/catalog.ts';
import type { PictureId } from '../domain/picture.ts';
import type { VectorIndex } from '../domain/vector-index.ts';
import { findSimilarPairs } from './find-similar-pairs.ts';
import { groupPictures, type PicturePair } from './group-pictures.ts';

/** How two pictures relate; one picture in several files is `identical` with itself. */
export type DuplicateRelation = 'identical' | 'same-pixels' | 'similar';

export interface DuplicatePair extends PicturePair {
  readonly relation: Exclude<DuplicateRelation, 'identical'>;
}

export interface DuplicateGroup {
  /** The weakest relation in the group. */
  readonly relation: DuplicateRelation;
  /** One picture that lies in several files, or two or more pictures of which every two are related. */
  readonly pictures: readonly CatalogPicture[];
  /** The least similar pair; null when the group is one picture. */
  readonly weakest: PicturePair | null;
}

export interface DuplicateReport {
  /** The similarity that was named, or null when only identical bytes and pixels were looked for. */
  readonly minSimilarity: number | null;
  readonly groups: readonly DuplicateGroup[];
  /** Every related pair, also those between groups; by `a`, then `b`. */
  readonly pairs: readonly DuplicatePair[];
}

export interface DuplicateParts {
  readonly catalog: Catalog;
  readonly index: VectorIndex;
  readonly modelKey: string;
}

/** Pictures looked up at a time. */
const CHUNK = 500;

/**
 * Finds files with the same bytes, pictures with the same pixels, and, when a similarity is named, pictures at or
 * above it.
 * @param minSimilarity -1 to 1, or null
 */
export async function findDuplicates(
  parts: DuplicateParts,
  minSimilarity: number | null,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<DuplicateReport> {
  const { catalog } = parts;
  const pairs = new Map<string, DuplicatePair>();
  if (minSimilarity !== null) {
    for (const pair of await findSimilarPairs(parts, minSimilarity, onProgress, signal)) {
      pairs.set(`${pair.a} ${pair.b}`, { ...pair, relation: 'similar' });
    }
  }
  for (const ids of await catalog.samePixelGroups()) {
    for (const pair of allPairs(ids)) {
      // The same pixels make the same tensor, so the similarity is 1 by construction.
      pairs.set(`${pair.a} ${pair.b}`, { ...pair, similarity: 1, relation: 'same-pixels' });
    }
  }
  const allRelated = [...pairs.values()].sort((x, y) => x.a - y.a || x.b - y.b);
  const severalFiles = await catalog.picturesWithSeveralFiles();
  const groups = groupPictures(allRelated);
  const pictures = await lookUp(catalog, [
    ...new Set([...allRelated.flatMap(({ a, b }) => [a, b]), ...severalFiles]),
  ]);
  const inGroup = new Set(groups.flatMap((group) => group.members));
  return {
    minSimilarity,
    pairs: allRelated.filter(({ a, b }) => pictures.has(a) && pictures.has(b)),
    groups: [
      ...groups.map(
        (group): DuplicateGroup => ({
          relation: group.members.every((id) => areSamePixels(pictures, group.members[0], id))
            ? 'same-pixels'
            : 'similar',
          pictures: present(pictures, group.members),
          weakest: group.weakest,
        }),
      ),
      ...severalFiles
        .filter((id) => !inGroup.has(id))
        .map(
          (id): DuplicateGroup => ({
            relation: 'identical',
            pictures: present(pictures, [id]),
            weakest: null,
          }),
        ),
    ].sort((x, y) => (x.pictures[0]?.id ?? 0) - (y.pictures[0]?.id ?? 0)),
  };
}

function* allPairs(ids: readonly PictureId[]): Generator<{ a: PictureId; b: PictureId }> {
  for (const [i, a] of ids.entries()) {
    for (const b of ids.slice(i + 1)) {
      yield { a, b };
    }
  }
}

async function lookUp(catalog: Catalog, ids: readonly PictureId[]): Promise<Map<PictureId, CatalogPicture>> {
  const found = new Map<PictureId, CatalogPicture>();
  for (let i = 0; i < ids.length; i += CHUNK) {
    for (const picture of await catalog.pictures(ids.slice(i, i + CHUNK))) {
      found.set(picture.id, picture);
    }
  }
  return found;
}

function areSamePixels(
  pictures: ReadonlyMap<PictureId, CatalogPicture>,
  a: PictureId | undefined,
  b: PictureId,
): boolean {
  return a !== undefined && pictures.get(a)?.pixelHash === pictures.get(b)?.pixelHash;
}

function present(
  pictures: ReadonlyMap<PictureId, CatalogPicture>,
  ids: readonly PictureId[],
): CatalogPicture[] {
  return ids.map((id) => pictures.get(id)).filter((picture) => picture !== undefined);
}
