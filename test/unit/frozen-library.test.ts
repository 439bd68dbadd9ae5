import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, it } from 'node:test';
import Database from 'better-sqlite3';
import { enlargeLibrary } from '../support/enlarge-library.ts';
import { type FrozenLibrary, type FrozenVersion, thawLibrary } from '../support/frozen-library.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Row {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly pictureId: number | null;
  readonly transient: number | null;
}

interface Manifest {
  readonly modelKey: string;
  readonly generation: number;
  readonly graph: { readonly name: string; readonly sizeBytes: number };
  readonly pictures: { readonly name: string; readonly sizeBytes: number };
}

/** What a catalog holds, read without the program, and without leaving anything beside it. */
function look<Value>(library: string, ask: (database: Database.Database) => Value): Value {
  const database = new Database(join(library, 'catalog.sqlite'));
  try {
    return ask(database);
  } finally {
    database.close();
  }
}

function filesOf(library: string): Row[] {
  return look(library, (database) =>
    database
      .prepare(
        `SELECT path, size_bytes AS sizeBytes, modified_ms AS modifiedMs, picture_id AS pictureId,
           failure_transient AS transient FROM files ORDER BY path`,
      )
      .all(),
  ) as Row[];
}

function pragma(library: string, name: string): unknown {
  return look(library, (database) => database.pragma(name, { simple: true }));
}

function count(library: string, table: string): number {
  return look(library, (database) =>
    database.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
  ) as number;
}

function schemaOf(library: string): unknown {
  return look(library, (database) =>
    database.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').all(),
  );
}

/** As they were when the library was frozen. */
function frozenFiles(version: FrozenVersion): FrozenLibrary['expected']['files'] {
  const text = readFileSync(`test/fixtures/library-version-${version}/expected.json`, 'utf8');
  return (JSON.parse(text) as FrozenLibrary['expected']).files;
}

for (const version of [1, 2] as const satisfies readonly FrozenVersion[]) {
  describe(`a frozen library of version ${version}`, () => {
    it('opens as what it was, with every path below its new base', async () => {
      const { library, base, expected } = await thawLibrary(version, join(temporaryFolder(), "it's here"));
      assert.equal(pragma(library, 'user_version'), version);
      assert.equal(pragma(library, 'integrity_check'), 'ok');
      assert.equal(pragma(library, 'journal_mode'), 'wal');
      assert.deepEqual(readdirSync(library).sort(), ['catalog.sqlite', 'indexes', 'uploads']);
      const roots = look(library, (database) =>
        database.prepare('SELECT path FROM roots ORDER BY path').pluck().all(),
      );
      assert.deepEqual(roots, [join(base, 'pictures', 'album'), join(base, 'pictures', 'album', 'travel')]);
      assert.deepEqual(expected.stats.roots, roots);
      const paths = filesOf(library).map(({ path }) => path);
      assert.ok(paths.every((path) => path.startsWith(`${base}/`)));
      const hitPaths = expected.searches.flatMap(({ hits }) => hits.flatMap(({ files }) => files));
      const duplicatePaths = expected.duplicates.groups.flatMap(({ pictures }) =>
        pictures.flatMap(({ files }) => files),
      );
      for (const path of [...hitPaths, ...duplicatePaths, ...expected.failures.map(({ path }) => path)]) {
        assert.ok(paths.includes(path), path);
      }
      if (version === 2) {
        const uploads = look(library, (database) =>
          database.prepare('SELECT uploads_folder FROM state').pluck().get(),
        );
        assert.equal(uploads, join(library, 'uploads'));
      }
    });

    it('has its files on disk with the size and time that its catalog knows', async () => {
      const { library, base, expected } = await thawLibrary(version, temporaryFolder());
      for (const [i, { modifiedMs }] of frozenFiles(version).entries()) {
        const found = expected.files[i]?.modifiedMs ?? Number.NaN;
        assert.ok(Math.abs(found - modifiedMs) < 1, `found ${found}, expected ${modifiedMs}`);
      }
      const rows = filesOf(library);
      const present = rows.filter(({ path }) => existsSync(path));
      for (const { path, sizeBytes, modifiedMs } of present) {
        const stats = statSync(path);
        assert.deepEqual([stats.size, stats.mtimeMs], [sizeBytes, modifiedMs], path);
      }
      assert.deepEqual(
        present.map(({ path, sizeBytes, modifiedMs }) => ({
          path: relative(base, path),
          sizeBytes,
          modifiedMs,
        })),
        expected.files.map(({ path, sizeBytes, modifiedMs }) => ({ path, sizeBytes, modifiedMs })),
      );
      const absent = rows.filter(({ path }) => !existsSync(path));
      assert.deepEqual(
        absent.map(({ path, transient }) => [path, transient]),
        [[join(base, 'pictures', 'loose', 'missing.jpg'), 1]],
      );
      const failed = rows.filter(({ pictureId }) => pictureId === null);
      assert.deepEqual(
        failed.map(({ path, modifiedMs }) => [path, modifiedMs]),
        expected.failures.map(({ path, modifiedMs }) => [path, modifiedMs]),
      );
      assert.equal(expected.stats.files, rows.length - failed.length);
      assert.equal(expected.stats.pictures, count(library, 'pictures'));
    });

    it('has ids that were used and must not come back', async () => {
      const { library } = await thawLibrary(version, temporaryFolder());
      const { last, used, removed } = look(library, (database) =>
        database
          .prepare(
            `SELECT (SELECT max(id) FROM pictures) AS last, (SELECT seq FROM sqlite_sequence) AS used,
               (SELECT max(picture_id) FROM removed_pictures) AS removed`,
          )
          .get(),
      ) as { last: number; used: number; removed: number };
      assert.ok(used > last);
      assert.equal(removed, used);
    });

    it('has a saved index for each model, somewhat behind its catalog', async () => {
      const { library, expected } = await thawLibrary(version, temporaryFolder());
      assert.equal(readdirSync(join(library, 'indexes')).length, expected.stats.models.length);
      for (const { key } of expected.stats.models) {
        const folder = join(library, 'indexes', `similar-${key.slice(0, 12)}`);
        const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
        assert.equal(manifest.modelKey, key);
        assert.ok(manifest.generation < expected.stats.generation);
        for (const { name, sizeBytes } of [manifest.graph, manifest.pictures]) {
          assert.equal(statSync(join(folder, name)).size, sizeBytes);
        }
      }
    });

    it('grows in its own schema', async () => {
      const { library, expected } = await thawLibrary(version, temporaryFolder());
      const schema = schemaOf(library);
      const before = count(library, 'descriptors');
      enlargeLibrary(join(library, 'catalog.sqlite'), version, 500, 1);
      assert.deepEqual(readdirSync(library).sort(), ['catalog.sqlite', 'indexes', 'uploads']);
      assert.deepEqual(schemaOf(library), schema);
      assert.equal(pragma(library, 'user_version'), version);
      assert.equal(pragma(library, 'integrity_check'), 'ok');
      assert.deepEqual(
        look(library, (database) => database.pragma('foreign_key_check')),
        [],
      );
      assert.equal(count(library, 'pictures'), 500);
      const added = 500 - expected.stats.pictures;
      assert.equal(count(library, 'files'), expected.stats.files + expected.stats.failures + added);
      assert.equal(count(library, 'descriptors'), before + added * expected.stats.models.length);
      assert.deepEqual(
        look(library, (database) =>
          database.prepare('SELECT max(generation) FROM descriptors').pluck().get(),
        ),
        look(library, (database) => database.prepare('SELECT generation FROM state').pluck().get()),
      );
      assert.equal(count(library, 'removed_pictures rp JOIN pictures p ON p.id = rp.picture_id'), 0);
    });
  });
}
