import type { PictureId } from '../domain/picture.ts';
import type { CatalogPicture, PictureFile } from '../domain/picture-catalog.ts';
import { type DuplicateGroup, type DuplicateRelation, describeClass, equalBy } from './duplicate-group.ts';
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
  /** A file of each that is there. */
  readonly paths: readonly [a: string, b: string];
  /** Of equal ones, which of the two stands for all that are equal; null of others. */
  readonly standIn: PictureId | null;
}

/** A report by what is there at the moment: no copy counts that nobody can see. */
export interface WeighedReport
  extends Pick<DuplicateReport, 'minSimilarity' | 'copies' | 'unknownPixels' | 'undescribedFiles'> {
  /** The most certain first, of equal certainty those that free most. */
  readonly groups: readonly WeighedGroup[];
  /** The most certain first, then by ids. */
  readonly pairs: readonly WeighedPair[];
  readonly freeableBytes: number;
  /** Pictures left out: all their paths are names of one file. */
  readonly oneFileNames: number;
  /** Groups left out: fewer than two of their files are there as they were indexed. */
  readonly goneGroups: number;
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
  const equals = new Equals(report, looks);
  const all = report.groups.map((group) => weighGroup(group, equals, looks));
  const groups = all.filter((group) => group !== null).sort(compareGroups);
  const oneFileGroups = report.groups.filter(
    (group, i) => all[i] === null && pathsOf(group.pictures).every((path) => thereAt(looks, path) !== null),
  );
  const linked = report.oneFileOnly.filter(
    ({ files }) => files.filter(({ path }) => thereAt(looks, path) !== null).length > 1,
  );
  return {
    minSimilarity: report.minSimilarity,
    copies: report.copies,
    groups,
    pairs: pairsThere(report, equals),
    freeableBytes: groups.reduce((sum, group) => sum + group.freeableBytes, 0),
    oneFileNames: linked.length + oneFileGroups.length,
    goneGroups: all.length - groups.length - oneFileGroups.length,
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

  constructor({ groups, pairs, ungrouped }: DuplicateReport, looks: PathLooks) {
    for (const { a, b, relation } of pairs) {
      if (isEqualRelation(relation)) {
        this.#first.set(b, a);
      }
    }
    for (const picture of [...groups.flatMap(({ pictures }) => pictures), ...ungrouped]) {
      const members = this.#members.get(this.#firstOf(picture.id)) ?? [];
      this.#members.set(this.#firstOf(picture.id), members);
      if (picture.files.some(({ path }) => thereAt(looks, path) !== null)) {
        members.push(thereFirst(picture, looks));
      }
    }
    for (const members of this.#members.values()) {
      members.sort((a, b) => rankOf(a, looks) - rankOf(b, looks) || a.id - b.id);
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

  /** The one of them that stands for all. */
  standInOf(id: PictureId): CatalogPicture | undefined {
    return this.#standIn.get(this.#firstOf(id));
  }

  /** Every set of equals that are there. */
  sets(): Iterable<readonly CatalogPicture[]> {
    return this.#members.values();
  }

  #firstOf(id: PictureId): PictureId {
    return this.#first.get(id) ?? id;
  }
}

function weighGroup(group: DuplicateGroup, equals: Equals, looks: PathLooks): WeighedGroup | null {
  const files = filesThere(group.pictures, looks);
  if (files.length < 2) {
    return null;
  }
  const sets = new Set(group.pictures.map(({ id }) => equals.of(id)).filter((set) => set.length > 0));
  const pictures = group.pictures.map((picture) => thereFirst(picture, looks));
  return {
    ...describe(group, [...sets]),
    pictures: pictures.sort((a, b) => rankOf(a, looks) - rankOf(b, looks)),
    oneFile: pictures.flatMap((picture) => namesOfOneFile(filesWithLooks(picture, looks))),
    fileCount: files.length,
    sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    freeableBytes: [...sets].reduce((sum, set) => sum + freeableBytes(set, looks), 0),
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

/** In which order files come: what is a person's own first, so that none is a copy of what the library keeps itself. */
const RANKS = { own: 0, upload: 1, changed: 2, away: 3 };

function rankOfPath(path: string, looks: PathLooks): number {
  const look = looks.get(path);
  return look?.kind === 'there' ? RANKS[look.isUpload ? 'upload' : 'own'] : RANKS[look?.kind ?? 'away'];
}

/** A picture with the files first that are there, then those that have changed. */
function thereFirst(picture: CatalogPicture, looks: PathLooks): CatalogPicture {
  const rank = ({ path }: PictureFile) => rankOfPath(path, looks);
  return { ...picture, files: picture.files.toSorted((a, b) => rank(a) - rank(b)) };
}

/** @param picture with its files in their order */
function rankOf({ files }: CatalogPicture, looks: PathLooks): number {
  return rankOfPath(files[0]?.path ?? '', looks);
}

/** Identities as they are now: the catalog's may be from before a file was copied or moved. */
function filesWithLooks({ files }: CatalogPicture, looks: PathLooks): PictureFile[] {
  return files.map(({ path }) => ({ path, identity: thereAt(looks, path)?.identity ?? null }));
}

/** Pairs of what is there; where the picture that stands for its equals is away, another of them does. */
function pairsThere({ pairs }: DuplicateReport, equals: Equals): WeighedPair[] {
  const found: WeighedPair[] = [];
  for (const [first, ...others] of equals.sets()) {
    for (const other of others) {
      const standIn = first as CatalogPicture;
      found.push({ ...toPair(standIn, other, equalBy(standIn, other), 1), standIn: standIn.id });
    }
  }
  for (const { a, b, relation, similarity, certainty } of pairs) {
    const [one, other] = [equals.standInOf(a), equals.standInOf(b)];
    if (!isEqualRelation(relation) && one !== undefined && other !== undefined) {
      found.push({ ...toPair(one, other, relation, similarity), certainty });
    }
  }
  return found.sort(
    (x, y) =>
      CERTAINTY[x.relation] - CERTAINTY[y.relation] || y.similarity - x.similarity || x.a - y.a || x.b - y.b,
  );
}

function toPair(
  one: CatalogPicture,
  other: CatalogPicture,
  relation: DuplicatePair['relation'],
  similarity: number,
): WeighedPair {
  const [a, b] = one.id < other.id ? [one, other] : [other, one];
  const paths = [a.files[0]?.path ?? '', b.files[0]?.path ?? ''] as const;
  return { a: a.id, b: b.id, similarity, relation, certainty: 1, paths, standIn: null };
}

function compareGroups(x: WeighedGroup, y: WeighedGroup): number {
  return (
    CERTAINTY[x.relation] - CERTAINTY[y.relation] ||
    similarityOf(y) - similarityOf(x) ||
    y.freeableBytes - x.freeableBytes ||
    y.sizeBytes - x.sizeBytes ||
    (x.pictures[0]?.id ?? 0) - (y.pictures[0]?.id ?? 0)
  );
}

function similarityOf({ relation, weakest }: WeighedGroup): number {
  return relation === 'similar' || relation === 'copy' ? (weakest?.similarity ?? 1) : 1;
}
