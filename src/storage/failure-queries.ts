import type { Database } from 'better-sqlite3';
import type { FailureCode, FileFailure, Retry } from '../domain/failure.ts';
import { pageInPathOrder } from './path-order.ts';
import { prepared } from './prepared.ts';
import { snapshot } from './snapshot.ts';
import { absolutePath, type StoredRoot, storedRoots } from './stored-roots.ts';

/** Paths with failures that are read in one go. */
export const FAILED_PATHS_PAGE = 500;

/** What failed at one path: several names that are not UTF-8 can look the same. */
export interface FailedPath {
  /** Absolute. */
  readonly path: string;
  readonly failures: readonly FileFailure[];
}

interface FailureRow {
  readonly path: string;
  readonly raw_path: Buffer;
  readonly size_bytes: number;
  readonly modified_ms: number;
  readonly changed_ms: number | null;
  readonly inode: string | null;
  readonly device: string | null;
  readonly code: FailureCode;
  readonly message: string;
  readonly failed_at: string;
  readonly retry: Retry;
  readonly conditions: string;
}

/** Which rows of `failures` are meant: of files that are no pictures, or all the others. */
const OF_KIND = { failure: "code <> 'NOT_A_PICTURE'", other: "code = 'NOT_A_PICTURE'" };

/**
 * A page of what was not indexed, ascending by path.
 * @param after absolute path of the last one; null for the first page
 */
export function failedPathsPage(
  database: Database,
  kind: keyof typeof OF_KIND,
  after: string | null,
): FailedPath[] {
  return snapshot(database, () =>
    pageInPathOrder(storedRoots(database), after, FAILED_PATHS_PAGE, (root, behind, limit) =>
      failedPathsOf(database, kind, root, behind, limit),
    ),
  );
}

function failedPathsOf(
  database: Database,
  kind: keyof typeof OF_KIND,
  root: StoredRoot,
  behind: string | null,
  limit: number,
): FailedPath[] {
  const comparison = behind === null ? '>=' : '>';
  const rows = prepared(
    database,
    `SELECT f.*, d.identity AS device FROM failures f LEFT JOIN devices d ON d.id = f.device_id
     WHERE f.root_id = @rootId AND f.${OF_KIND[kind]} AND f.path IN (SELECT DISTINCT path FROM failures
       WHERE root_id = @rootId AND path ${comparison} @behind AND ${OF_KIND[kind]} ORDER BY path LIMIT @limit)
     ORDER BY f.path, f.raw_path`,
  ).all({ rootId: root.id, behind: behind ?? '', limit }) as FailureRow[];
  const found: Array<{ path: string; failures: FileFailure[] }> = [];
  for (const row of rows) {
    const failure = toFailure(absolutePath(root.path, row.path), row);
    const last = found.at(-1);
    if (last?.path === failure.stamp.path) {
      last.failures.push(failure);
    } else {
      found.push({ path: failure.stamp.path, failures: [failure] });
    }
  }
  return found;
}

function toFailure(path: string, row: FailureRow): FileFailure {
  return {
    stamp: {
      path,
      sizeBytes: row.size_bytes,
      modifiedMs: row.modified_ms,
      changedMs: row.changed_ms,
      inode: row.inode,
      device: row.device,
    },
    rawPath: row.raw_path.length === 0 ? null : new Uint8Array(row.raw_path),
    code: row.code,
    message: row.message,
    failedAt: row.failed_at,
    retry: row.retry,
    conditions: row.conditions,
  };
}
