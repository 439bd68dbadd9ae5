import type { Database } from 'better-sqlite3';
import type { FeedPosition } from '../domain/descriptor-store.ts';
import type { Embedding } from '../domain/embedding.ts';
import type { FileLedger } from '../domain/file-ledger.ts';
import type { PictureId } from '../domain/picture.ts';
import type { CatalogCounts } from '../domain/picture-catalog.ts';
import type { Relation, RelationStore } from '../domain/relation.ts';
import type { RootCounts } from '../domain/roots.ts';
import type { VectorSource } from '../domain/space.ts';
import type { Neighbor } from '../domain/vector-index.ts';
import { allDescribedAt } from './all-described.ts';
import { countVectors, nearestExactly } from './descriptor-queries.ts';
import { sameImageDataGroups, samePixelGroups } from './equal-pictures.ts';
import { countWithout, filesWithoutPage } from './files-without.ts';
import { integrityProblems } from './integrity-problems.ts';
import { type KnownColumns, packPage } from './known-columns.ts';
import { knownPage, type WantedPage } from './known-files.ts';
import { haveAllAFile } from './prune-orphans.ts';
import { relationsPage } from './relation-queries.ts';
import { snapshot } from './snapshot.ts';

/**
 * Questions that are answered by reading whole tables: seconds for a million pictures. See the ports of Catalog.
 */
export interface CatalogSurveys {
  countVectors(source: VectorSource): { readonly count: number; readonly position: FeedPosition };
  nearestExactly(source: VectorSource, query: Embedding, k: number): Neighbor[];
  counts(): CatalogCounts;
  countsByRoot(): RootCounts[];
  picturesWithSeveralFiles(): PictureId[];
  sameImageDataGroups(): PictureId[][];
  samePixelGroups(): PictureId[][];
  /** A page of FileLedger.filesWithout. @param after the last path of the page before; null for the first page */
  filesWithoutPage(modelKey: string, after: string | null): string[];
  countWithout(...args: Parameters<FileLedger['countWithout']>): number;
  /** See KnownPage. */
  knownColumns(wanted: WantedPage): KnownColumns;
  /** See allDescribedAt. */
  allDescribedAt(modelKeys: readonly string[]): number | null;
  haveAllAFile(): boolean;
  relationsPage(...args: Parameters<RelationStore['page']>): Relation[];
  integrityProblems(): string[];
}

export function catalogSurveys(database: Database): CatalogSurveys {
  return {
    countVectors: (source) => countVectors(database, source),
    nearestExactly: (source, query, k) => nearestExactly(database, source, query, k),
    counts: () => snapshot(database, () => counts(database)),
    countsByRoot: () => countsByRoot(database),
    picturesWithSeveralFiles: () => picturesWithSeveralFiles(database),
    sameImageDataGroups: () => sameImageDataGroups(database),
    samePixelGroups: () => samePixelGroups(database),
    filesWithoutPage: (modelKey, after) => filesWithoutPage(database, modelKey, after),
    countWithout: (modelKey, places) => countWithout(database, modelKey, places),
    allDescribedAt: (modelKeys) => allDescribedAt(database, modelKeys),
    haveAllAFile: () => haveAllAFile(database),
    knownColumns: (wanted) => packPage(knownPage(database, wanted)),
    relationsPage: (wanted, limit, after) => relationsPage(database, wanted, limit, after),
    integrityProblems: () => integrityProblems(database),
  };
}

/** Columns that count files that are not indexed as {@link notIndexedAs} tells them apart. @param condition SQL */
function notIndexed(condition: string): string {
  return `
    (SELECT count(*) FROM failures WHERE ${condition} AND code NOT IN ('FORMAT_UNSUPPORTED', 'NOT_A_PICTURE')) AS failures,
    (SELECT count(*) FROM failures WHERE ${condition} AND code = 'FORMAT_UNSUPPORTED') AS unsupported,
    (SELECT count(*) FROM failures WHERE ${condition} AND code = 'NOT_A_PICTURE') AS others,
    (SELECT count(*) FROM failures WHERE ${condition} AND raw_path = x'' AND EXISTS (
       SELECT 1 FROM files WHERE files.root_id = failures.root_id AND files.path = failures.path)) AS failedSince`;
}

function counts(database: Database): CatalogCounts {
  const row = database
    .prepare(
      `SELECT (SELECT count(DISTINCT picture_id) FROM files) AS pictures,
         (SELECT count(*) FROM files) AS files,
         ${notIndexed('true')},
         (SELECT coalesce(sum(size_bytes), 0) FROM files) AS bytes`,
    )
    .get() as Omit<CatalogCounts, 'described'>;
  const described = database
    .prepare(
      `SELECT m.key, count(DISTINCT p.picture_id) AS count FROM models m
         LEFT JOIN vectors v ON v.model_id = m.id AND v.name = 'cls' LEFT JOIN parts p ON p.id = v.part_id
       GROUP BY m.id ORDER BY m.id`,
    )
    .all() as Array<{ key: string; count: number }>;
  return { ...row, described: Object.fromEntries(described.map(({ key, count }) => [key, count])) };
}

function countsByRoot(database: Database): RootCounts[] {
  return database
    .prepare(
      `SELECT r.id AS root,
         (SELECT count(*) FROM files WHERE root_id = r.id) AS files,
         (SELECT count(DISTINCT picture_id) FROM files WHERE root_id = r.id) AS pictures,
         ${notIndexed('root_id = r.id')}
       FROM roots r WHERE r.kind = 'named'`,
    )
    .all() as RootCounts[];
}

function picturesWithSeveralFiles(database: Database): PictureId[] {
  return database
    .prepare('SELECT picture_id FROM files GROUP BY picture_id HAVING count(*) > 1 ORDER BY picture_id')
    .pluck()
    .all() as PictureId[];
}
