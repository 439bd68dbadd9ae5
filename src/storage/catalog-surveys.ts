import type { Database } from 'better-sqlite3';
import type { FeedPosition } from '../domain/descriptor-store.ts';
import type { Embedding } from '../domain/embedding.ts';
import { PIXEL_HASH_VERSION, type PictureId } from '../domain/picture.ts';
import type { CatalogCounts } from '../domain/picture-catalog.ts';
import type { Relation, RelationStore } from '../domain/relation.ts';
import type { VectorSource } from '../domain/space.ts';
import type { Neighbor } from '../domain/vector-index.ts';
import { countVectors, nearestExactly } from './descriptor-queries.ts';
import { countWithout, filesWithoutPage } from './files-without.ts';
import { integrityProblems } from './integrity-problems.ts';
import { relationsPage } from './relation-queries.ts';
import { snapshot } from './snapshot.ts';

/**
 * Questions that are answered by reading whole tables: seconds for a million pictures. See the ports of Catalog.
 */
export interface CatalogSurveys {
  countVectors(source: VectorSource): { readonly count: number; readonly position: FeedPosition };
  nearestExactly(source: VectorSource, query: Embedding, k: number): Neighbor[];
  counts(): CatalogCounts;
  picturesWithSeveralFiles(): PictureId[];
  samePixelGroups(): PictureId[][];
  countUnknownPixels(): number;
  /** A page of FileLedger.filesWithout. @param after the last path of the page before; null for the first page */
  filesWithoutPage(modelKey: string, after: string | null): string[];
  countWithout(modelKey: string): number;
  relationsPage(...args: Parameters<RelationStore['page']>): Relation[];
  integrityProblems(): string[];
}

export function catalogSurveys(database: Database): CatalogSurveys {
  return {
    countVectors: (source) => countVectors(database, source),
    nearestExactly: (source, query, k) => nearestExactly(database, source, query, k),
    counts: () => snapshot(database, () => counts(database)),
    picturesWithSeveralFiles: () => picturesWithSeveralFiles(database),
    samePixelGroups: () => samePixelGroups(database),
    countUnknownPixels: () => countUnknownPixels(database),
    filesWithoutPage: (modelKey, after) => filesWithoutPage(database, modelKey, after),
    countWithout: (modelKey) => countWithout(database, modelKey),
    relationsPage: (wanted, limit, after) => relationsPage(database, wanted, limit, after),
    integrityProblems: () => integrityProblems(database),
  };
}

function counts(database: Database): CatalogCounts {
  const row = database
    .prepare(
      `SELECT (SELECT count(DISTINCT picture_id) FROM files) AS pictures,
         (SELECT count(*) FROM files) AS files,
         (SELECT count(*) FROM failures) AS failures,
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

function picturesWithSeveralFiles(database: Database): PictureId[] {
  return database
    .prepare('SELECT picture_id FROM files GROUP BY picture_id HAVING count(*) > 1 ORDER BY picture_id')
    .pluck()
    .all() as PictureId[];
}

function samePixelGroups(database: Database): PictureId[][] {
  const groups = database
    .prepare(
      `SELECT json_group_array(id) FROM
         (SELECT id, pixel_hash FROM pictures p
          WHERE pixel_hash_version = ? AND EXISTS (SELECT 1 FROM files WHERE picture_id = p.id) ORDER BY id)
       GROUP BY pixel_hash HAVING count(*) > 1 ORDER BY min(id)`,
    )
    .pluck()
    .all(PIXEL_HASH_VERSION) as string[];
  return groups.map((ids) => JSON.parse(ids) as PictureId[]);
}

/** Hashes of another version are as good as none. */
function countUnknownPixels(database: Database): number {
  return database
    .prepare(
      `SELECT count(*) FROM pictures p WHERE pixel_hash_version IS NOT ?
         AND EXISTS (SELECT 1 FROM files WHERE picture_id = p.id)`,
    )
    .pluck()
    .get(PIXEL_HASH_VERSION) as number;
}
