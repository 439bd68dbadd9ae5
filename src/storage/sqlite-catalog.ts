import type { Database } from 'better-sqlite3';
import type { Catalog, CatalogBatch, CatalogCounts, CatalogModel, CommitResult } from '../domain/catalog.ts';
import { EideticError } from '../domain/errors.ts';
import type { PictureFilter } from '../domain/filter.ts';
import type { ModelManifest } from '../domain/model.ts';
import type { ContentHash, PictureId } from '../domain/picture.ts';
import { type CommitBatch, prepareCommitBatch } from './commit-batch.ts';
import { descriptor, embeddings, embeddingsSince } from './descriptor-queries.ts';
import { failures, knownFile, knownFiles } from './file-queries.ts';
import { currentGeneration, nextGeneration } from './generation.ts';
import { openDatabase } from './open-database.ts';
import { matching, pictures } from './picture-queries.ts';
import { prepared } from './prepared.ts';
import { translateSqliteError } from './sqlite-errors.ts';

/**
 * Opens the catalog in a SQLite file, making it when it is not there.
 * @throws EideticError CATALOG_TOO_NEW, CATALOG_DAMAGED, CATALOG_BUSY
 */
export function openSqliteCatalog(file: string): Catalog {
  return new SqliteCatalog(openDatabase(file), file);
}

class SqliteCatalog implements Catalog {
  readonly #database: Database;
  readonly #file: string;
  readonly #commitBatch: CommitBatch;

  constructor(database: Database, file: string) {
    this.#database = database;
    this.#file = file;
    this.#commitBatch = prepareCommitBatch(database);
  }

  async generation(): Promise<number> {
    return this.#run(() => currentGeneration(this.#database));
  }

  async models(): Promise<CatalogModel[]> {
    const rows = this.#all('SELECT key, manifest, active FROM models ORDER BY id') as Array<{
      key: string;
      manifest: string;
      active: number;
    }>;
    return rows.map((row) => ({
      key: row.key,
      manifest: JSON.parse(row.manifest) as ModelManifest,
      active: row.active === 1,
    }));
  }

  async addModel(key: string, manifest: ModelManifest): Promise<void> {
    this.#run(() =>
      this.#database
        .prepare(
          `INSERT INTO models (key, manifest, active)
           VALUES (?, ?, NOT EXISTS (SELECT 1 FROM models WHERE active = 1)) ON CONFLICT (key) DO NOTHING`,
        )
        .run(key, JSON.stringify(manifest)),
    );
  }

  async activateModel(key: string): Promise<void> {
    const activate = this.#database.transaction(() => {
      this.#database.prepare('UPDATE models SET active = 0').run();
      const { changes } = this.#database.prepare('UPDATE models SET active = 1 WHERE key = ?').run(key);
      if (changes !== 1) {
        throw new EideticError('MODEL_MISMATCH', `The catalog does not know the model ${key}.`);
      }
      nextGeneration(this.#database);
    });
    this.#run(() => activate.immediate());
  }

  async roots(): Promise<string[]> {
    return this.#run(
      () => prepared(this.#database, 'SELECT path FROM roots ORDER BY path').pluck().all() as string[],
    );
  }

  async addRoots(paths: readonly string[]): Promise<void> {
    this.#run(() =>
      this.#database
        .prepare('INSERT INTO roots (path) SELECT value FROM json_each(?) WHERE true ON CONFLICT DO NOTHING')
        .run(JSON.stringify(paths)),
    );
  }

  async removeRoots(paths: readonly string[]): Promise<void> {
    this.#run(() =>
      this.#database
        .prepare('DELETE FROM roots WHERE path IN (SELECT value FROM json_each(?))')
        .run(JSON.stringify(paths)),
    );
  }

  knownFiles(root: string, modelKey: string) {
    return this.#stream(knownFiles(this.#database, root, modelKey));
  }

  async knownFile(path: string, modelKey: string) {
    return this.#run(() => knownFile(this.#database, path, modelKey));
  }

  async findByHash(contentHash: ContentHash, modelKey: string) {
    const row = this.#run(() =>
      this.#database
        .prepare(
          `SELECT id, EXISTS (SELECT 1 FROM descriptors d JOIN models m ON m.id = d.model_id
             WHERE d.picture_id = p.id AND m.key = ?) AS described
           FROM pictures p WHERE content_hash = ?`,
        )
        .get(modelKey, Buffer.from(contentHash, 'hex')),
    ) as { id: PictureId; described: number } | undefined;
    return row === undefined ? null : { id: row.id, described: row.described === 1 };
  }

  async filesWithout(modelKey: string): Promise<string[]> {
    return this.#run(
      () =>
        this.#database
          .prepare(
            `SELECT path FROM files f WHERE picture_id IS NOT NULL AND NOT EXISTS (
               SELECT 1 FROM descriptors d JOIN models m ON m.id = d.model_id
               WHERE d.picture_id = f.picture_id AND m.key = ?) ORDER BY path`,
          )
          .pluck()
          .all(modelKey) as string[],
    );
  }

  async commit(batch: CatalogBatch): Promise<CommitResult> {
    return this.#run(() => this.#commitBatch(batch));
  }

  async pruneOrphans(): Promise<PictureId[]> {
    const prune = this.#database.transaction((): PictureId[] => {
      const orphans = this.#database
        .prepare(
          'SELECT id FROM pictures p WHERE NOT EXISTS (SELECT 1 FROM files WHERE picture_id = p.id) ORDER BY id',
        )
        .pluck()
        .all() as PictureId[];
      if (orphans.length > 0) {
        const generation = nextGeneration(this.#database);
        const ids = JSON.stringify(orphans);
        this.#database
          .prepare('INSERT INTO removed_pictures (picture_id, generation) SELECT value, ? FROM json_each(?)')
          .run(generation, ids);
        this.#database.prepare('DELETE FROM pictures WHERE id IN (SELECT value FROM json_each(?))').run(ids);
      }
      return orphans;
    });
    return this.#run(() => prune.immediate());
  }

  embeddingsSince(modelKey: string, generation: number) {
    return this.#stream(embeddingsSince(this.#database, modelKey, generation));
  }

  async removedSince(generation: number): Promise<PictureId[]> {
    return this.#run(
      () =>
        this.#database
          .prepare('SELECT picture_id FROM removed_pictures WHERE generation > ? ORDER BY picture_id')
          .pluck()
          .all(generation) as PictureId[],
    );
  }

  async descriptor(id: PictureId, modelKey: string) {
    return this.#run(() => descriptor(this.#database, id, modelKey));
  }

  async pictures(ids: readonly PictureId[], filter: PictureFilter = {}) {
    return this.#run(() => pictures(this.#database, ids, filter));
  }

  async matching(filter: PictureFilter, limit: number, after: PictureId = 0) {
    try {
      return await matching(this.#database, filter, limit, after);
    } catch (error) {
      throw translateSqliteError(error, this.#file);
    }
  }

  async embeddings(ids: readonly PictureId[], modelKey: string) {
    return this.#run(() => embeddings(this.#database, ids, modelKey));
  }

  async counts(): Promise<CatalogCounts> {
    const [row] = this.#all(`
      SELECT (SELECT count(DISTINCT picture_id) FROM files) AS pictures,
        (SELECT count(*) FROM files WHERE picture_id IS NOT NULL) AS files,
        (SELECT count(*) FROM files WHERE failure_code IS NOT NULL) AS failures,
        (SELECT coalesce(sum(size_bytes), 0) FROM files WHERE picture_id IS NOT NULL) AS bytes`);
    const described = this.#all(`
      SELECT m.key, count(d.picture_id) AS count FROM models m LEFT JOIN descriptors d ON d.model_id = m.id
      GROUP BY m.id ORDER BY m.id`) as Array<{ key: string; count: number }>;
    return {
      ...(row as Omit<CatalogCounts, 'described'>),
      described: Object.fromEntries(described.map(({ key, count }) => [key, count])),
    };
  }

  failures() {
    return this.#stream(failures(this.#database));
  }

  async picturesWithSeveralFiles(): Promise<PictureId[]> {
    return this.#run(
      () =>
        this.#database
          .prepare(
            `SELECT picture_id FROM files WHERE picture_id IS NOT NULL
             GROUP BY picture_id HAVING count(*) > 1 ORDER BY picture_id`,
          )
          .pluck()
          .all() as PictureId[],
    );
  }

  async samePixelGroups(): Promise<PictureId[][]> {
    const rows = this.#all(`
      SELECT json_group_array(id) AS ids FROM
        (SELECT id, pixel_hash FROM pictures p WHERE EXISTS (SELECT 1 FROM files WHERE picture_id = p.id) ORDER BY id)
      GROUP BY pixel_hash HAVING count(*) > 1 ORDER BY min(id)`) as Array<{ ids: string }>;
    return rows.map(({ ids }) => JSON.parse(ids) as PictureId[]);
  }

  async integrityProblems(): Promise<string[]> {
    const pages = this.#run(
      () => this.#database.pragma('integrity_check') as Array<{ integrity_check: string }>,
    );
    const references = this.#run(
      () => this.#database.pragma('foreign_key_check') as Array<{ table: string }>,
    );
    return [
      ...pages.map((row) => row.integrity_check).filter((line) => line !== 'ok'),
      ...references.map((row) => `a row of ${row.table} refers to a row that is not there`),
    ];
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  #all(sql: string): unknown[] {
    return this.#run(() => this.#database.prepare(sql).all());
  }

  #run<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw translateSqliteError(error, this.#file);
    }
  }

  async *#stream<T>(rows: AsyncIterable<T>): AsyncGenerator<T> {
    try {
      yield* rows;
    } catch (error) {
      throw translateSqliteError(error, this.#file);
    }
  }
}
