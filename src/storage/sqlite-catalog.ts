import type { Database } from 'better-sqlite3';
import type { Catalog, CatalogBatch, CatalogCounts, CatalogModel, CommitResult } from '../domain/catalog.ts';
import type { Embedding } from '../domain/embedding.ts';
import type { PictureFilter } from '../domain/filter.ts';
import type { ModelManifest } from '../domain/model.ts';
import type { ContentHash, PictureId } from '../domain/picture.ts';
import type { Neighbor } from '../domain/vector-index.ts';
import { CatalogThread } from './catalog-thread.ts';
import { describedCount, embedding, embeddings, embeddingsSince } from './descriptor-queries.ts';
import { failures, knownFile, knownFiles, uploadsFolder } from './file-queries.ts';
import { currentGeneration } from './generation.ts';
import { openDatabase } from './open-database.ts';
import { matching, pictures } from './picture-queries.ts';
import { prepared } from './prepared.ts';
import { translateSqliteError } from './sqlite-errors.ts';

/**
 * Opens the catalog in a SQLite file, making it when it is not there.
 * @throws EideticError CATALOG_TOO_NEW, CATALOG_DAMAGED, CATALOG_BUSY
 */
export function openSqliteCatalog(file: string): Catalog {
  const database = openDatabase(file);
  database.pragma('query_only = ON');
  return new SqliteCatalog(database, file);
}

/**
 * Three connections: one on this thread for questions that an index answers in well under a millisecond, and one in
 * a thread each for writing, whose transactions wait for the disk, and for reading whole tables.
 */
class SqliteCatalog implements Catalog {
  readonly #database: Database;
  readonly #file: string;
  readonly #writer: CatalogThread;
  readonly #surveyor: CatalogThread;

  constructor(database: Database, file: string) {
    this.#database = database;
    this.#file = file;
    this.#writer = new CatalogThread({ file, mayWrite: true });
    this.#surveyor = new CatalogThread({ file, mayWrite: false });
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
    await this.#writer.call('addModel', key, manifest);
  }

  async activateModel(key: string): Promise<void> {
    await this.#writer.call('activateModel', key);
  }

  async roots(): Promise<string[]> {
    return this.#run(
      () => prepared(this.#database, 'SELECT path FROM roots ORDER BY path').pluck().all() as string[],
    );
  }

  async addRoots(paths: readonly string[]): Promise<void> {
    await this.#writer.call('addRoots', paths);
  }

  async removeRoots(paths: readonly string[]): Promise<void> {
    await this.#writer.call('removeRoots', paths);
  }

  async uploadsFolder() {
    return this.#run(() => uploadsFolder(this.#database));
  }

  async keepUploadsIn(folder: string): Promise<void> {
    await this.#writer.call('keepUploadsIn', folder);
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

  commit(batch: CatalogBatch): Promise<CommitResult> {
    return this.#writer.call('commit', batch);
  }

  pruneOrphans(): Promise<PictureId[]> {
    return this.#writer.call('pruneOrphans');
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

  async embedding(id: PictureId, modelKey: string) {
    return this.#run(() => embedding(this.#database, id, modelKey));
  }

  async pictures(ids: readonly PictureId[], filter: PictureFilter = {}) {
    return this.#wait(() => pictures(this.#database, ids, filter));
  }

  async matching(filter: PictureFilter, limit: number, after: PictureId = 0) {
    return this.#wait(() => matching(this.#database, filter, limit, after));
  }

  async embeddings(ids: readonly PictureId[], modelKey: string) {
    return this.#run(() => embeddings(this.#database, ids, modelKey));
  }

  async describedCount(modelKey: string) {
    return this.#run(() => describedCount(this.#database, modelKey));
  }

  nearestExactly(query: Embedding, k: number, modelKey: string): Promise<Neighbor[]> {
    return this.#surveyor.call('nearestExactly', query, k, modelKey);
  }

  counts(): Promise<CatalogCounts> {
    return this.#surveyor.call('counts');
  }

  failures() {
    return this.#stream(failures(this.#database));
  }

  picturesWithSeveralFiles(): Promise<PictureId[]> {
    return this.#surveyor.call('picturesWithSeveralFiles');
  }

  samePixelGroups(): Promise<PictureId[][]> {
    return this.#surveyor.call('samePixelGroups');
  }

  integrityProblems(): Promise<string[]> {
    return this.#surveyor.call('integrityProblems');
  }

  /** The writer last: whoever closes the file last puts its log into it. */
  async close(): Promise<void> {
    await this.#surveyor.close();
    this.#database.close();
    await this.#writer.close();
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

  async #wait<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
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
