import assert from 'node:assert/strict';
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { backUpCatalog } from '../../src/storage/migrate/back-up-catalog.ts';
import { noteContent } from '../../src/storage/migrate/content-note.ts';
import { readMigrationState } from '../../src/storage/migrate/migration-state.ts';
import { beginMigration, continueMigration } from '../../src/storage/migrate/migration-steps.ts';
import { openAlone } from '../../src/storage/migrate/open-alone.ts';
import { oldContent } from '../support/catalog-content.ts';
import { migrateLibrary } from '../support/migrate-library.ts';
import { ask, oldCatalog, withDatabase } from '../support/old-catalog.ts';
import { refuses } from '../support/refuses.ts';

/** Goes on with a migration by hand until it is at a step. */
async function migrateUpTo(file: string, step: string): Promise<void> {
  const database = await openAlone(file);
  try {
    const note = noteContent(database);
    backUpCatalog(database, 'by-hand.backup.sqlite', note);
    beginMigration(database, { backup: 'by-hand.backup.sqlite', note });
    while (readMigrationState(database)?.step !== step) {
      assert.notEqual(continueMigration(database), null);
    }
  } finally {
    database.close();
  }
}

describe('the migration of a catalog', () => {
  it('keeps a backup that an interrupted one has verified, and removes one that it had not', async () => {
    const { library, file } = await oldCatalog(2);
    const database = await openAlone(file);
    backUpCatalog(database, 'catalog-version-2.backup.sqlite', noteContent(database));
    database.close();
    const backup = join(library, 'catalog-version-2.backup.sqlite');
    const { ino } = statSync(backup);
    await migrateLibrary(library);
    assert.equal(statSync(backup).ino, ino);

    const other = await oldCatalog(2);
    writeFileSync(join(other.library, 'catalog-version-2.backup.sqlite.unverified'), 'half of it');
    await migrateLibrary(other.library);
    assert.deepEqual(oldContent(join(other.library, 'catalog-version-2.backup.sqlite')), other.before);
    assert.ok(!existsSync(join(other.library, 'catalog-version-2.backup.sqlite.unverified')));
  });

  it('neither trusts nor touches a backup that holds something else', async () => {
    const { library, file, before } = await oldCatalog(2);
    const stale = join(library, 'catalog-version-2.backup.sqlite');
    writeFileSync(stale, 'of another time');
    await migrateLibrary(library);
    assert.equal(readFileSync(stale, 'utf8'), 'of another time');
    assert.equal(ask(file, 'SELECT backup FROM library'), 'catalog-version-2-2.backup.sqlite');
    assert.deepEqual(oldContent(join(library, 'catalog-version-2-2.backup.sqlite')), before);
  });

  it('refuses a damaged catalog, changing nothing', async () => {
    const { library, file } = await oldCatalog(2, { pictures: 500 });
    const page = ask(file, `SELECT max(pageno) FROM dbstat WHERE name = 'descriptors'`) as number;
    const descriptor = openSync(file, 'r+');
    writeSync(descriptor, Buffer.alloc(2_000, 0xab), 0, 2_000, (page - 1) * 4_096);
    closeSync(descriptor);
    const damaged = readFileSync(file).subarray(100);
    await refuses(migrateLibrary(library), 'CATALOG_DAMAGED', /damaged.*nothing was changed/s);
    assert.deepEqual(readFileSync(file).subarray(100), damaged);
    assert.deepEqual(
      readdirSync(library).filter((name) => name.includes('backup')),
      [],
    );
  });

  it('refuses a catalog with rows that refer to nothing, changing nothing', async () => {
    const { library, file } = await oldCatalog(2, {
      change(database) {
        database.pragma('foreign_keys = OFF');
        database.exec('UPDATE files SET picture_id = 999 WHERE picture_id = 1');
      },
    });
    await refuses(migrateLibrary(library), 'CATALOG_DAMAGED', /refer to others.*Nothing was changed/);
    assert.equal(ask(file, 'SELECT * FROM pragma_user_version'), 2);
  });

  const tamperings = {
    'a vector': `UPDATE vectors SET vector = zeroblob(768) WHERE part_id = 1 AND name = 'gem'`,
    'a vector that is gone': 'DELETE FROM vectors WHERE part_id = 4',
    'a picture': `UPDATE pictures SET camera = 'another' WHERE id = 1`,
    'a file': 'UPDATE files SET modified_ms = modified_ms + 0.001 WHERE id = 2',
    'a path': `UPDATE files SET path = path || 'x' WHERE id = 2`,
    'a failure': `UPDATE failures SET message = 'another'`,
    'a part': `UPDATE parts SET kind = 'frame' WHERE id = 1`,
    'a removal': 'DELETE FROM removed_parts WHERE part_id = 11',
    'the highest id': `UPDATE sqlite_sequence SET seq = 20 WHERE name = 'parts'`,
  };

  for (const [what, sql] of Object.entries(tamperings)) {
    it(`does not end when ${what} is not as before, and says where the backup is`, async () => {
      const { library, file, before } = await oldCatalog(2);
      await migrateUpTo(file, 'check');
      withDatabase(file, (database) => {
        assert.ok(database.prepare(sql).run().changes > 0);
      });
      const backup = join(library, 'by-hand.backup.sqlite');
      for (const attempt of ['first', 'again']) {
        await refuses(
          migrateLibrary(library),
          'CATALOG_DAMAGED',
          new RegExp(`does not add up.*is in ${backup}`),
        );
        assert.equal(ask(file, 'SELECT count(*) FROM old_pictures'), before.pictures.length, attempt);
      }
      assert.deepEqual(oldContent(backup), before);
    });
  }

  it('refuses to go on at a step that it does not know', async () => {
    const { library, file } = await oldCatalog(2);
    await migrateUpTo(file, 'files');
    withDatabase(file, (database) => database.exec(`UPDATE migration SET step = 'polish'`));
    await refuses(migrateLibrary(library), 'CATALOG_TOO_NEW', /step "polish"/);
  });
});
