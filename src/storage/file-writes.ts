import type { Database } from 'better-sqlite3';
import type { FileFailure } from '../domain/failure.ts';
import type { FileStamp, PictureId } from '../domain/picture.ts';
import { prepared } from './prepared.ts';
import type { Place } from './stored-roots.ts';

/** Writes that a file holds a picture: what failed at its path is mended. */
export function writeFile(database: Database, place: Place, stamp: FileStamp, picture: PictureId): void {
  setAside(database, place, stamp, picture);
  prepared(
    database,
    `INSERT INTO files (root_id, path, device_id, inode, size_bytes, modified_ms, changed_ms, picture_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (root_id, path) DO UPDATE SET device_id = excluded.device_id, inode = excluded.inode,
       size_bytes = excluded.size_bytes, modified_ms = excluded.modified_ms, changed_ms = excluded.changed_ms,
       picture_id = excluded.picture_id`,
  ).run(place.rootId, place.path, ...stampColumns(database, stamp), picture);
  removeFailure(database, place);
}

/** What a path held on another device stays known until it is there again. */
function setAside(
  database: Database,
  { rootId, path }: Place,
  { device }: FileStamp,
  picture: PictureId,
): void {
  prepared(
    database,
    `INSERT INTO displaced_files (root_id, path, device_id, picture_id)
     SELECT f.root_id, f.path, f.device_id, f.picture_id FROM files f JOIN devices d ON d.id = f.device_id
     WHERE f.root_id = @rootId AND f.path = @path AND f.picture_id <> @picture AND d.identity <> @device
     ON CONFLICT (root_id, path, device_id) DO UPDATE SET picture_id = excluded.picture_id`,
  ).run({ rootId, path, picture, device });
  prepared(
    database,
    'DELETE FROM displaced_files WHERE root_id = @rootId AND path = @path AND picture_id = @picture',
  ).run({ rootId, path, picture });
}

/** Writes why a path could not be read; the file that it was stays. */
export function writeFailure(database: Database, place: Place, failure: FileFailure): void {
  const { stamp, rawPath, code, message, failedAt, retry, conditions } = failure;
  prepared(
    database,
    `INSERT OR REPLACE INTO failures (root_id, path, raw_path, device_id, inode, size_bytes, modified_ms, changed_ms,
       code, message, failed_at, retry, conditions)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    place.rootId,
    place.path,
    Buffer.from(rawPath ?? []),
    ...stampColumns(database, stamp),
    code,
    message,
    failedAt,
    retry,
    conditions,
  );
}

/** Changes what tells a file from others by the same path, and nothing else. */
export function restampFile(database: Database, place: Place, stamp: FileStamp): void {
  const [device, inode, , , changed] = stampColumns(database, stamp);
  prepared(
    database,
    'UPDATE files SET device_id = ?, inode = ?, changed_ms = ? WHERE root_id = ? AND path = ?',
  ).run(device, inode, changed, place.rootId, place.path);
}

/**
 * Removes a file and what failed at its path, but nothing of names that are not UTF-8 and look the same.
 * @returns the picture that it held; null when no file was there
 */
export function removeFile(database: Database, place: Place): PictureId | null {
  removeFailure(database, place);
  const picture = prepared(database, 'DELETE FROM files WHERE root_id = ? AND path = ? RETURNING picture_id')
    .pluck()
    .get(place.rootId, place.path);
  return (picture as PictureId | undefined) ?? null;
}

/** @param names bytes of absolute paths that are not UTF-8 */
export function removeNames(database: Database, names: readonly Uint8Array[]): void {
  const hex = names.map((name) => Buffer.from(name).toString('hex'));
  database
    .prepare(
      `DELETE FROM failures WHERE raw_path <> x'' AND raw_path IN (SELECT unhex(value) FROM json_each(?))`,
    )
    .run(JSON.stringify(hex));
}

function removeFailure(database: Database, place: Place): void {
  prepared(database, `DELETE FROM failures WHERE root_id = ? AND path = ? AND raw_path = x''`).run(
    place.rootId,
    place.path,
  );
}

function stampColumns(database: Database, stamp: FileStamp) {
  const device = stamp.device === null ? null : deviceRow(database, stamp.device);
  return [device, stamp.inode, stamp.sizeBytes, stamp.modifiedMs, stamp.changedMs] as const;
}

function deviceRow(database: Database, identity: string): number {
  const known = prepared(database, 'SELECT id FROM devices WHERE identity = ?').pluck().get(identity);
  const row =
    known ??
    prepared(database, 'INSERT INTO devices (identity) VALUES (?) RETURNING id').pluck().get(identity);
  return row as number;
}
