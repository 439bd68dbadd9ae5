import type { PictureId } from '../domain/picture.ts';
import type { CatalogPicture } from '../domain/picture-catalog.ts';
import { joinSpreads, type Spread } from './asked-files.ts';
import { type DuplicateGroup, equalBy } from './duplicate-group.ts';
import { type EqualsThere, isEqualRelation, type Sight } from './equals-there.ts';
import type { Bridge } from './find-bridges.ts';
import type { DuplicatePair, DuplicateReport } from './find-duplicates.ts';
import { thereAt } from './path-look.ts';

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

/** Each of what is equal and there with the one that stands for it, in the groups that are told. */
export function equalThere(
  groups: ReadonlyArray<Pick<DuplicateGroup, 'pictures'>>,
  equals: EqualsThere,
): WeighedPair[] {
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
export function relatedThere(
  report: DuplicateReport,
  groups: ReadonlyArray<Pick<DuplicateGroup, 'pictures'>>,
  equals: EqualsThere,
  sight: Sight,
): { readonly pairs: ReadonlyMap<string, WeighedPair>; readonly gone: number } {
  const [wasIn, isIn] = [groupNumbers(report.groups), groupNumbers(groups)];
  const pairs = new Map<string, WeighedPair>();
  let gone = 0;
  for (const { a, b, relation, similarity, certainty, decision } of report.pairs) {
    if (isEqualRelation(relation)) {
      continue;
    }
    const [one, other] = [equals.standInOf(a), equals.standInOf(b)];
    const named =
      one !== undefined && other !== undefined && areTogether(isIn, one.id, other.id)
        ? ([namedBy(one), namedBy(other)] as const)
        : answeringFiles(equals.of(a), equals.of(b), sight);
    if (named !== null) {
      pairs.set(`${a} ${b}`, {
        ...toPair(...named, relation, similarity),
        certainty,
        ...(decision === undefined ? {} : { decision }),
      });
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
export function bridgesThere(
  { bridges }: DuplicateReport,
  pairs: ReadonlyMap<string, WeighedPair>,
  equals: EqualsThere,
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
