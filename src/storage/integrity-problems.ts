import type { Database } from 'better-sqlite3';
import { lastGeneration } from './commits.ts';
import { ABSOLUTE_PATH } from './stored-roots.ts';

/** See Catalog.integrityProblems. */
export function integrityProblems(database: Database): string[] {
  const pages = database.pragma('integrity_check') as Array<{ integrity_check: string }>;
  const problems = pages.map((row) => row.integrity_check).filter((line) => line !== 'ok');
  return [...problems, ...missingRows(database), ...wrongRows(database)];
}

/** Rows that refer to rows which are not there: files without their root or picture, vectors without their part. */
function missingRows(database: Database): string[] {
  const references = database.pragma('foreign_key_check') as Array<{ table: string; parent: string }>;
  return references.map(
    ({ table, parent }) => `a row of ${table} refers to a row of ${parent} that is not there`,
  );
}

/** Rows `f` whose path another root has rather than theirs (see storedRoots): nothing would ever find them. */
const STRAY = `JOIN roots r ON r.id = f.root_id WHERE EXISTS (
  SELECT 1 FROM roots s WHERE CASE s.kind
    WHEN 'uploads' THEN r.kind <> 'uploads' AND substr(${ABSOLUTE_PATH}, 1, length(s.path) + 1) = s.path || '/'
    WHEN 'named' THEN (r.kind = 'listed' OR (r.kind = 'named' AND length(s.path) > length(r.path)))
      AND substr(${ABSOLUTE_PATH} || '/', 1, length(s.path) + 1) = s.path || '/'
    ELSE FALSE END)`;

/** What should never be found, each as a count and a sentence about one such row. */
const WRONG_ROWS: ReadonlyArray<readonly [sql: string, sentence: string]> = [
  [
    `SELECT count(*) FROM pictures p
     WHERE NOT EXISTS (SELECT 1 FROM parts WHERE picture_id = p.id AND kind = 'whole')`,
    'a picture has no part that is the whole of it',
  ],
  [
    'SELECT count(*) FROM vectors WHERE generation > @last',
    'a vector is newer than the last commit, so no index hears of it',
  ],
  [
    'SELECT count(*) FROM removed_parts WHERE generation > @last',
    'the removal of a part is newer than the last commit, so no index hears of it',
  ],
  [
    'SELECT count(*) FROM removed_parts WHERE part_id IN (SELECT id FROM parts)',
    'a part that was removed is there again',
  ],
  [
    // `copy` has none while a reindex that brings it goes on, or was stopped.
    `SELECT count(*) FROM (SELECT space_id FROM spaces GROUP BY space_id
       HAVING sum(active) > 1 OR (space_id = 'similar' AND sum(active) = 0))`,
    'a space does not have one active revision',
  ],
  [
    `SELECT count(*) FROM files f ${STRAY}`,
    'a file stands under another root than the one that has its path',
  ],
  [
    `SELECT count(*) FROM failures f ${STRAY}`,
    'a failure stands under another root than the one that has its path',
  ],
];

function wrongRows(database: Database): string[] {
  const last = lastGeneration(database);
  return WRONG_ROWS.flatMap(([sql, sentence]) => {
    const count = database
      .prepare(sql)
      .pluck()
      .get(sql.includes('@last') ? { last } : {}) as number;
    return count === 0 ? [] : [`${sentence}${count === 1 ? '' : ` (${count} times)`}`];
  });
}
