import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { lookOf } from '../../src/indexer/file-look.ts';

/**
 * Gives a file other bytes, as a failing disk does: its size and times are those that the library knows. No program can
 * write to a file and put back when that was, so the catalog is told that it had that time before.
 * @param path of the only file of its name in the library
 */
export function rotFile(library: string, path: string): void {
  const bytes = readFileSync(path);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] as number) ^ 1;
  const { atime, mtime } = statSync(path);
  writeFileSync(path, bytes);
  utimesSync(path, atime, mtime);
  const { modifiedMs, changedMs } = lookOf(statSync(path, { bigint: true }));
  const database = new Database(join(library, 'catalog.sqlite'));
  const name = basename(path);
  const { changes } = database
    .prepare(
      'UPDATE files SET modified_ms = ?, changed_ms = ? WHERE path = ? OR substr(path, -length(?) - 1) = ?',
    )
    .run(modifiedMs, changedMs, name, name, `/${name}`);
  database.close();
  if (changes !== 1) {
    throw new Error(`${changes} files of the library are called ${name}`);
  }
}
