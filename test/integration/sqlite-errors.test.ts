import assert from 'node:assert/strict';
import { mkdirSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import Database, { SqliteError } from 'better-sqlite3';
import { EideticError, type ErrorCode } from '../../src/domain/errors.ts';
import { translateSqliteError } from '../../src/storage/sqlite-errors.ts';
import { makeMountFolder, runCommand } from '../support/mount-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What the error of some work with a file means. */
function meaningOf(file: string, work: () => unknown): EideticError {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof SqliteError, String(error));
    const meaning = translateSqliteError(error, file);
    assert.ok(meaning instanceof EideticError, error.code);
    assert.equal(meaning.cause, error);
    assert.ok(meaning.message.includes(file));
    return meaning;
  }
  assert.fail('expected an error, found none');
}

function newDatabase(folder = temporaryFolder()): { file: string; database: Database.Database } {
  const file = join(folder, 'catalog.sqlite');
  const database = new Database(file, { timeout: 0 });
  database.exec('CREATE TABLE a (b UNIQUE)');
  return { file, database };
}

describe('an error of SQLite', () => {
  it('is CATALOG_BUSY when another connection stands in the way', () => {
    const { file, database } = newDatabase();
    const other = new Database(file, { timeout: 0 });
    other.exec('BEGIN IMMEDIATE');
    assert.equal(meaningOf(file, () => database.exec('INSERT INTO a VALUES (1)')).code, 'CATALOG_BUSY');
    other.close();
    database.close();
  });

  it('is CATALOG_DAMAGED only when the file proved to be', () => {
    const file = join(temporaryFolder(), 'catalog.sqlite');
    writeFileSync(file, 'This is not a database. '.repeat(100));
    const database = new Database(file);
    const { code, message } = meaningOf(file, () => database.exec('SELECT * FROM a'));
    assert.deepEqual([code, /is damaged/.test(message)], ['CATALOG_DAMAGED', true]);
    database.close();
  });

  it('is NOT_FOUND when the file is not there', () => {
    const file = join(temporaryFolder(), 'catalog.sqlite');
    const meaning = meaningOf(file, () => {
      const database = new Database(file, { fileMustExist: true });
      database.exec('SELECT 1');
    });
    assert.equal(meaning.code, 'NOT_FOUND');
  });

  it('is READ_ONLY where nothing can be written', (t) => {
    const folder = makeMountFolder(t)?.mount('disk', '-t', 'tmpfs', 'none');
    if (folder === undefined) {
      return;
    }
    const { file, database } = newDatabase(folder);
    database.close();
    runCommand('mount', '-o', 'remount,ro', folder);
    const inPlace = new Database(file);
    assert.equal(meaningOf(file, () => inPlace.exec('INSERT INTO a VALUES (1)')).code, 'READ_ONLY');
    inPlace.close();
  });

  it('is STORAGE_FULL on a full disk, whatever SQLite was about to write', (t) => {
    const folder = makeMountFolder(t)?.mount('disk', '-t', 'tmpfs', '-o', 'size=256k', 'none');
    if (folder === undefined) {
      return;
    }
    const { file, database } = newDatabase(folder);
    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(join(folder, 'ballast'), Buffer.alloc(bavail * bsize));
    assert.equal(
      meaningOf(file, () => database.exec('INSERT INTO a VALUES (randomblob(99999))')).code,
      'STORAGE_FULL',
    );
    database.close();
    const log = new Database(file);
    assert.equal(
      meaningOf(file, () => log.exec('PRAGMA journal_mode = WAL; SELECT * FROM a')).code,
      'STORAGE_FULL',
    );
    log.close();
  });

  it('is CATALOG_BUSY, and no damage, when the disk reports an error', () => {
    const folder = temporaryFolder();
    const { file, database } = newDatabase(folder);
    mkdirSync(`${file}-wal`);
    const { code, message } = meaningOf(file, () =>
      database.exec('PRAGMA journal_mode = WAL; SELECT * FROM a'),
    );
    assert.equal(code, 'CATALOG_BUSY');
    assert.match(message, /reported an error .*check the disk/);
    database.close();
  });

  const codes: Readonly<Record<string, ErrorCode>> = {
    SQLITE_BUSY_SNAPSHOT: 'CATALOG_BUSY',
    SQLITE_LOCKED: 'CATALOG_BUSY',
    SQLITE_FULL: 'STORAGE_FULL',
    SQLITE_CORRUPT_INDEX: 'CATALOG_DAMAGED',
    SQLITE_IOERR_READ: 'CATALOG_BUSY',
    SQLITE_IOERR_FSYNC: 'CATALOG_BUSY',
    SQLITE_READONLY_DBMOVED: 'NOT_FOUND',
    SQLITE_READONLY_DIRECTORY: 'READ_ONLY',
    SQLITE_PERM: 'READ_ONLY',
  };

  it('is told by its code where it cannot be brought about', () => {
    const { file, database } = newDatabase();
    for (const [code, expected] of Object.entries(codes)) {
      const meaning = meaningOf(file, () => {
        throw new SqliteError('made up', code);
      });
      assert.equal(meaning.code, expected, code);
    }
    database.close();
  });

  it('stays as it is when it can only be a mistake of the program', () => {
    const { file, database } = newDatabase();
    database.exec('INSERT INTO a VALUES (1)');
    for (const sql of ['INSERT INTO a VALUES (1)', 'SELECT nothing FROM nowhere']) {
      try {
        database.exec(sql);
        assert.fail('expected an error, found none');
      } catch (error) {
        assert.equal(translateSqliteError(error, file), error);
      }
    }
    const other = new TypeError('no SQLite at all');
    assert.equal(translateSqliteError(other, file), other);
    database.close();
  });
});
