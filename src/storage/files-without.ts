import type { Database } from 'better-sqlite3';
import type { PictureFilter } from '../domain/filter.ts';
import { filterCondition } from './filter-condition.ts';
import { modelRow } from './model-rows.ts';
import { pageInPathOrder } from './path-order.ts';
import { snapshot } from './snapshot.ts';
import { absolutePath, storedRoots } from './stored-roots.ts';

/** Paths read in one go. */
export const FILES_WITHOUT_PAGE = 2_000;

/** Of a row `f` of `files`: its picture lacks a descriptor of the model with the row id `@model`. */
const LACKS_DESCRIPTOR = `NOT EXISTS (
  SELECT 1 FROM parts p JOIN vectors v ON v.part_id = p.id
  WHERE p.picture_id = f.picture_id AND p.kind = 'whole' AND v.model_id = @model AND v.name = 'cls')`;

const HAS_FAILED_FOR_GOOD = `EXISTS (
  SELECT 1 FROM failures x WHERE x.root_id = f.root_id AND x.path = f.path AND x.raw_path = x''
    AND (x.retry = 'changed' OR x.code = 'FILE_ROTTEN'))`;

/** A page of FileLedger.filesWithout. @param after the last path of the page before; null for the first page */
export function filesWithoutPage(database: Database, modelKey: string, after: string | null): string[] {
  return snapshot(database, () => {
    const model = modelRow(database, modelKey);
    const page = pageInPathOrder(storedRoots(database), after, FILES_WITHOUT_PAGE, (root, behind, limit) => {
      const comparison = behind === null ? '>=' : '>';
      const paths = database
        .prepare(
          `SELECT path FROM files f WHERE root_id = @rootId AND path ${comparison} @behind AND ${LACKS_DESCRIPTOR}
           ORDER BY path LIMIT @limit`,
        )
        .pluck()
        .all({ rootId: root.id, behind: behind ?? '', model, limit }) as string[];
      return paths.map((path) => ({ path: absolutePath(root.path, path) }));
    });
    return page.map(({ path }) => path);
  });
}

/** See FileLedger.countWithout. */
export function countWithout(
  database: Database,
  modelKey: string,
  { pathPrefix }: Pick<PictureFilter, 'pathPrefix'> = {},
): number {
  return snapshot(database, () => {
    const places = pathPrefix === undefined ? {} : { pathPrefix };
    const { sql, values } = filterCondition(places, () => storedRoots(database));
    return database
      .prepare(`SELECT count(*) FROM files f WHERE ${LACKS_DESCRIPTOR} AND NOT ${HAS_FAILED_FOR_GOOD}${sql}`)
      .pluck()
      .get({ model: modelRow(database, modelKey), ...values }) as number;
  });
}
