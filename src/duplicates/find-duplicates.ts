import type { DescriptorStore } from '../domain/descriptor-store.ts';
import type { FileLedger } from '../domain/file-ledger.ts';
import type { PictureId } from '../domain/picture.ts';
import type { CatalogPicture, PictureCatalog } from '../domain/picture-catalog.ts';
import type { PixelRefusal } from '../domain/pixel-hasher.ts';
import type { Space } from '../domain/space.ts';
import type { VectorIndex } from '../domain/vector-index.ts';
import {
  type DuplicateGroup,
  describeClass,
  describeIdentical,
  describeSimilar,
  equalBy,
} from './duplicate-group.ts';
import { findCandidates } from './find-candidates.ts';
import { findSimilarPairs } from './find-similar-pairs.ts';
import { groupPictures, type PicturePair } from './group-pictures.ts';
import { lookAtPixels, type PixelParts } from './look-at-pixels.ts';
import { ANY_NUMBER_OF_PAIRS, type PairLimits } from './pair-limits.ts';
import type { PairSearch } from './pair-search.ts';
import { PictureClasses } from './picture-classes.ts';
import { createPictureLookup, type PictureLookup } from './picture-lookup.ts';

/** The similarity of the same pixels is 1, however each was decoded to be embedded. */
export interface DuplicatePair extends PicturePair {
  readonly relation: 'same-image-data' | 'same-pixels' | 'similar';
}

export interface DuplicateReport {
  /** The similarity that was named, or null when only equal bytes, image data and pixels were looked for. */
  readonly minSimilarity: number | null;
  /** By the lowest id in each. */
  readonly groups: readonly DuplicateGroup[];
  /**
   * Each picture of equal image data or pixels with the one of the lowest id among its equals, which stands for them
   * all; and every two of those (and of pictures without equals) that are similar, also between groups. By `a`, then
   * `b`.
   */
  readonly pairs: readonly DuplicatePair[];
  /** Pictures that pairs name and no group has: each is similar to some of a group, and not to all. */
  readonly ungrouped: readonly CatalogPicture[];
  /**
   * Pictures left out of the groups since their several paths are, as far as the catalog knows, all names of one file
   * (hard links, a folder mounted twice): not duplicates.
   */
  readonly oneFileOnly: readonly CatalogPicture[];
  /**
   * Pictures that look the same as another of their size and of whose pixels nobody knows whether they are equal, by
   * the reason. Nothing is claimed of them.
   */
  readonly unknownPixels: Readonly<Record<PixelRefusal, number>>;
  /** Files whose pictures have no vector of the space, so that nobody has compared them. */
  readonly undescribedFiles: number;
}

export interface DuplicateParts extends PixelParts {
  readonly files: Pick<FileLedger, 'countWithout'>;
  readonly pictures: PictureCatalog;
  readonly descriptors: DescriptorStore;
  readonly index: VectorIndex;
  /** The one that the index is of. */
  readonly space: Space;
  /** Without them any number of pairs is told. */
  readonly limits?: PairLimits | undefined;
}

/** How far a report is. */
export interface DuplicateProgress {
  /** Comparing vectors for what may be equal, looking at pixels, comparing vectors for what is similar. */
  readonly step: 'comparing' | 'looking' | 'finding similar';
  /** Parts of pictures; pictures, while it is looking. */
  readonly done: number;
  /** Null while it is not known. */
  readonly total: number | null;
}

/**
 * Finds files with the same bytes, pictures with the same image data or the same pixels, and, when a similarity is
 * named, pictures at or above it. Pixels are looked at where two pictures may have the same, once for each picture
 * and for good.
 *
 * Equal pictures form classes first, and one of each takes part in everything else: time, memory and report grow with
 * the number of pictures and files, however many of them are equal.
 * @param minSimilarity -1 to 1, or null; see isAtLeast
 * @throws EideticError INVALID_INPUT when more pairs are similar than the limits allow
 */
export async function findDuplicates(
  parts: DuplicateParts,
  minSimilarity: number | null,
  onProgress: (progress: DuplicateProgress) => void,
  signal: AbortSignal,
): Promise<DuplicateReport> {
  const catalog = parts.pictures;
  const pictures = createPictureLookup(catalog);
  const classes = await classesKnown(catalog, pictures);
  const { limits = ANY_NUMBER_OF_PAIRS } = parts;
  const search: PairSearch = { ...parts, pictures, classes, limits };
  const tell = (step: DuplicateProgress['step'], total: number | null) => (done: number) =>
    onProgress({ step, done, total });

  const candidates = await findCandidates(search, tell('comparing', null), signal);
  const looking = tell('looking', candidates.length);
  const unknownPixels = await joinSamePixels(parts, search, candidates, looking, signal);
  const similar =
    minSimilarity === null
      ? []
      : await findSimilarPairs(search, minSimilarity, tell('finding similar', null), signal);

  const severalFiles = await catalog.picturesWithSeveralFiles();
  await pictures.read(severalFiles);
  const groups = describeGroups(similar, search);
  const grouped = new Set(groups.flatMap((group) => group.pictures.map(({ id }) => id)));
  const alone = present(pictures, severalFiles).filter(
    ({ id, files }) => files.length > 1 && !grouped.has(id),
  );
  const described = alone.map((picture) => ({ picture, group: describeIdentical(picture) }));
  const identical = described.flatMap(({ group }) => (group === null ? [] : [group]));
  return {
    minSimilarity,
    pairs: [...classPairs(groups, classes), ...similar.map(toSimilar)].sort((x, y) => x.a - y.a || x.b - y.b),
    ungrouped: present(pictures, ungroupedIn(similar, [...groups, ...identical])),
    groups: [...groups, ...identical].sort((x, y) => firstId(x) - firstId(y)),
    oneFileOnly: described.flatMap(({ picture, group }) => (group === null ? [picture] : [])),
    unknownPixels,
    undescribedFiles: await parts.files.countWithout(parts.space.modelKey),
  };
}

/** Classes of what the catalog knows to be equal, of pictures that are still there. */
async function classesKnown(catalog: PictureCatalog, pictures: PictureLookup): Promise<PictureClasses> {
  const classes = new PictureClasses();
  for (const groups of [await catalog.sameImageDataGroups(), await catalog.samePixelGroups()]) {
    await pictures.read(groups.flat());
    for (const ids of groups) {
      classes.join(present(pictures, ids).map(({ id }) => id));
    }
  }
  return classes;
}

/**
 * Looks at the pixels of candidates and joins the classes of those that are equal.
 * @returns how many pictures remain of which nobody knows
 */
async function joinSamePixels(
  parts: PixelParts,
  { pictures, classes }: PairSearch,
  candidates: readonly PictureId[],
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<Record<PixelRefusal, number>> {
  const sets = candidates.map((id) => present(pictures, classes.membersOf(id)));
  const answers = await lookAtPixels(parts, sets, onProgress, signal);
  const unknown = { unreachable: 0, unfinished: 0, incomparable: 0 };
  const ofHash = new Map<string, PictureId[]>();
  for (const [i, answer] of answers.entries()) {
    const set = sets[i] as readonly CatalogPicture[];
    if (answer.kind === 'unknown') {
      unknown[answer.reason] += set.length;
    } else {
      const equal = ofHash.get(answer.pixelHash) ?? [];
      equal.push(candidates[i] as PictureId);
      ofHash.set(answer.pixelHash, equal);
    }
  }
  for (const equal of ofHash.values()) {
    classes.join(equal);
  }
  return unknown;
}

/** Groups of similar representatives, filled with their classes, and the classes that are in none of them. */
function describeGroups(
  similar: readonly PicturePair[],
  { pictures, classes }: PairSearch,
): DuplicateGroup[] {
  const groups = groupPictures(similar);
  const grouped = new Set(groups.flatMap(({ members }) => members));
  const membersOf = (ids: readonly PictureId[]) =>
    present(
      pictures,
      ids.flatMap((id) => classes.membersOf(id)).sort((a, b) => a - b),
    );
  return [
    ...groups.map(({ members, weakest }) => describeSimilar(membersOf(members), weakest)),
    ...classes
      .representatives()
      .filter((id) => !grouped.has(id))
      .map((id) => describeClass(membersOf([id]))),
  ];
}

/** Each member of a class with its representative. */
function classPairs(groups: readonly DuplicateGroup[], classes: PictureClasses): DuplicatePair[] {
  return groups.flatMap((group) => {
    const byId = new Map(group.pictures.map((picture) => [picture.id, picture]));
    return group.pictures
      .filter(({ id }) => !classes.isRepresentative(id))
      .map((picture) => {
        const first = byId.get(classes.representativeOf(picture.id)) as CatalogPicture;
        return { a: first.id, b: picture.id, similarity: 1, relation: equalBy(first, picture) };
      });
  });
}

/** Pictures of pairs that no group has. */
function ungroupedIn(pairs: readonly PicturePair[], groups: readonly DuplicateGroup[]): PictureId[] {
  const grouped = new Set(groups.flatMap(({ pictures }) => pictures.map(({ id }) => id)));
  return [...new Set(pairs.flatMap(({ a, b }) => [a, b]))].filter((id) => !grouped.has(id));
}

function toSimilar(pair: PicturePair): DuplicatePair {
  return { ...pair, relation: 'similar' };
}

function firstId({ pictures }: DuplicateGroup): PictureId {
  return pictures[0]?.id ?? 0;
}

function present(pictures: PictureLookup, ids: readonly PictureId[]): CatalogPicture[] {
  return ids.map((id) => pictures.get(id)).filter((picture) => picture !== undefined);
}
