import type { DescriptorStore } from '../domain/descriptor-store.ts';
import type { FileLedger } from '../domain/file-ledger.ts';
import type { PictureId } from '../domain/picture.ts';
import type { CatalogPicture, PictureCatalog } from '../domain/picture-catalog.ts';
import type { PixelRefusal } from '../domain/pixel-hasher.ts';
import type { Space } from '../domain/space.ts';
import type { VectorIndex } from '../domain/vector-index.ts';
import { AskedFiles, joinSpreads, NO_SPREAD } from './asked-files.ts';
import { askedPairs } from './asked-pairs.ts';
import type { CopyJudge } from './copy-judge.ts';
import { type AskedCounts, countAsked } from './count-asked.ts';
import { decidedBetween } from './decided-between.ts';
import {
  type DuplicateGroup,
  describeClass,
  describeIdentical,
  describeRelated,
  equalBy,
} from './duplicate-group.ts';
import { findBeginnings } from './find-beginnings.ts';
import { type Bridge, findBridges } from './find-bridges.ts';
import { findCandidates } from './find-candidates.ts';
import { type CopyPair, type FoundCopies, findCopyPairs } from './find-copy-pairs.ts';
import { findSimilarPairs } from './find-similar-pairs.ts';
import type { FoundPairs } from './found-pairs.ts';
import { groupPictures, type PictureGroup, type PicturePair } from './group-pictures.ts';
import { judgeGroup } from './judge-group.ts';
import { lookAtPixels, type PixelParts } from './look-at-pixels.ts';
import { ANY_NUMBER_OF_PAIRS, type PairLimits } from './pair-limits.ts';
import type { PairSearch } from './pair-search.ts';
import { PictureClasses } from './picture-classes.ts';
import { createPictureLookup, type PictureLookup } from './picture-lookup.ts';
import { NO_DECISIONS, type ReportDecisions, type SaidDecision, saidIn } from './report-decisions.ts';
import { type ReportQuestion, WHOLE_LIBRARY } from './report-question.ts';

/** The similarity of the same pixels is 1, however each was decoded to be embedded. */
export interface DuplicatePair extends PicturePair {
  readonly relation: 'same-image-data' | 'same-pixels' | 'similar' | CopyPair['relation'];
  /** See CopyPair; 1 of equal ones, and null of similar ones. */
  readonly certainty: number | null;
  /** What somebody decided of the two; left out where nobody did. */
  readonly decision?: SaidDecision;
}

export interface DuplicateReport {
  /** What was asked. Pictures have no files here but those that it is about. */
  readonly question: ReportQuestion;
  readonly counts: AskedCounts;
  /**
   * The similarity that was named, or null when only equal bytes, image data and pixels were looked for. Where copies were,
   * the least of pairs that were looked at.
   */
  readonly minSimilarity: number | null;
  /** What looking for copies came to; null when nobody looked for any. */
  readonly copies: Omit<FoundCopies, keyof FoundPairs> | null;
  /** By the lowest id in each. */
  readonly groups: readonly DuplicateGroup[];
  /**
   * Each picture of equal image data or pixels with the one of the lowest id among its equals, which stands for them
   * all; and every two of those (and of pictures without equals) that are similar, also between groups. Pairs that do not
   * answer the question are told within groups alone. By `a`, then `b`.
   */
  readonly pairs: readonly DuplicatePair[];
  /** Why pairs of copies, or of similar pictures, are in no group together. By `a`, then `b`. */
  readonly bridges: readonly Bridge[];
  /**
   * Pictures that pairs name and no group has, and their equals: each is similar to some of a group, and not to all.
   */
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
  /** Groups left out, since somebody decided to keep what is in them. */
  readonly decidedGroups: number;
  /** Pairs of no group left out likewise; such that somebody said to be no copies were not looked for. */
  readonly decidedPairs: number;
  /** Files whose pictures have no vector of the space, so that nobody has compared them. */
  readonly undescribedFiles: number;
}

export interface DuplicateParts extends PixelParts {
  readonly files: Pick<FileLedger, 'countWithout'>;
  /** Without one it is about the whole library. */
  readonly question?: ReportQuestion | undefined;
  readonly pictures: PictureCatalog;
  readonly descriptors: DescriptorStore;
  readonly index: VectorIndex;
  /** The one that the index is of. */
  readonly space: Space;
  /** Without them any number of pairs is told. */
  readonly limits?: PairLimits | undefined;
  /** Tells which of the pictures that are near are copies; without one all that are near are similar. */
  readonly judge?: CopyJudge | undefined;
  /** Without them nobody has decided anything. */
  readonly decisions?: ReportDecisions | undefined;
  /** Whether also that is told of which somebody decided to keep it. */
  readonly showsDecided?: boolean | undefined;
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
 * named, pictures at or above it; with a judge only those of them that are copies, or may be. Pixels are looked at where
 * two pictures may have the same, once for each picture and for good. Nobody looks at pairs that answer nothing.
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
  const { limits = ANY_NUMBER_OF_PAIRS, question = WHOLE_LIBRARY, decisions = NO_DECISIONS } = parts;
  const { showsDecided = false } = parts;
  const asked = new AskedFiles(question);
  const counts = await countAsked(catalog, question);
  const pictures = createPictureLookup(catalog, asked);
  const classes = await classesKnown(catalog, pictures);
  const decided = decidedBetween({ pictures, classes }, decisions);
  const search: PairSearch = { ...parts, asked, pictures, classes, limits, decisions, decided };
  const tell = (step: DuplicateProgress['step'], total: number | null) => (done: number) =>
    onProgress({ step, done, total });

  const candidates = await findCandidates(search, tell('comparing', null), signal);
  const looking = tell('looking', candidates.length);
  const unknownPixels = await joinSamePixels(parts, search, candidates, looking, signal);
  const found = await findRelated(parts, search, counts, minSimilarity, tell, signal);

  const severalFiles = await catalog.picturesWithSeveralFiles();
  await pictures.read(severalFiles);
  const grouping = groupingOf(found);
  const grouped = groupPictures(grouping.pairs, grouping.closing);
  const heeded = heedDecisions(describeGroups(grouped, grouping, search), decisions, showsDecided);
  const groups = heeded.shown;
  const dismissed = groupNumbers(heeded.dismissed);
  const inGroups = groupNumbers(groups);
  const alone = present(pictures, severalFiles).filter(
    ({ id, files }) => files.length > 1 && !inGroups.has(id) && isAnswer(asked, files),
  );
  const described = alone.map((picture) => ({ picture, group: describeIdentical(picture) }));
  const identical = heedDecisions(
    described.flatMap(({ group }) => (group === null ? [] : [group])),
    decisions,
    showsDecided,
  );
  const apart = found.pairs.filter(({ a, b }) => !areTogether(dismissed, a, b));
  const related = apart.filter(
    ({ a, b }) => showsDecided || areTogether(inGroups, a, b) || !isDismissed(search, a, b),
  );
  const closing = pairsWithin(groups, found.closing);
  const told = new Set(related.map(pairKey));
  const bridges = findBridges(grouped, grouping.pairs, grouping.closing).filter((one) =>
    told.has(pairKey(one)),
  );
  const named = [...related, ...bridges.map(({ unlike }) => unlike)];
  const ungrouped = present(
    pictures,
    ungroupedIn(named, [...groups, ...identical.shown]).flatMap((id) => classes.membersOf(id)),
  );
  const equal = [...groups.map((group) => group.pictures), ungrouped].flatMap((all) =>
    classPairs(all, classes),
  );
  return {
    question,
    counts,
    minSimilarity,
    copies: found.copies,
    pairs: [...equal, ...withDecisions([...related, ...closing], search)].sort(
      (x, y) => x.a - y.a || x.b - y.b,
    ),
    bridges,
    ungrouped,
    groups: [...groups, ...identical.shown].sort((x, y) => firstId(x) - firstId(y)),
    oneFileOnly: described.flatMap(({ picture, group }) => (group === null ? [picture] : [])),
    unknownPixels,
    decidedGroups:
      heeded.dismissed.length + identical.dismissed.filter((group) => !dismissed.has(firstId(group))).length,
    decidedPairs: apart.length - related.length,
    undescribedFiles: await parts.files.countWithout(parts.space.modelKey, asked.filter),
  };
}

/** Pairs of pictures that are not equal: copies and what may be some, or all that are similar. */
async function findRelated(
  { judge, pictures, question = WHOLE_LIBRARY }: DuplicateParts,
  search: PairSearch,
  counts: AskedCounts,
  minSimilarity: number | null,
  tell: (step: DuplicateProgress['step'], total: null) => (done: number) => void,
  signal: AbortSignal,
): Promise<FoundPairs<DuplicatePair> & Pick<DuplicateReport, 'copies'>> {
  if (minSimilarity === null) {
    return { pairs: [], closing: [], copies: null };
  }
  if (judge === undefined) {
    const similar = await findSimilarPairs(search, minSimilarity, tell('finding similar', null), signal);
    const toldOf = (all: readonly PicturePair[]) =>
      all.filter(({ a, b }) => search.decided(a, b)?.kind !== 'not-copy').map(toSimilar);
    return { pairs: toldOf(similar.pairs), closing: toldOf(similar.closing), copies: null };
  }
  const progress = tell('finding copies', null);
  const begins = await findBeginnings(pictures, question, counts);
  const { pairs, closing, ...copies } = await findCopyPairs(
    search,
    judge,
    minSimilarity,
    begins,
    progress,
    signal,
  );
  return { pairs, closing, copies };
}

function toSimilar(pair: PicturePair): DuplicatePair {
  return { ...pair, relation: 'similar', certainty: null };
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

/** What may be a copy, or is another shot, is told as a pair; no group is made of it that somebody may act on. */
function groupingOf({ pairs, closing }: FoundPairs<DuplicatePair>): FoundPairs<DuplicatePair> {
  return { pairs: pairs.filter(({ relation }) => relation === 'copy' || relation === 'similar'), closing };
}

/** Groups of related representatives, filled with their classes, and the classes that are in none of them. */
function describeGroups(
  groups: readonly PictureGroup[],
  grouping: FoundPairs<DuplicatePair>,
  search: PairSearch,
): DuplicateGroup[] {
  const { pictures, classes } = search;
  const { isAnswerAlone } = askedPairs(search);
  const relation = grouping.pairs[0]?.relation === 'copy' ? 'copy' : 'similar';
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
      .filter((id) => !grouped.has(id) && isAnswerAlone(id))
      .map((id) => describeClass(membersOf([id]))),
  ];
}

/** Groups with what was decided of them; those of which all is to be kept apart, unless they are shown too. */
function heedDecisions(
  groups: readonly DuplicateGroup[],
  decisions: ReportDecisions,
  showsDecided: boolean,
): { readonly shown: readonly DuplicateGroup[]; readonly dismissed: readonly DuplicateGroup[] } {
  const judged = groups.map((group) => ({ ...group, decision: judgeGroup(group.pictures, decisions) }));
  const isShown = ({ decision }: DuplicateGroup) => showsDecided || decision?.isDismissed !== true;
  return { shown: judged.filter(isShown), dismissed: judged.filter((group) => !isShown(group)) };
}

/** Whether somebody decided to keep both of a pair, and all that equals them. */
function isDismissed(
  { decided, decisions, classes, pictures }: PairSearch,
  a: PictureId,
  b: PictureId,
): boolean {
  const both = () =>
    present(
      pictures,
      [a, b].flatMap((id) => classes.membersOf(id)),
    );
  return decided(a, b)?.kind === 'keep-both' && judgeGroup(both(), decisions)?.isDismissed === true;
}

function withDecisions(pairs: readonly DuplicatePair[], { decided }: PairSearch): DuplicatePair[] {
  return pairs.map((pair) => {
    const decision = decided(pair.a, pair.b);
    return decision === null ? pair : { ...pair, decision: saidIn(decision) };
  });
}

/** Pairs of which both pictures are in one group. */
function pairsWithin(
  groups: readonly DuplicateGroup[],
  pairs: readonly DuplicatePair[],
): readonly DuplicatePair[] {
  const groupOf = groupNumbers(groups);
  return pairs.filter(({ a, b }) => areTogether(groupOf, a, b));
}

/** The group of each picture, by its number. */
function groupNumbers(groups: readonly DuplicateGroup[]): Map<PictureId, number> {
  return new Map(groups.flatMap(({ pictures }, i) => pictures.map(({ id }) => [id, i] as const)));
}

function areTogether(groupOf: ReadonlyMap<PictureId, number>, a: PictureId, b: PictureId): boolean {
  return groupOf.has(a) && groupOf.get(a) === groupOf.get(b);
}

function pairKey({ a, b }: Pick<PicturePair, 'a' | 'b'>): string {
  return `${a} ${b}`;
}

function isAnswer(asked: AskedFiles, files: CatalogPicture['files']): boolean {
  return asked.isAnswer(files.map(({ path }) => asked.spreadOf(path)).reduce(joinSpreads, NO_SPREAD));
}

/** Each member of a class with its representative. @param pictures with a picture all that equal it */
function classPairs(pictures: readonly CatalogPicture[], classes: PictureClasses): DuplicatePair[] {
  const byId = new Map(pictures.map((picture) => [picture.id, picture]));
  return pictures
    .filter(({ id }) => !classes.isRepresentative(id))
    .map((picture) => {
      const first = byId.get(classes.representativeOf(picture.id)) as CatalogPicture;
      return { a: first.id, b: picture.id, similarity: 1, relation: equalBy(first, picture), certainty: 1 };
    });
}

/** Pictures of pairs that no group has. */
function ungroupedIn(
  pairs: ReadonlyArray<Pick<PicturePair, 'a' | 'b'>>,
  groups: readonly DuplicateGroup[],
): PictureId[] {
  const grouped = new Set(groups.flatMap(({ pictures }) => pictures.map(({ id }) => id)));
  return [...new Set(pairs.flatMap(({ a, b }) => [a, b]))].filter((id) => !grouped.has(id));
}

function firstId({ pictures }: DuplicateGroup): PictureId {
  return pictures[0]?.id ?? 0;
}

function present(pictures: PictureLookup, ids: readonly PictureId[]): CatalogPicture[] {
  return ids.map((id) => pictures.get(id)).filter((picture) => picture !== undefined);
}
