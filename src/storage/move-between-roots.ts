import type { Database } from 'better-sqlite3';
import type { PathRange } from './path-range.ts';
import type { StoredRoot } from './stored-roots.ts';

/** Which of a root's files and failures are meant. */
export interface PathsOfRoot {
  readonly root: StoredRoot;
  /** One path, below the root's; null for none beside the range. */
  readonly exact: string | null;
  readonly range: PathRange;
}

/**
 * Makes files and failures of one root those of another, which lies around or below it. Their absolute paths stay as
 * they are; where the other root has such a path already, its own row is kept.
 */
export function moveBetweenRoots(
  database: Database,
  { root, exact, range }: PathsOfRoot,
  to: StoredRoot,
): void {
  const values = {
    from: root.id,
    fromPath: root.path,
    to: to.id,
    toPath: to.path,
    exact,
    ...startAndEnd(range),
  };
  const chosen = 'root_id = @from AND (path = @exact OR (path >= @start AND path < @end))';
  for (const table of ['files', 'failures']) {
    database
      .prepare(
        `UPDATE OR IGNORE ${table} SET root_id = @to,
           path = substr(iif(path = '', @fromPath, @fromPath || '/' || path), length(@toPath) + 2)
         WHERE ${chosen}`,
      )
      .run(values);
    // What is left would be a second row of the same absolute path, which nothing would ever find or remove.
    database.prepare(`DELETE FROM ${table} WHERE ${chosen}`).run(values);
  }
}

function startAndEnd({ from, to }: PathRange) {
  return { start: from, end: to };
}
