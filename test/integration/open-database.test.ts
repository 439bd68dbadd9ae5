import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { closeDatabase } from '../../src/storage/close-database.ts';
import { createCatalog } from '../../src/storage/migrate/create-catalog.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import { runScript } from '../support/run-script.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const STORAGE = new URL('../../src/storage/', import.meta.url).href;

function newCatalog(): { folder: string; file: string } {
  const folder = temporaryFolder();
  const file = join(folder, 'catalog.sqlite');
  createCatalog(file);
  return { folder, file };
}

/** The version of the file format for reading: 1 in rollback mode, 2 in WAL mode (https://sqlite.org/fileformat.html). */
function journalFormat(file: string): number | undefined {
  return readFileSync(file)[19];
}

const open = (file: string, purpose: 'look' | 'survey' | 'write') =>
  openDatabase(file, { isReadOnly: false, purpose });

const addDevice = 'INSERT INTO devices (identity) VALUES (?)';

describe('the connections to a catalog', () => {
  it('leave the file as it was when they only look', () => {
    const { folder, file } = newCatalog();
    const before = readFileSync(file);
    const { mtimeMs } = statSync(file);
    const database = open(file, 'look');
    assert.equal(database.prepare('SELECT count(*) FROM pictures').pluck().get(), 0);
    assert.deepEqual(readdirSync(folder), ['catalog.sqlite']);
    closeDatabase(database, { mayTidy: true });
    assert.deepEqual(readFileSync(file), before);
    assert.equal(statSync(file).mtimeMs, mtimeMs);
    assert.deepEqual(readdirSync(folder), ['catalog.sqlite']);
  });

  it('leave one file in rollback mode behind when they have written and closed', () => {
    const { folder, file } = newCatalog();
    const database = open(file, 'write');
    assert.equal(journalFormat(file), 2);
    database.prepare(addDevice).run('disk');
    closeDatabase(database, { mayTidy: true });
    assert.deepEqual(readdirSync(folder), ['catalog.sqlite']);
    assert.equal(journalFormat(file), 1);
  });

  it('leave WAL mode to the last one that closes', () => {
    const { folder, file } = newCatalog();
    const looking = open(file, 'look');
    const writing = open(file, 'write');
    writing.prepare(addDevice).run('disk');
    assert.equal(looking.prepare('SELECT count(*) FROM devices').pluck().get(), 1);
    closeDatabase(writing, { mayTidy: true });
    assert.equal(journalFormat(file), 2);
    closeDatabase(looking, { mayTidy: true });
    assert.equal(journalFormat(file), 1);
    assert.deepEqual(readdirSync(folder), ['catalog.sqlite']);
  });

  it('tidy up what a killed process has left', async () => {
    const { folder, file } = newCatalog();
    const { signal } = await runScript(`
      import { openDatabase } from '${STORAGE}open-database.js';
      const database = openDatabase(${JSON.stringify(file)}, { isReadOnly: false, purpose: 'write' });
      database.prepare('${addDevice}').run('disk');
      process.kill(process.pid, 'SIGKILL');
    `);
    assert.equal(signal, 'SIGKILL');
    assert.ok(existsSync(`${file}-wal`));
    const database = open(file, 'look');
    assert.equal(database.prepare('SELECT identity FROM devices').pluck().get(), 'disk');
    closeDatabase(database, { mayTidy: true });
    assert.equal(journalFormat(file), 1);
    assert.deepEqual(readdirSync(folder), ['catalog.sqlite']);
  });

  it('keep no writer waiting for a long survey', () => {
    const { file } = newCatalog();
    const surveying = open(file, 'survey');
    const rows = surveying.prepare('SELECT name FROM sqlite_schema').iterate();
    rows.next();
    const writing = open(file, 'write');
    writing.pragma('busy_timeout = 0');
    writing.prepare(addDevice).run('disk');
    rows.return?.();
    closeDatabase(writing, { mayTidy: false });
    closeDatabase(surveying, { mayTidy: true });
    assert.equal(journalFormat(file), 1);
  });

  it('change nothing unless they are for writing', () => {
    const { file } = newCatalog();
    for (const purpose of ['look', 'survey'] as const) {
      const database = open(file, purpose);
      assert.throws(() => database.prepare(addDevice).run('disk'), { code: 'SQLITE_READONLY' });
      closeDatabase(database, { mayTidy: true });
    }
  });

  it('are refused for what is not there, and make nothing', () => {
    const folder = temporaryFolder();
    for (const purpose of ['look', 'survey', 'write'] as const) {
      assert.throws(() => open(join(folder, 'catalog.sqlite'), purpose), { code: 'NOT_FOUND' });
    }
    assert.deepEqual(readdirSync(folder), []);
  });

  it('come and go in several processes at once without getting in the way or losing a commit', async () => {
    const { folder, file } = newCatalog();
    const processes = 4;
    const rounds = 20;
    const script = (name: number) => `
      import { openDatabase } from '${STORAGE}open-database.js';
      import { closeDatabase } from '${STORAGE}close-database.js';
      import { ensureCurrentCatalog } from '${STORAGE}migrate/ensure-current-catalog.js';
      import { sqliteLibraryLock } from '${STORAGE}sqlite-library-lock.js';
      const file = ${JSON.stringify(file)};
      const lock = sqliteLibraryLock(${JSON.stringify(folder)});
      const count = (database) => database.prepare('SELECT count(*) FROM devices').pluck().get();
      try {
        for (let round = 0; round < ${rounds}; round++) {
          const { isReadOnly } = await ensureCurrentCatalog(file, lock, () => undefined);
          const looking = openDatabase(file, { isReadOnly, purpose: 'look' });
          const before = count(looking);
          const writing = openDatabase(file, { isReadOnly, purpose: 'write' });
          writing.transaction(() => writing.prepare('${addDevice}').run('${name}-' + round)).immediate();
          const surveying = openDatabase(file, { isReadOnly, purpose: 'survey' });
          if (count(looking) <= before || count(surveying) <= before) throw new Error('a commit was lost');
          closeDatabase(surveying, { mayTidy: false });
          closeDatabase(writing, { mayTidy: false });
          closeDatabase(looking, { mayTidy: true });
        }
        console.log('done');
      } catch (error) {
        console.log(error);
      }
    `;
    const outcomes = await Promise.all(
      Array.from({ length: processes }, (_, name) => runScript(script(name))),
    );
    assert.deepEqual(
      outcomes.map(({ stdout }) => stdout),
      outcomes.map(() => 'done\n'),
    );
    const database = open(file, 'look');
    assert.equal(database.prepare('SELECT count(*) FROM devices').pluck().get(), processes * rounds);
    closeDatabase(database, { mayTidy: true });
    assert.equal(journalFormat(file), 1);
    assert.deepEqual(readdirSync(folder), ['catalog.sqlite']);
  });
});
