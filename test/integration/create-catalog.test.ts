import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import Database from 'better-sqlite3';
import { migrateLibrary, migrationScript } from '../support/migrate-library.ts';
import { ask, withDatabase } from '../support/old-catalog.ts';
import { refuses } from '../support/refuses.ts';
import { runScript } from '../support/run-script.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const open = migrateLibrary;

function newLibrary(): { library: string; file: string } {
  const library = temporaryFolder();
  return { library, file: join(library, 'catalog.sqlite') };
}

function libraryId(file: string): unknown {
  return ask(file, 'SELECT library_id FROM library');
}

describe('opening a catalog', () => {
  it('makes one with an id of its own, once', async () => {
    const { library, file } = newLibrary();
    assert.deepEqual(await open(library), []);
    assert.deepEqual(readdirSync(library), ['catalog.sqlite']);
    assert.equal(readFileSync(file)[19], 1, 'in rollback mode');
    assert.equal(ask(file, 'SELECT * FROM pragma_user_version'), 3);
    const id = libraryId(file);
    assert.match(String(id), /^[0-9a-f-]{36}$/);
    assert.ok(!Number.isNaN(Date.parse(String(ask(file, 'SELECT created_at FROM library')))));
    assert.deepEqual(await open(library), []);
    assert.equal(libraryId(file), id);
    const other = newLibrary();
    await open(other.library);
    assert.notEqual(libraryId(other.file), id);
  });

  it('makes one where a file was begun and nothing was written into it', async () => {
    const empty = newLibrary();
    writeFileSync(empty.file, '');
    await open(empty.library);
    assert.equal(ask(empty.file, 'SELECT count(*) FROM library'), 1);

    const begun = newLibrary();
    const database = new Database(begun.file);
    database.pragma('journal_mode = WAL');
    database.close();
    await open(begun.library);
    assert.equal(ask(begun.file, 'SELECT count(*) FROM library'), 1);
    assert.equal(readFileSync(begun.file)[19], 1, 'in rollback mode');
  });

  it('makes one for several processes that open it at once', async () => {
    const { library, file } = newLibrary();
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => runScript(migrationScript(library))));
    assert.deepEqual(
      outcomes.map(({ stdout }) => stdout),
      outcomes.map(() => 'ready\n'),
    );
    assert.equal(ask(file, 'SELECT count(*) FROM library'), 1);
  });

  it('refuses one of a later version, and leaves it alone', async () => {
    const { library, file } = newLibrary();
    await open(library);
    withDatabase(file, (database) => database.pragma('user_version = 4'));
    const before = readFileSync(file);
    await refuses(open(library), 'CATALOG_TOO_NEW', /version 4 when this Eidetic reads up to 3; update/);
    assert.deepEqual(readFileSync(file), before);
  });

  it('refuses a database of another program, and leaves it alone', async () => {
    const { library, file } = newLibrary();
    writeFileSync(file, '');
    withDatabase(file, (database) => database.exec('CREATE TABLE theirs (a)'));
    const before = readFileSync(file);
    await refuses(open(library), 'CATALOG_DAMAGED', /of another program; name another --library/);
    assert.deepEqual(readFileSync(file), before);
    assert.ok(!existsSync(`${file}-wal`));
  });

  it('refuses what is no database, and leaves it alone', async () => {
    const { library, file } = newLibrary();
    writeFileSync(file, 'This is not a database. '.repeat(100));
    const before = readFileSync(file);
    await refuses(open(library), 'CATALOG_DAMAGED', /is damaged.*restore it from a backup/);
    assert.deepEqual(readFileSync(file), before);
  });
});
