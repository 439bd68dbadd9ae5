import type { DescriptorStore } from '../domain/descriptor-store.ts';
import type { FileLedger } from '../domain/file-ledger.ts';
import type { PictureId } from '../domain/picture.ts';
import type { CatalogPicture, PictureCatalog } from '../domain/picture-catalog.ts';
import type { PixelRefusal } from '../domain/pixel-hasher.ts';
import type { Space } from '../domain/space.ts';
import type { VectorIndex } from '../domain/vector-index.ts';
import type { CopyJudge } from './copy-judge.ts';
import {
  type DuplicateGroup,
  describeClass,
  describeIdentical,
  describeRelated,
  equalBy,
} from './duplicate-group.ts';
import { findCandidates } from './find-candidates.ts';
import { type CopyPair, type FoundCopies, findCopyPairs } from './find-copy-pairs.ts';
import { findSimilarPairs } from './find-similar-pairs.ts';
import { groupPictures, type PicturePair } from './group-pictures.ts';
import { lookAtPixels, type PixelParts } from './look-at-pixels.ts';
import { ANY_NUMBER_OF_PAIRS, type PairLimits } from './pair-limits.ts';
import type { PairSearch } from './pair-search.ts';
import { PictureClasses } from './picture-classes.ts';
import { createPictureLookup, type PictureLookup } from './picture-lookup.ts';

/** The similarity of the same pixels is 1, however each was decoded to be embedded. */
export interface DuplicatePair extends PicturePair {
  readonly relation: 'same-image-data' | 'same-pixels' | 'similar' | CopyPair['relation'];
  /** See CopyPair; 1 of equal ones, and null of similar ones. */
  readonly certainty: number | null;
}

export interface DuplicateReport {
  /**
   * The similarity that was named, or null when only equal bytes, image data and pixels were looked for. Where copies were,
   * the least of pairs that were looked at.
   */
  readonly minSimilarity: number | null;
  /** What looking for copies came to; null when nobody looked for any. */
  readonly copies: Omit<FoundCopies, 'pairs'> | null;
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
  /** Tells which of the pictures that are near are copies; without one all that are near are similar. */
  readonly judge?: CopyJudge | undefined;
}

/** How far a report is. */
export interface DuplicateProgress {
  /**
   * Comparing vectors for what may be equal, looking at pixels, comparing vectors for what is similar, laying pictures that
   * are near over each other.
   */
  readonly step: 'comparing' | 'looking' | 'finding similar' | 'finding copies';
  /** Parts of pictures; pictures, while it is looking. */
  readonly done: number;
  /** Null while it is not known. */
  readonly total: number | null;
}

/**
 * Finds files with the same bytes, pictures with the same image data or the same pixels, and, when a similarity is
 * named, pictures at or above it; with a judge only those of them that are copies, or may be. Pixels are looked at where two
 * pictures may have the same, once for each picture and for good.
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
  const { pairs: related, copies } = await findRelated(parts, search, minSimilarity, tell, signal);

  const severalFiles = await catalog.picturesWithSeveralFiles();
  await pictures.read(severalFiles);
  const groups = describeGroups(related, search);
  const grouped = new Set(groups.flatMap((group) => group.pictures.map(({ id }) => id)));
  const alone = present(pictures, severalFiles).filter(
    ({ id, files }) => files.length > 1 && !grouped.has(id),
  );
  const described = alone.map((picture) => ({ picture, group: describeIdentical(picture) }));
  const identical = described.flatMap(({ group }) => (group === null ? [] : [group]));
  return {
    minSimilarity,
    copies,
    pairs: [...classPairs(groups, classes), ...related].sort((x, y) => x.a - y.a || x.b - y.b),
    ungrouped: present(pictures, ungroupedIn(related, [...groups, ...identical])),
    groups: [...groups, ...identical].sort((x, y) => firstId(x) - firstId(y)),
    oneFileOnly: described.flatMap(({ picture, group }) => (group === null ? [picture] : [])),
    unknownPixels,
    undescribedFiles: await parts.files.countWithout(parts.space.modelKey),
  };
}

/** Pairs of pictures that are not equal: copies and what may be some, or all that are similar. */
async function findRelated(
  { judge }: DuplicateParts,
  search: PairSearch,
  minSimilarity: number | null,
  tell: (step: DuplicateProgress['step'], total: null) => (done: number) => void,
  signal: AbortSignal,
): Promise<{ readonly pairs: readonly DuplicatePair[]; readonly copies: DuplicateReport['copies'] }> {
  if (minSimilarity === null) {
    return { pairs: [], copies: null };
  }
  if (judge === undefined) {
    const similar = await findSimilarPairs(search, minSimilarity, tell('finding similar', null), signal);
    return {
      pairs: similar.map((pair) => ({ ...pair, relation: 'similar', certainty: null })),
      copies: null,
    };
  }
  const progress = tell('finding copies', null);
  const { pairs, ...copies } = await findCopyPairs(search, judge, minSimilarity, progress, signal);
  return { pairs, copies };
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

/** Groups of related representatives, filled with their classes, and the classes that are in none of them. */
function describeGroups(
  related: readonly DuplicatePair[],
  { pictures, classes }: PairSearch,
): DuplicateGroup[] {
  // What may be a copy, or is another shot, is told as a pair; no group is made of it that somebody may act on.
  const grouping = related.filter(({ relation }) => relation === 'copy' || relation === 'similar');
  const relation = grouping[0]?.relation === 'copy' ? 'copy' : 'similar';
  const groups = groupPictures(grouping);
  const grouped = new Set(groups.flatMap(({ members }) => members));
  const membersOf = (ids: readonly PictureId[]) =>
    present(
      pictures,
      ids.flatMap((id) => classes.membersOf(id)).sort((a, b) => a - b),
    );
  return [
    ...groups.map(({ members, weakest }) => describeRelated(relation, membersOf(members), weakest)),
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
        return { a: first.id, b: picture.id, similarity: 1, relation: equalBy(first, picture), certainty: 1 };
      });
  });
}

/** Pictures of pairs that no group has. */
function ungroupedIn(pairs: readonly PicturePair[], groups: readonly DuplicateGroup[]): PictureId[] {
  const grouped = new Set(groups.flatMap(({ pictures }) => pictures.map(({ id }) => id)));
  return [...new Set(pairs.flatMap(({ a, b }) => [a, b]))].filter((id) => !grouped.has(id));
}

function firstId({ pictures }: DuplicateGroup): PictureId {
  return pictures[0]?.id ?? 0;
}

function present(pictures: PictureLookup, ids: readonly PictureId[]): CatalogPicture[] {
  return ids.map((id) => pictures.get(id)).filter((picture) => picture !== undefined);
}
