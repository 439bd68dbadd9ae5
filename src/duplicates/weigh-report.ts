import type { PictureId } from '../domain/picture.ts';
import type { CatalogPicture, PictureFile } from '../domain/picture-catalog.ts';
import { AskedFiles, joinSpreads, NO_SPREAD } from './asked-files.ts';
import { type DuplicateGroup, type DuplicateRelation, describeClass } from './duplicate-group.ts';
import { EqualsThere, rankOf, type Sight, thereFirst } from './equals-there.ts';
import type { DuplicatePair, DuplicateReport } from './find-duplicates.ts';
import { filesThere, freeableBytes } from './freeable-bytes.ts';
import { namesOfOneFile } from './names-of-one-file.ts';
import {
  bridgesThere,
  equalThere,
  relatedThere,
  type WeighedBridge,
  type WeighedPair,
} from './pairs-there.ts';
import { type PathLooks, thereAt } from './path-look.ts';

/** A group of which at least two files are there, by what is there: see DuplicateGroup. */
export interface WeighedGroup extends DuplicateGroup {
  /** Files that are there, one with several names once. */
  readonly fileCount: number;
  /** Of those. */
  readonly sizeBytes: number;
  /** See freeableBytes: what is not equal frees nothing. */
  readonly freeableBytes: number;
}

/** A report by what is there at the moment: no copy counts that nobody can see. */
export interface WeighedReport
  extends Pick<
    DuplicateReport,
    | 'question'
    | 'counts'
    | 'minSimilarity'
    | 'copies'
    | 'unknownPixels'
    | 'undescribedFiles'
    | 'decidedGroups'
    | 'decidedPairs'
  > {
  /** The most certain first, of equal certainty those that free most. */
  readonly groups: readonly WeighedGroup[];
  /** The most certain first, then by ids. */
  readonly pairs: readonly WeighedPair[];
  /** By the ids that the report has for their pictures. */
  readonly bridges: readonly WeighedBridge[];
  /** Every picture of a group or pair that is there, with the files first that are. */
  readonly pictures: ReadonlyMap<PictureId, CatalogPicture>;
  readonly freeableBytes: number;
  /** Pictures left out: all their paths are names of one file. */
  readonly oneFileNames: number;
  /**
   * Groups left out: fewer than two of their files are there as they were indexed, or those that are answer the question
   * no more.
   */
  readonly goneGroups: number;
  /** Pairs of no group left out likewise. */
  readonly gonePairs: number;
}

const CERTAINTY: Readonly<Record<DuplicateRelation | DuplicatePair['relation'], number>> = {
  identical: 0,
  'same-image-data': 1,
  'same-pixels': 2,
  copy: 3,
  similar: 4,
  burst: 5,
  unsure: 6,
};

/**
 * Takes out of a report what is not there, says what could be freed, and sorts it.
 * @param looks what was found at its paths, see pathsInReport
 */
export function weighReport(report: DuplicateReport, looks: PathLooks): WeighedReport {
  const sight = { looks, asked: new AskedFiles(report.question) };
  const equals = new EqualsThere(report, sight);
  const all = report.groups.map((group) => weighGroup(group, equals, sight));
  const groups = all.filter((group) => group !== null).sort(compareGroups);
  const oneFileGroups = report.groups.filter(
    (group, i) => all[i] === null && pathsOf(group.pictures).every((path) => thereAt(looks, path) !== null),
  );
  const linked = report.oneFileOnly.filter(
    ({ files }) => files.filter(({ path }) => thereAt(looks, path) !== null).length > 1,
  );
  const related = relatedThere(report, groups, equals, sight);
  return {
    question: report.question,
    counts: report.counts,
    minSimilarity: report.minSimilarity,
    copies: report.copies,
    groups,
    pairs: [...equalThere(groups, equals), ...related.pairs.values()].sort(comparePairs),
    bridges: bridgesThere(report, related.pairs, equals),
    pictures: equals.all(),
    freeableBytes: groups.reduce((sum, group) => sum + group.freeableBytes, 0),
    oneFileNames: linked.length + oneFileGroups.length,
    goneGroups: all.length - groups.length - oneFileGroups.length,
    gonePairs: related.gone,
    unknownPixels: report.unknownPixels,
    decidedGroups: report.decidedGroups,
    decidedPairs: report.decidedPairs,
    undescribedFiles: report.undescribedFiles,
  };
}

/** Every path that a report names. */
export function pathsInReport({ groups, ungrouped, oneFileOnly }: DuplicateReport): string[] {
  return pathsOf([...groups.flatMap(({ pictures }) => pictures), ...ungrouped, ...oneFileOnly]);
}

function pathsOf(pictures: readonly CatalogPicture[]): string[] {
  return pictures.flatMap(({ files }) => files.map(({ path }) => path));
}

function weighGroup(group: DuplicateGroup, equals: EqualsThere, sight: Sight): WeighedGroup | null {
  const { looks, asked } = sight;
  const files = filesThere(group.pictures, looks, asked);
  const spread = files.map((file) => file.spread).reduce(joinSpreads, NO_SPREAD);
  if (files.length < 2 || !asked.isAnswer(spread)) {
    return null;
  }
  const sets = new Set(group.pictures.map(({ id }) => equals.of(id)).filter((set) => set.length > 0));
  const pictures = group.pictures.map((picture) => thereFirst(picture, sight));
  return {
    ...describe(group, [...sets]),
    decision: group.decision,
    pictures: pictures.sort((a, b) => rankOf(a, sight) - rankOf(b, sight)),
    oneFile: pictures.flatMap((picture) => namesOfOneFile(filesWithLooks(picture, looks))),
    fileCount: files.length,
    sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    freeableBytes: [...sets].reduce((sum, set) => sum + freeableBytes(set, looks, asked), 0),
  };
}

/** The relation of what is there: without those that are away a group can be more than similar. */
function describe(
  { weakest, relation }: DuplicateGroup,
  sets: ReadonlyArray<readonly CatalogPicture[]>,
): Pick<DuplicateGroup, 'relation' | 'weakest'> {
  const [equals, ...others] = sets;
  if (equals === undefined || others.length > 0) {
    return { relation, weakest };
  }
  return equals.length === 1
    ? { relation: 'identical', weakest: null }
    : describeClass(equals.toSorted((a, b) => a.id - b.id));
}

/** Identities as they are now: the catalog's may be from before a file was copied or moved. */
function filesWithLooks({ files }: CatalogPicture, looks: PathLooks): PictureFile[] {
  return files.map(({ path }) => ({ path, identity: thereAt(looks, path)?.identity ?? null }));
}

function comparePairs(x: WeighedPair, y: WeighedPair): number {
  return (
    CERTAINTY[x.relation] - CERTAINTY[y.relation] || y.similarity - x.similarity || x.a - y.a || x.b - y.b
  );
}

function compareGroups(x: WeighedGroup, y: WeighedGroup): number {
  return (
    CERTAINTY[x.relation] - CERTAINTY[y.relation] ||
    similarityOf(y) - similarityOf(x) ||
    certaintyOf(y) - certaintyOf(x) ||
    y.freeableBytes - x.freeableBytes ||
    y.sizeBytes - x.sizeBytes ||
    (x.pictures[0]?.id ?? 0) - (y.pictures[0]?.id ?? 0)
  );
}

function similarityOf({ relation, weakest }: WeighedGroup): number {
  return relation === 'similar' ? (weakest?.similarity ?? 1) : 1;
}

/** Of copies, in few steps: of groups that are about as certain those come first that free most. */
function certaintyOf({ weakest }: WeighedGroup): number {
  const certainty = weakest?.certainty ?? 1;
  return CERTAINTY_STEPS.filter((step) => certainty >= step).length;
}

const CERTAINTY_STEPS = [0.5, 0.9, 0.99];
