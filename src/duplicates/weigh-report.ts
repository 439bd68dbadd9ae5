import type { PictureId } from '../domain/picture.ts';
import type { CatalogPicture, PictureFile } from '../domain/picture-catalog.ts';
import { AskedFiles, joinSpreads, NO_SPREAD, type Spread } from './asked-files.ts';
import { type DuplicateGroup, type DuplicateRelation, describeClass, equalBy } from './duplicate-group.ts';
import type { Bridge } from './find-bridges.ts';
import type { DuplicatePair, DuplicateReport } from './find-duplicates.ts';
import { filesThere, freeableBytes } from './freeable-bytes.ts';
import { namesOfOneFile } from './names-of-one-file.ts';
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

/** A pair of pictures that are both there. */
export interface WeighedPair extends DuplicatePair {
  /** A file of each that is there; of folders that are compared one of each of two. */
  readonly paths: readonly [a: string, b: string];
  /** Of equal ones, which of the two stands for all that are equal; null of others. */
  readonly standIn: PictureId | null;
}

/** See Bridge; all four are there. */
export interface WeighedBridge extends Pick<WeighedPair, 'a' | 'b' | 'similarity' | 'relation' | 'paths'> {
  readonly unlike: Bridge['unlike'] & { readonly paths: readonly [a: string, b: string] };
}

/** A report by what is there at the moment: no copy counts that nobody can see. */
export interface WeighedReport
  extends Pick<
    DuplicateReport,
    'question' | 'counts' | 'minSimilarity' | 'copies' | 'unknownPixels' | 'undescribedFiles'
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

/** What a report is weighed by. */
interface Sight {
  readonly looks: PathLooks;
  readonly asked: AskedFiles;
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

/** Whether pictures so related have the same pixels. */
function isEqualRelation(relation: DuplicatePair['relation']): boolean {
  return relation === 'same-image-data' || relation === 'same-pixels';
}

/**
 * Takes out of a report what is not there, says what could be freed, and sorts it.
 * @param looks what was found at its paths, see pathsInReport
 */
export function weighReport(report: DuplicateReport, looks: PathLooks): WeighedReport {
  const sight = { looks, asked: new AskedFiles(report.question) };
  const equals = new Equals(report, sight);
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

/** Which pictures of a report are equal, and a picture of each set of equals that is there. */
class Equals {
  readonly #first = new Map<PictureId, PictureId>();
  readonly #standIn = new Map<PictureId, CatalogPicture>();
  readonly #members = new Map<PictureId, CatalogPicture[]>();

  constructor({ groups, pairs, ungrouped }: DuplicateReport, sight: Sight) {
    for (const { a, b, relation } of pairs) {
      if (isEqualRelation(relation)) {
        this.#first.set(b, a);
      }
    }
    for (const picture of [...groups.flatMap(({ pictures }) => pictures), ...ungrouped]) {
      const members = this.#members.get(this.#firstOf(picture.id)) ?? [];
      this.#members.set(this.#firstOf(picture.id), members);
      if (picture.files.some(({ path }) => thereAt(sight.looks, path) !== null)) {
        members.push(thereFirst(picture, sight));
      }
    }
    for (const members of this.#members.values()) {
      members.sort((a, b) => rankOf(a, sight) - rankOf(b, sight) || a.id - b.id);
    }
    for (const [first, [standIn]] of this.#members) {
      if (standIn !== undefined) {
        this.#standIn.set(first, standIn);
      }
    }
  }

  /**
   * The equals of a picture that are there, itself among them; the one that stands for all first, then by ascending id;
   * each with the files first that are there.
   */
  of(id: PictureId): readonly CatalogPicture[] {
    return this.#members.get(this.#firstOf(id)) ?? [];
  }

  /** Every picture that is there. */
  all(): Map<PictureId, CatalogPicture> {
    return new Map([...this.#members.values()].flat().map((picture) => [picture.id, picture]));
  }

  /** The one of them that stands for all. */
  standInOf(id: PictureId): CatalogPicture | undefined {
    return this.#standIn.get(this.#firstOf(id));
  }

  #firstOf(id: PictureId): PictureId {
    return this.#first.get(id) ?? id;
  }
}

function weighGroup(group: DuplicateGroup, equals: Equals, sight: Sight): WeighedGroup | null {
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

/**
 * In which order files come: what is to be kept, then what is a person's own, so that none is a copy of what the library
 * keeps itself.
 */
const RANKS = { reference: 0, own: 1, upload: 2, changed: 3, away: 4 };

function rankOfPath(path: string, { looks, asked }: Sight): number {
  const look = looks.get(path);
  if (look?.kind !== 'there') {
    return RANKS[look?.kind ?? 'away'];
  }
  const isKept = asked.isReference(path) && !look.isLink;
  return RANKS[isKept ? 'reference' : look.isUpload ? 'upload' : 'own'];
}

/** A picture with the files first that are there, then those that have changed. */
function thereFirst(picture: CatalogPicture, sight: Sight): CatalogPicture {
  const rank = ({ path }: PictureFile) => rankOfPath(path, sight);
  return { ...picture, files: picture.files.toSorted((a, b) => rank(a) - rank(b)) };
}

/** @param picture with its files in their order */
function rankOf({ files }: CatalogPicture, sight: Sight): number {
  return rankOfPath(files[0]?.path ?? '', sight);
}

/** Identities as they are now: the catalog's may be from before a file was copied or moved. */
function filesWithLooks({ files }: CatalogPicture, looks: PathLooks): PictureFile[] {
  return files.map(({ path }) => ({ path, identity: thereAt(looks, path)?.identity ?? null }));
}

/** Each of what is equal and there with the one that stands for it, in the groups that are told. */
function equalThere(groups: readonly WeighedGroup[], equals: Equals): WeighedPair[] {
  const sets = new Set(groups.flatMap(({ pictures }) => pictures.map(({ id }) => equals.of(id))));
  return [...sets].flatMap(([standIn, ...others]) =>
    others.map((other) => {
      const one = standIn as CatalogPicture;
      const pair = toPair(namedBy(one), namedBy(other), equalBy(one, other), 1);
      return { ...pair, standIn: one.id };
    }),
  );
}

/**
 * Pairs of what is not equal and there, by their pictures in the report; where the picture that stands for its equals is
 * away, another of them does.
 */
function relatedThere(
  report: DuplicateReport,
  groups: readonly WeighedGroup[],
  equals: Equals,
  sight: Sight,
): { readonly pairs: ReadonlyMap<string, WeighedPair>; readonly gone: number } {
  const [wasIn, isIn] = [groupNumbers(report.groups), groupNumbers(groups)];
  const pairs = new Map<string, WeighedPair>();
  let gone = 0;
  for (const { a, b, relation, similarity, certainty } of report.pairs) {
    if (isEqualRelation(relation)) {
      continue;
    }
    const [one, other] = [equals.standInOf(a), equals.standInOf(b)];
    const named =
      one !== undefined && other !== undefined && areTogether(isIn, one.id, other.id)
        ? ([namedBy(one), namedBy(other)] as const)
        : answeringFiles(equals.of(a), equals.of(b), sight);
    if (named !== null) {
      pairs.set(`${a} ${b}`, { ...toPair(...named, relation, similarity), certainty });
    } else if (!areTogether(wasIn, a, b)) {
      gone++;
    }
  }
  return { pairs, gone };
}

/** The group of each picture, by its number. */
function groupNumbers(groups: ReadonlyArray<Pick<DuplicateGroup, 'pictures'>>): Map<PictureId, number> {
  return new Map(groups.flatMap(({ pictures }, i) => pictures.map(({ id }) => [id, i] as const)));
}

function areTogether(groupOf: ReadonlyMap<PictureId, number>, a: PictureId, b: PictureId): boolean {
  return groupOf.has(a) && groupOf.get(a) === groupOf.get(b);
}

/** A picture by one of its files. */
interface NamedPicture {
  readonly id: PictureId;
  readonly path: string;
}

/** @param picture with its files in their order */
function namedBy({ id, files }: CatalogPicture): NamedPicture {
  return { id, path: files[0]?.path ?? '' };
}

/** A file that is there of each of two sets of equals, so that both answer the question; null when none do. */
function answeringFiles(
  ones: readonly CatalogPicture[],
  others: readonly CatalogPicture[],
  sight: Sight,
): readonly [NamedPicture, NamedPicture] | null {
  const ofOthers = firstOfEachSpread(others, sight);
  for (const [spread, one] of firstOfEachSpread(ones, sight)) {
    for (const [otherSpread, other] of ofOthers) {
      if (sight.asked.isAnswer(joinSpreads(spread, otherSpread))) {
        return [one, other];
      }
    }
  }
  return null;
}

/** Of the files that are there the first of each place. */
function firstOfEachSpread(
  pictures: readonly CatalogPicture[],
  { looks, asked }: Sight,
): ReadonlyArray<readonly [Spread, NamedPicture]> {
  const found = new Map<string, readonly [Spread, NamedPicture]>();
  for (const { id, files } of pictures) {
    for (const { path } of files) {
      const spread = asked.spreadOf(path);
      const key = `${spread.place} ${spread.hasOthers}`;
      if (!found.has(key) && thereAt(looks, path) !== null) {
        found.set(key, [spread, { id, path }]);
      }
    }
  }
  return [...found.values()];
}

/** Bridges of which all four pictures are there. */
function bridgesThere(
  { bridges }: DuplicateReport,
  pairs: ReadonlyMap<string, WeighedPair>,
  equals: Equals,
): WeighedBridge[] {
  return bridges.flatMap(({ a, b, unlike }) => {
    const pair = pairs.get(`${a} ${b}`);
    const [one, other] = [equals.standInOf(unlike.a), equals.standInOf(unlike.b)];
    if (pair === undefined || one === undefined || other === undefined) {
      return [];
    }
    const isTurned = equals.of(b).some(({ id }) => id === pair.a);
    const ends = [nameIn(pair, one), nameIn(pair, other)];
    const [first, second] = (isTurned ? ends.reverse() : ends) as [NamedPicture, NamedPicture];
    const { similarity, relation, paths } = pair;
    return {
      ...{ a: pair.a, b: pair.b, similarity, relation, paths },
      unlike: { a: first.id, b: second.id, paths: [first.path, second.path] as const },
    };
  });
}

/** A picture by the file that a pair names of it, or of one that equals it. */
function nameIn({ a, b, paths }: WeighedPair, picture: CatalogPicture): NamedPicture {
  const path = picture.id === a ? paths[0] : picture.id === b ? paths[1] : undefined;
  return path === undefined ? namedBy(picture) : { id: picture.id, path };
}

function toPair(
  one: NamedPicture,
  other: NamedPicture,
  relation: DuplicatePair['relation'],
  similarity: number,
): WeighedPair {
  const [a, b] = one.id < other.id ? [one, other] : [other, one];
  return { a: a.id, b: b.id, similarity, relation, certainty: 1, paths: [a.path, b.path], standIn: null };
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
