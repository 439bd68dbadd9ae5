import { comparePaths } from '../domain/compare-paths.ts';
import type { PictureId } from '../domain/picture.ts';
import type { CatalogPicture } from '../domain/picture-catalog.ts';
import { type DuplicateRelation, equalBy } from './duplicate-group.ts';
import { isEqualRelation } from './equals-there.ts';
import type { DuplicatePair, DuplicateReport } from './find-duplicates.ts';
import { type PathLooks, thereAt } from './path-look.ts';

/** A file that is there, of a picture that equals or is related to others. */
export interface RelatedFile {
  readonly path: string;
  readonly picture: CatalogPicture;
}

/** All files that are there of pictures with equal pixels, one or more, ascending by path. */
export type EqualFiles = readonly RelatedFile[];

/** Two sets of equal files that are related. */
export interface FileLink {
  readonly a: EqualFiles;
  readonly b: EqualFiles;
  readonly relation: Exclude<DuplicatePair['relation'], 'same-image-data' | 'same-pixels'>;
  /** See DuplicatePair. */
  readonly certainty: number | null;
}

/** What a report says of files, whatever groups they are in; also where all are names of one file. */
export interface RelatedFiles {
  readonly sets: readonly EqualFiles[];
  readonly links: readonly FileLink[];
  /** Files that the report names and that are not there as they were indexed. */
  readonly absent: number;
}

export function relateFiles(report: DuplicateReport, looks: PathLooks): RelatedFiles {
  const { groups, ungrouped, oneFileOnly, pairs } = report;
  const named = [...groups.flatMap(({ pictures }) => pictures), ...ungrouped, ...oneFileOnly];
  const pictures = [...new Map(named.map((picture) => [picture.id, picture])).values()];
  const firstOf = new Map<PictureId, PictureId>();
  for (const { a, b, relation } of pairs) {
    if (isEqualRelation(relation)) {
      firstOf.set(b, a);
    }
  }
  const sets = new Map<PictureId, RelatedFile[]>();
  let absent = 0;
  for (const picture of pictures) {
    const first = firstOf.get(picture.id) ?? picture.id;
    const set = sets.get(first) ?? [];
    sets.set(first, set);
    const there = picture.files.filter(({ path }) => thereAt(looks, path) !== null);
    absent += picture.files.length - there.length;
    set.push(...there.map(({ path }) => ({ path, picture })));
  }
  for (const set of sets.values()) {
    set.sort((x, y) => comparePaths(x.path, y.path));
  }
  const setOf = (id: PictureId) => sets.get(firstOf.get(id) ?? id) ?? [];
  const links = pairs.flatMap(({ a, b, relation, certainty }): FileLink[] =>
    isEqualRelation(relation) ? [] : [{ a: setOf(a), b: setOf(b), relation, certainty } as FileLink],
  );
  return { sets: [...sets.values()].filter((set) => set.length > 0), links, absent };
}

/** What two of a set of equal files are to each other. */
export function equalRelation(
  one: RelatedFile,
  other: RelatedFile,
): Exclude<DuplicateRelation, 'copy' | 'similar'> {
  return one.picture.id === other.picture.id ? 'identical' : equalBy(one.picture, other.picture);
}
