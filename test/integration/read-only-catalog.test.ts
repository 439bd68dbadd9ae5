import assert from 'node:assert/strict';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type Database from 'better-sqlite3';
import { closeDatabase } from '../../src/storage/close-database.ts';
import { backUpCatalog } from '../../src/storage/migrate/back-up-catalog.ts';
import { noteContent } from '../../src/storage/migrate/content-note.ts';
import { createCatalog } from '../../src/storage/migrate/create-catalog.ts';
import { ensureCurrentCatalog } from '../../src/storage/migrate/ensure-current-catalog.ts';
import { beginMigration } from '../../src/storage/migrate/migration-steps.ts';
import { openAlone } from '../../src/storage/migrate/open-alone.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import { sqliteLibraryLock } from '../../src/storage/sqlite-library-lock.ts';
import { migrateLibrary } from '../support/migrate-library.ts';
import { makeMountFolder, runCommand } from '../support/mount-folder.ts';
import { ask, oldCatalog } from '../support/old-catalog.ts';
import { refuses } from '../support/refuses.ts';
import { runScript } from '../support/run-script.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Disk {
  readonly folder: string;
  readonly file: string;
  protect(): void;
}

/** An empty disk, for a library at its top; null where none can be mounted. */
function emptyDisk(t: TestContext): Disk | null {
  const folder = makeMountFolder(t)?.mount('disk', '-t', 'tmpfs', 'none');
  if (folder === undefined) {
    return null;
  }
  return {
    folder,
    file: join(folder, 'catalog.sqlite'),
    protect: () => runCommand('mount', '-o', 'remount,ro', folder),
  };
}

function ensure(folder: string) {
  return ensureCurrentCatalog(join(folder, 'catalog.sqlite'), sqliteLibraryLock(folder), assert.fail);
}

function countDevices(database: Database.Database): unknown {
  return database.prepare('SELECT count(*) FROM devices').pluck().get();
}

const ADD_DEVICE = 'INSERT INTO devices (identity) VALUES (?)';

/** Writes to a catalog in a process that is then killed, so that the file stays in WAL mode, with its log. */
async function writeAndDie(file: string): Promise<void> {
  const storage = new URL('../../src/storage/', import.meta.url).href;
  const { signal } = await runScript(`
    import { openDatabase } from '${storage}open-database.js';
    const database = openDatabase(${JSON.stringify(file)}, { isReadOnly: false, purpose: 'write' });
    database.prepare('${ADD_DEVICE}').run('disk');
    process.kill(process.pid, 'SIGKILL');
  `);
  assert.equal(signal, 'SIGKILL');
}

describe('a catalog where nothing can be written', () => {
  it('is read when it was closed in order, and not written', async (t) => {
    const disk = emptyDisk(t);
    if (disk === null) {
      return;
    }
    createCatalog(disk.file);
    const writing = openDatabase(disk.file, { isReadOnly: false, purpose: 'write' });
    writing.prepare(ADD_DEVICE).run('disk');
    closeDatabase(writing, { mayTidy: true });
    disk.protect();
    assert.deepEqual(await ensure(disk.folder), { isReadOnly: true });
    for (const purpose of ['look', 'survey'] as const) {
      const database = openDatabase(disk.file, { isReadOnly: true, purpose });
      assert.equal(countDevices(database), 1);
      assert.throws(() => database.prepare(ADD_DEVICE).run('another'), { code: 'SQLITE_READONLY' });
      closeDatabase(database, { mayTidy: true });
    }
    assert.throws(() => openDatabase(disk.file, { isReadOnly: true, purpose: 'write' }), {
      code: 'READ_ONLY',
    });
  });

  it('is read, with what a killed process wrote last, when its log came along', async (t) => {
    const disk = emptyDisk(t);
    if (disk === null) {
      return;
    }
    createCatalog(disk.file);
    await writeAndDie(disk.file);
    disk.protect();
    assert.deepEqual(await ensure(disk.folder), { isReadOnly: true });
    const database = openDatabase(disk.file, { isReadOnly: true, purpose: 'look' });
    assert.equal(countDevices(database), 1);
    closeDatabase(database, { mayTidy: true });
  });

  it('is refused, with what to do, when a killed process left it in WAL mode and a file of it is missing', async (t) => {
    const disk = emptyDisk(t);
    if (disk === null) {
      return;
    }
    createCatalog(disk.file);
    await writeAndDie(disk.file);
    rmSync(`${disk.file}-shm`);
    const elsewhere = join(temporaryFolder(), 'copy');
    disk.protect();
    await refuses(
      ensure(disk.folder),
      'READ_ONLY',
      /not closed in order.*copy the library.*open it there once/,
    );
    cpSync(disk.folder, elsewhere, { recursive: true });
    assert.deepEqual(await ensure(elsewhere), { isReadOnly: false });
    assert.equal(ask(join(elsewhere, 'catalog.sqlite'), 'SELECT count(*) FROM devices'), 1);
  });

  it('is refused, with what to do, when it would have to be migrated', async (t) => {
    for (const version of [1, 2] as const) {
      for (const journal of ['wal', 'delete']) {
        const disk = emptyDisk(t);
        if (disk === null) {
          return;
        }
        const old = await oldCatalog(version, {
          change: (database) => database.pragma(`journal_mode = ${journal}`),
        });
        cpSync(old.library, disk.folder, { recursive: true });
        const before = readdirSync(disk.folder);
        disk.protect();
        await refuses(
          ensure(disk.folder),
          'READ_ONLY',
          /older version.*copy the library.*open it there once/,
        );
        assert.deepEqual(readdirSync(disk.folder), before);
      }
    }
  });

  it('is refused, with what to do, when its migration was interrupted', async (t) => {
    const disk = emptyDisk(t);
    if (disk === null) {
      return;
    }
    const old = await oldCatalog(2);
    cpSync(old.library, disk.folder, { recursive: true });
    const database = await openAlone(disk.file);
    const note = noteContent(database);
    backUpCatalog(database, 'catalog-version-2.backup.sqlite', note);
    beginMigration(database, { backup: 'catalog-version-2.backup.sqlite', note });
    database.close();
    disk.protect();
    await refuses(ensure(disk.folder), 'READ_ONLY', /migration .* was interrupted.*copy the library/);
  });

  it('is refused when there is none', async (t) => {
    const disk = emptyDisk(t);
    if (disk === null) {
      return;
    }
    disk.protect();
    await refuses(ensure(disk.folder), 'READ_ONLY', /There is no catalog .* none can be made/);
  });

  it('is read as it was migrated', async (t) => {
    const disk = emptyDisk(t);
    if (disk === null) {
      return;
    }
    const old = await oldCatalog(2);
    await migrateLibrary(old.library);
    cpSync(old.library, disk.folder, { recursive: true });
    disk.protect();
    assert.deepEqual(await ensure(disk.folder), { isReadOnly: true });
    const database = openDatabase(disk.file, { isReadOnly: true, purpose: 'look' });
    assert.equal(database.prepare('SELECT count(*) FROM pictures').pluck().get(), old.before.pictures.length);
    closeDatabase(database, { mayTidy: true });
  });

  it('shows what a writer commits who has it by another way, and does not hinder it', async (t) => {
    const mounts = makeMountFolder(t);
    if (mounts === null) {
      return;
    }
    const library = temporaryFolder();
    const file = join(library, 'catalog.sqlite');
    createCatalog(file);
    const seen = mounts.mount('seen', '--bind', library);
    runCommand('mount', '-o', 'remount,bind,ro', seen);
    assert.deepEqual(await ensure(seen), { isReadOnly: true });
    const reading = openDatabase(join(seen, 'catalog.sqlite'), { isReadOnly: true, purpose: 'look' });
    assert.equal(countDevices(reading), 0);
    for (const identity of ['one', 'two']) {
      const writing = openDatabase(file, { isReadOnly: false, purpose: 'write' });
      writing.prepare(ADD_DEVICE).run(identity);
      closeDatabase(writing, { mayTidy: true });
    }
    assert.equal(countDevices(reading), 2);
    closeDatabase(reading, { mayTidy: true });
  });
});
