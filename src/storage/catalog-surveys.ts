import type { Database } from 'better-sqlite3';
import type { CatalogCounts } from '../domain/catalog.ts';
import type { Embedding } from '../domain/embedding.ts';
import type { PictureId } from '../domain/picture.ts';
import type { Neighbor } from '../domain/vector-index.ts';
import { nearestExactly } from './descriptor-queries.ts';

/** Questions that are answered by reading whole tables: seconds for a million pictures. See Catalog. */
export interface CatalogSurveys {
  nearestExactly(query: Embedding, k: number, modelKey: string): Neighbor[];
  counts(): CatalogCounts;
  picturesWithSeveralFiles(): PictureId[];
  samePixelGroups(): PictureId[][];
  integrityProblems(): string[];
}

export function catalogSurveys(database: Database): CatalogSurveys {
  return {
    nearestExactly: (query, k, modelKey) => nearestExactly(database, query, k, modelKey),
    counts: () => counts(database),
    picturesWithSeveralFiles: () =>
      database
        .prepare(
          `SELECT picture_id FROM files WHERE picture_id IS NOT NULL
           GROUP BY picture_id HAVING count(*) > 1 ORDER BY picture_id`,
        )
        .pluck()
        .all() as PictureId[],
    samePixelGroups() {
      const groups = database
        .prepare(
          `SELECT json_group_array(id) FROM
             (SELECT id, pixel_hash FROM pictures p
              WHERE EXISTS (SELECT 1 FROM files WHERE picture_id = p.id) ORDER BY id)
           GROUP BY pixel_hash HAVING count(*) > 1 ORDER BY min(id)`,
        )
        .pluck()
        .all() as string[];
      return groups.map((ids) => JSON.parse(ids) as PictureId[]);
    },
    integrityProblems() {
      const pages = database.pragma('integrity_check') as Array<{ integrity_check: string }>;
      const references = database.pragma('foreign_key_check') as Array<{ table: string }>;
      return [
        ...pages.map((row) => row.integrity_check).filter((line) => line !== 'ok'),
        ...references.map((row) => `a row of ${row.table} refers to a row that is not there`),
      ];
    },
  };
}

function counts(database: Database): CatalogCounts {
  const row = database
    .prepare(
      `SELECT (SELECT count(DISTINCT picture_id) FROM files) AS pictures,
         (SELECT count(*) FROM files WHERE picture_id IS NOT NULL) AS files,
         (SELECT count(*) FROM files WHERE failure_code IS NOT NULL) AS failures,
         (SELECT coalesce(sum(size_bytes), 0) FROM files WHERE picture_id IS NOT NULL) AS bytes`,
    )
    .get() as Omit<CatalogCounts, 'described'>;
  const described = database
    .prepare(
      `SELECT m.key, count(d.picture_id) AS count FROM models m LEFT JOIN descriptors d ON d.model_id = m.id
       GROUP BY m.id ORDER BY m.id`,
    )
    .all() as Array<{ key: string; count: number }>;
  return { ...row, described: Object.fromEntries(described.map(({ key, count }) => [key, count])) };
}
