import type { Database } from 'better-sqlite3';
import type { KnownFile } from '../domain/catalog.ts';
import type { ErrorCode } from '../domain/errors.ts';
import type { FileFailure } from '../domain/failure.ts';
import { pathsBelow } from './path-range.ts';
import { prepared } from './prepared.ts';

/** Rows read at a time: a connection can do nothing else while a statement is being stepped through. */
const PAGE_ROWS = 2_000;

const KNOWN_FILE = `
  SELECT f.path, f.size_bytes AS sizeBytes, f.modified_ms AS modifiedMs,
    f.picture_id AS pictureId,
    CASE
      WHEN f.failure_code IS NOT NULL THEN iif(f.failure_transient, 'failed-transiently', 'failed')
      WHEN d.picture_id IS NULL THEN 'undescribed'
      ELSE 'indexed'
    END AS state
  FROM files f
  LEFT JOIN descriptors d ON d.picture_id = f.picture_id
    AND d.model_id = (SELECT id FROM models WHERE key = @modelKey)`;

export async function* knownFiles(
  database: Database,
  root: string,
  modelKey: string,
): AsyncGenerator<KnownFile> {
  const itself = knownFile(database, root, modelKey);
  if (itself !== null) {
    yield itself;
  }
  const { from, to } = pathsBelow(root);
  const page = database.prepare(
    `${KNOWN_FILE} WHERE f.path > @after AND f.path < @to ORDER BY f.path LIMIT ${PAGE_ROWS}`,
  );
  let after = from;
  for (;;) {
    const rows = page.all({ modelKey, after, to }) as KnownFile[];
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE_ROWS) {
      return;
    }
    after = last.path;
  }
}

export function knownFile(database: Database, path: string, modelKey: string): KnownFile | null {
  const row = database.prepare(`${KNOWN_FILE} WHERE f.path = @path`).get({ modelKey, path });
  return (row as KnownFile | undefined) ?? null;
}

export async function* failures(database: Database): AsyncGenerator<FileFailure> {
  const page = database.prepare(
    `SELECT path, size_bytes AS sizeBytes, modified_ms AS modifiedMs, failure_code AS code,
       failure_message AS message, failed_at AS failedAt, failure_transient AS transient
     FROM files WHERE failure_code IS NOT NULL AND path > ? ORDER BY path LIMIT ${PAGE_ROWS}`,
  );
  let after = '';
  for (;;) {
    const rows = page.all(after) as Array<
      Omit<FileFailure, 'transient'> & { code: ErrorCode; transient: number }
    >;
    for (const row of rows) {
      yield { ...row, transient: row.transient === 1 };
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE_ROWS) {
      return;
    }
    after = last.path;
  }
}

/** Where uploads are kept; null before the first. */
export function uploadsFolder(database: Database): string | null {
  return prepared(database, 'SELECT uploads_folder FROM state').pluck().get() as string | null;
}
