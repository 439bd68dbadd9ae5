import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { noteContent } from '../../src/storage/migrate/content-note.ts';
import { createCatalog } from '../../src/storage/migrate/create-catalog.ts';
import { readMigrationState } from '../../src/storage/migrate/migration-state.ts';
import {
  beginMigration,
  continueMigration,
  MIGRATION_STEPS,
} from '../../src/storage/migrate/migration-steps.ts';
import { openAlone } from '../../src/storage/migrate/open-alone.ts';
import { openSqliteCatalog } from '../../src/storage/sqlite-catalog.ts';
import { sqliteLibraryLock } from '../../src/storage/sqlite-library-lock.ts';
import { newContent, oldContent } from '../support/catalog-content.ts';
import { migrateLibrary } from '../support/migrate-library.ts';
import { ask, oldCatalog, withDatabase } from '../support/old-catalog.ts';
import { runScript } from '../support/run-script.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const VERSIONS = [1, 2] as const;

function schemaOf(file: string): unknown {
  return withDatabase(file, (database) =>
    database.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name').all(),
  );
}

for (const version of VERSIONS) {
  describe(`the migration of a catalog of version ${version}`, () => {
    it('keeps all that the old one held, and leaves a backup that holds it too', async () => {
      const { library, file, before } = await oldCatalog(version);
      writeFileSync(join(library, 'writer.lock'), '');
      writeFileSync(join(library, 'writer.pid'), '1');
      const said = await migrateLibrary(library);
      assert.deepEqual(newContent(file), before);
      const backup = join(library, `catalog-version-${version}.backup.sqlite`);
      assert.deepEqual(oldContent(backup), before);
      assert.equal(ask(backup, 'SELECT * FROM pragma_user_version'), version);
      assert.equal(ask(file, 'SELECT backup FROM library'), `catalog-version-${version}.backup.sqlite`);
      assert.equal(said.length, 1);
      assert.match(
        said[0] as string,
        new RegExp(
          `from version ${version} to 3: 1. pictures in .* kept in ${backup}, and removed after the next`,
        ),
      );
      assert.deepEqual(readdirSync(library).sort(), [
        `catalog-version-${version}.backup.sqlite`,
        'catalog.sqlite',
        'indexes',
        'locks',
        'uploads',
      ]);
      assert.deepEqual(await migrateLibrary(library), [], 'nothing is left to do');
    });

    it('makes a catalog like a new one, sound, which reads as it should', async () => {
      const { library, file, before } = await oldCatalog(version);
      await migrateLibrary(library);
      const fresh = join(temporaryFolder(), 'catalog.sqlite');
      createCatalog(fresh);
      assert.deepEqual(schemaOf(file), schemaOf(fresh));
      assert.equal(readFileSync(file)[19], 1, 'in rollback mode');
      const catalog = await openSqliteCatalog(file, {
        lock: sqliteLibraryLock(library),
        say: assert.fail,
      });
      assert.deepEqual(await catalog.integrityProblems(), []);
      const counts = await catalog.pictures.counts();
      assert.deepEqual(
        [counts.pictures, counts.files, counts.failures + counts.unsupported + counts.others],
        [before.pictures.length, before.files.length, before.failures.length],
      );
      const ids = await catalog.pictures.matching({}, before.pictures.length);
      assert.deepEqual(await catalog.pictures.knownPixels(ids), [], 'hashes of other versions');
      assert.equal(await catalog.files.uploadsFolder(), join(library, 'uploads'));
      assert.deepEqual(
        (await catalog.files.roots()).map(({ rules }) => rules),
        before.roots.map(() => null),
      );
      await catalog.close();
    });

    it('never gives an id again that a picture had', async () => {
      const { library, file } = await oldCatalog(version);
      await migrateLibrary(library);
      const added = withDatabase(file, (database) =>
        ['pictures', 'parts'].map((table) => {
          const columns =
            table === 'pictures'
              ? `(content_hash, size_bytes, format, width, height) VALUES (x'00', 1, 'png', 1, 1)`
              : `(picture_id, kind) VALUES ((SELECT min(id) FROM pictures), 'frame')`;
          return database.prepare(`INSERT INTO ${table} ${columns} RETURNING id`).pluck().get() as number;
        }),
      );
      const removed = ask(file, 'SELECT max(part_id) FROM removed_parts') as number;
      assert.deepEqual(added, [removed + 1, removed + 1]);
    });

    it('goes on after every piece of every step as if it had not been interrupted', async () => {
      const { file, before } = await oldCatalog(version, { pictures: 4_500 });
      const steps: string[] = [];
      for (let isOver = false; !isOver; ) {
        const database = await openAlone(file);
        const state = readMigrationState(database);
        steps.push(state?.step ?? 'start');
        if (state === null) {
          const note = noteContent(database);
          beginMigration(database, { backup: 'none.backup.sqlite', note });
        } else {
          isOver = continueMigration(database) === null;
        }
        database.close();
        assert.equal(ask(file, 'SELECT * FROM pragma_user_version'), 3, 'no older program opens it');
      }
      assert.deepEqual(newContent(file), before);
      assert.deepEqual(
        [...new Set(steps)],
        MIGRATION_STEPS.map(({ name }) => name),
      );
      for (const step of ['pictures', 'files', 'vectors']) {
        assert.ok(steps.filter((name) => name === step).length > 3, `${step} has several pieces`);
      }
      assert.equal(ask(file, 'SELECT backup FROM library'), null, 'one that is not there is not promised');
    });
  });
}

describe('the migration of a catalog', () => {
  it('puts files under the root that has them, whatever their names', async () => {
    const paths = (base: string) => [
      `${base}/a/one.jpg`,
      `${base}/a/b/two.jpg`,
      `${base}/a b/three.jpg`,
      `${base}/a/name with \ufffd in it.jpg`,
      `${base}/a/🦊 'quoted' "twice" %_*?[x]\\.jpg`,
      `${base}/a/line\nbreak.jpg`,
      `${base}/single.jpg`,
      `${base}/elsewhere/four.jpg`,
      '/five.jpg',
    ];
    const base = '/srv/pictures';
    const { library, file, before } = await oldCatalog(2, {
      change(database) {
        database.exec('DELETE FROM files; DELETE FROM roots');
        for (const root of [`${base}/a`, `${base}/a/b`, `${base}/single.jpg`]) {
          database.prepare('INSERT INTO roots (path) VALUES (?)').run(root);
        }
        const add = database.prepare(
          'INSERT INTO files (path, size_bytes, modified_ms, picture_id) VALUES (?, 1, 2.5, 1)',
        );
        for (const path of [
          ...paths(base),
          `${database.name.replace('catalog.sqlite', 'uploads')}/ab/abc.png`,
        ]) {
          add.run(path);
        }
        database.exec(`
          INSERT INTO files (path, size_bytes, modified_ms, failure_code, failure_message, failed_at, failure_transient)
            VALUES ('${base}/a/broken.jpg', 3, 4, 'IMAGE_UNREADABLE', 'No.', '2026-01-01T00:00:00.000Z', 0),
              ('${base}/a/away.jpg', 0, 0, 'NOT_FOUND', 'Not there.', '2026-01-01T00:00:00.000Z', 1)`);
      },
    });
    await migrateLibrary(library);
    assert.deepEqual(newContent(file), before);
    const placed = withDatabase(file, (database) =>
      database
        .prepare(
          `SELECT r.kind, r.path, f.path FROM files f JOIN roots r ON r.id = f.root_id
           ORDER BY r.kind, r.path, f.path`,
        )
        .raw()
        .all(),
    );
    assert.deepEqual(placed, [
      ['listed', '', 'five.jpg'],
      ['listed', '', 'srv/pictures/a b/three.jpg'],
      ['listed', '', 'srv/pictures/elsewhere/four.jpg'],
      ['named', `${base}/a`, 'line\nbreak.jpg'],
      ['named', `${base}/a`, 'name with \ufffd in it.jpg'],
      ['named', `${base}/a`, 'one.jpg'],
      ['named', `${base}/a`, `🦊 'quoted' "twice" %_*?[x]\\.jpg`],
      ['named', `${base}/a/b`, 'two.jpg'],
      ['named', `${base}/single.jpg`, ''],
      ['uploads', join(library, 'uploads'), 'ab/abc.png'],
    ]);
  });

  it('takes the root of the file system for a root like others', async () => {
    const { library, file, before } = await oldCatalog(2, {
      change: (database) => database.exec(`DELETE FROM roots; INSERT INTO roots VALUES ('/')`),
    });
    await migrateLibrary(library);
    assert.deepEqual({ ...newContent(file), roots: [] }, { ...before, roots: [] });
    assert.equal(ask(file, `SELECT count(*) FROM roots WHERE kind = 'listed'`), 0);
    assert.equal(ask(file, `SELECT path FROM roots WHERE kind = 'named'`), '');
  });

  it('works on a library that never held anything', async () => {
    for (const version of VERSIONS) {
      const { library, file, before } = await oldCatalog(version, {
        change: (database) =>
          database.exec(`
            DELETE FROM descriptors; DELETE FROM files; DELETE FROM pictures; DELETE FROM models;
            DELETE FROM roots; DELETE FROM removed_pictures; DELETE FROM sqlite_sequence;
            UPDATE state SET generation = 0`),
      });
      await migrateLibrary(library);
      assert.deepEqual({ ...newContent(file), lastPictureId: [] }, before);
      assert.equal(ask(file, 'SELECT count(*) FROM commits'), 0);
    }
  });

  it('takes along what an old program that was killed had written only to its log', async () => {
    const { library, file, before } = await oldCatalog(2);
    const { signal } = await runScript(`
      import Database from '${import.meta.resolve('better-sqlite3')}';
      const database = new Database(${JSON.stringify(file)});
      database.prepare("INSERT INTO roots VALUES ('/late')").run();
      process.kill(process.pid, 'SIGKILL');
    `);
    assert.equal(signal, 'SIGKILL');
    assert.ok(statSync(`${file}-wal`).size > 0);
    await migrateLibrary(library);
    assert.deepEqual(newContent(file), { ...before, roots: [['/late'], ...before.roots] });
  });

  it('says in a sentence what each step does', () => {
    for (const { name, does } of MIGRATION_STEPS) {
      assert.match(name, /^[a-z]+$/);
      assert.match(does, /^[A-Z].*\.$/);
    }
  });
});
