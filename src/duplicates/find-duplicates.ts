import type { DescriptorStore } from '../domain/descriptor-store.ts';
import type { PictureId } from '../domain/picture.ts';
import type { CatalogPicture, PictureCatalog } from '../domain/picture-catalog.ts';
import type { Space } from '../domain/space.ts';
import type { VectorIndex } from '../domain/vector-index.ts';
import { findSimilarPairs } from './find-similar-pairs.ts';
import { groupPictures, type PictureGroup, type PicturePair } from './group-pictures.ts';
import { namesOfOneFile } from './names-of-one-file.ts';
import { createPictureLookup, type PictureLookup } from './picture-lookup.ts';

/** How two pictures relate; one picture in several files is `identical` with itself. */
export type DuplicateRelation = 'identical' | 'same-pixels' | 'similar';

/** The similarity of the same pixels is 1, however each was decoded to be embedded. */
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
  /**
   * Sets of paths in the group that are one file by several names: all but one of them free nothing when removed.
   * Paths whose file nobody has looked at (their identity is null) are in none.
   */
  readonly oneFile: ReadonlyArray<readonly string[]>;
}

export interface DuplicateReport {
  /** The similarity that was named, or null when only identical bytes and pixels were looked for. */
  readonly minSimilarity: number | null;
  readonly groups: readonly DuplicateGroup[];
  /** Every related pair, also those between groups; by `a`, then `b`. */
  readonly pairs: readonly DuplicatePair[];
  /**
   * Pictures left out of the groups since their several paths are all names of one file (hard links, a folder mounted
   * twice): not duplicates.
   */
  readonly oneFileNames: number;
  /** Pictures that may have the same pixels as others without being told here: nobody has compared theirs. */
  readonly unknownPixels: number;
}

export interface DuplicateParts {
  readonly pictures: PictureCatalog;
  readonly descriptors: DescriptorStore;
  readonly index: VectorIndex;
  /** The one that the index is of. */
  readonly space: Space;
}

/**
 * Finds files with the same bytes, pictures with the same pixels, and, when a similarity is named, pictures at or
 * above it.
 * @param minSimilarity -1 to 1, or null
 * @param onProgress told how many parts of pictures have been compared
 */
export async function findDuplicates(
  parts: DuplicateParts,
  minSimilarity: number | null,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<DuplicateReport> {
  const catalog = parts.pictures;
  const pictures = createPictureLookup(catalog);
  const similar =
    minSimilarity === null
      ? []
      : await findSimilarPairs({ ...parts, pictures }, minSimilarity, onProgress, signal);
  const pairs = await addSamePixels(similar, await catalog.samePixelGroups(), pictures);
  const groups = groupPictures(pairs);
  const severalFiles = await catalog.picturesWithSeveralFiles();
  await pictures.read(severalFiles);
  const grouped = new Set(groups.flatMap(({ members }) => members));
  const alone = present(pictures, severalFiles).filter(
    ({ id, files }) => files.length > 1 && !grouped.has(id),
  );
  const identical = alone.filter(({ files }) => namesOfOneFile(files)[0]?.length !== files.length);
  return {
    minSimilarity,
    pairs,
    groups: [
      ...groups.map((group) => describeGroup(group, present(pictures, group.members))),
      ...identical.map((picture) => describeIdentical(picture)),
    ].sort((x, y) => (x.pictures[0]?.id ?? 0) - (y.pictures[0]?.id ?? 0)),
    oneFileNames: alone.length - identical.length,
    unknownPixels: await catalog.countUnknownPixels(),
  };
}

/** @returns the pairs of pictures that are still there, by `a`, then `b` */
async function addSamePixels(
  similar: readonly PicturePair[],
  groups: ReadonlyArray<readonly PictureId[]>,
  pictures: PictureLookup,
): Promise<DuplicatePair[]> {
  const pairs = new Map<string, DuplicatePair>();
  for (const pair of similar) {
    pairs.set(`${pair.a} ${pair.b}`, { ...pair, relation: 'similar' });
  }
  await pictures.read(groups.flat());
  for (const ids of groups) {
    for (const { a, b } of allPairs(present(pictures, ids).map(({ id }) => id))) {
      pairs.set(`${a} ${b}`, { a, b, similarity: 1, relation: 'same-pixels' });
    }
  }
  return [...pairs.values()].sort((x, y) => x.a - y.a || x.b - y.b);
}

function* allPairs(ids: readonly PictureId[]): Generator<{ a: PictureId; b: PictureId }> {
  for (const [i, a] of ids.entries()) {
    for (const b of ids.slice(i + 1)) {
      yield { a, b };
    }
  }
}

function describeGroup({ weakest }: PictureGroup, pictures: readonly CatalogPicture[]): DuplicateGroup {
  const pixels = new Set(pictures.map(({ pixelHash }) => pixelHash));
  const haveSamePixels = pixels.size === 1 && !pixels.has(null);
  return {
    relation: haveSamePixels ? 'same-pixels' : 'similar',
    pictures,
    weakest,
    oneFile: pictures.flatMap(({ files }) => namesOfOneFile(files)),
  };
}

function describeIdentical(picture: CatalogPicture): DuplicateGroup {
  return {
    relation: 'identical',
    pictures: [picture],
    weakest: null,
    oneFile: namesOfOneFile(picture.files),
  };
}

function present(pictures: PictureLookup, ids: readonly PictureId[]): CatalogPicture[] {
  return ids.map((id) => pictures.get(id)).filter((picture) => picture !== undefined);
}
