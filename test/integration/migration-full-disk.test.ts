import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { backUpCatalog } from '../../src/storage/migrate/back-up-catalog.ts';
import { noteContent } from '../../src/storage/migrate/content-note.ts';
import { createCatalog } from '../../src/storage/migrate/create-catalog.ts';
import { beginMigration } from '../../src/storage/migrate/migration-steps.ts';
import { openAlone } from '../../src/storage/migrate/open-alone.ts';
import { newContent, oldContent } from '../support/catalog-content.ts';
import { migrateLibrary } from '../support/migrate-library.ts';
import { makeMountFolder, runCommand } from '../support/mount-folder.ts';
import { ask, oldCatalog } from '../support/old-catalog.ts';
import { refuses } from '../support/refuses.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

interface SmallDisk {
  readonly library: string;
  readonly file: string;
  readonly before: ReturnType<typeof oldContent>;
  resize(sizeBytes: number): void;
  /** Leaves so much free. */
  fill(freeBytes: number): void;
  empty(): void;
}

/** An old library on a disk of its own; null when none can be mounted. */
async function onSmallDisk(t: TestContext, sizeBytes: number): Promise<SmallDisk | null> {
  const mounts = makeMountFolder(t);
  if (mounts === null) {
    return null;
  }
  const disk = mounts.mount('disk', '-t', 'tmpfs', '-o', `size=${sizeBytes}`, 'none');
  const original = await oldCatalog(2, { pictures: 2_500 });
  const library = join(disk, 'library');
  cpSync(original.library, library, { recursive: true });
  const ballast = join(disk, 'ballast');
  return {
    library,
    file: join(library, 'catalog.sqlite'),
    before: original.before,
    resize: (bytes) => runCommand('mount', '-o', `remount,size=${bytes}`, disk),
    fill(freeBytes) {
      rmSync(ballast, { force: true });
      const { bavail, bsize } = statfsSync(disk);
      writeFileSync(ballast, Buffer.alloc(bavail * bsize));
      truncateSync(ballast, bavail * bsize - freeBytes);
    },
    empty: () => rmSync(ballast, { force: true }),
  };
}

function backups(library: string): string[] {
  return readdirSync(library).filter((name) => name.includes('backup'));
}

describe('a migration on a full disk', () => {
  it('does not begin without the space that it needs, and says how much that is', async (t) => {
    const disk = await onSmallDisk(t, 40 * MIB);
    if (disk === null) {
      return;
    }
    const { library, file, before } = disk;
    const error = await refuses(
      migrateLibrary(library),
      'STORAGE_FULL',
      /Found \d+ MiB free .* expected \d+ MiB for its migration and a backup.*Nothing was changed/,
    );
    assert.ok(Number(error.details['foundBytes']) < Number(error.details['neededBytes']));
    assert.deepEqual(oldContent(file), before);
    assert.deepEqual(backups(library), []);
    disk.resize(160 * MIB);
    await migrateLibrary(library);
    assert.deepEqual(newContent(file), before);
  });

  it('leaves nothing of a backup for which there was no room', async (t) => {
    const disk = await onSmallDisk(t, 40 * MIB);
    if (disk === null) {
      return;
    }
    const { library, file, before } = disk;
    for (const freeBytes of [0, 100 * KIB, 4 * MIB]) {
      const database = await openAlone(file);
      const note = noteContent(database);
      disk.fill(freeBytes);
      assert.throws(() => backUpCatalog(database, 'catalog-version-2.backup.sqlite', note), {
        code: 'SQLITE_FULL',
      });
      database.close();
      assert.deepEqual(backups(library), []);
    }
    assert.deepEqual(oldContent(file), before);
  });

  it('leaves the old catalog when there is no room for the first step', async (t) => {
    const disk = await onSmallDisk(t, 160 * MIB);
    if (disk === null) {
      return;
    }
    const { library, file, before } = disk;
    const database = await openAlone(file);
    const note = noteContent(database);
    disk.fill(0);
    assert.throws(() => beginMigration(database, { backup: 'none', note }), { code: 'SQLITE_FULL' });
    database.close();
    assert.deepEqual(oldContent(file), before);
    disk.empty();
    await migrateLibrary(library);
    assert.deepEqual(newContent(file), before);
  });

  it('keeps what it has done whenever the disk fills up, and goes on when there is space', async (t) => {
    const disk = await onSmallDisk(t, 160 * MIB);
    if (disk === null) {
      return;
    }
    const { library, file, before } = disk;
    const backup = join(library, 'catalog-version-2.backup.sqlite');
    const database = await openAlone(file);
    const note = noteContent(database);
    backUpCatalog(database, 'catalog-version-2.backup.sqlite', note);
    beginMigration(database, { backup: 'catalog-version-2.backup.sqlite', note });
    database.close();
    const stops: string[] = [];
    for (let freeBytes = 100 * KIB; ; freeBytes += 600 * KIB) {
      disk.fill(freeBytes);
      const outcome = await migrateLibrary(library).catch((error: unknown) => error);
      if (Array.isArray(outcome)) {
        break;
      }
      const words = /full.*will go on there; the catalog as it was is in/;
      const error = await refuses(Promise.reject(outcome), 'STORAGE_FULL', words);
      assert.ok(error.message.includes(backup));
      stops.push(ask(file, 'SELECT step FROM migration') as string);
    }
    assert.ok(new Set(stops).size > 1, `stopped at ${stops}`);
    t.diagnostic(`stopped ${stops.length} times: ${stops.join(', ')}`);
    assert.deepEqual(newContent(file), before);
    assert.deepEqual(oldContent(backup), before);
  });

  it('does not make half a catalog', async (t) => {
    const mounts = makeMountFolder(t);
    if (mounts === null) {
      return;
    }
    const disk = mounts.mount('disk', '-t', 'tmpfs', '-o', 'size=64k', 'none');
    const file = join(disk, 'catalog.sqlite');
    assert.throws(() => createCatalog(file), { code: 'STORAGE_FULL' });
    assert.ok(!existsSync(file) || ask(file, 'SELECT count(*) FROM sqlite_schema') === 0);
    runCommand('mount', '-o', 'remount,size=4m', disk);
    createCatalog(file);
    assert.equal(ask(file, 'SELECT count(*) FROM library'), 1);
  });
});
