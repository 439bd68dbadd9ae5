import type { Catalog, IndexedFile } from '../domain/catalog.ts';
import type { FileFailure } from '../domain/failure.ts';
import type { ContentHash } from '../domain/picture.ts';
import type { RunIndex } from './run-index.ts';

/** A batch is committed when it has this many files, or is this old: what a kill can cost. */
const BATCH_FILES = 64;
const BATCH_AGE_MS = 2_000;

/** Gathers what a run finds into batches, commits them, and hands the new embeddings to the vector index. */
export class BatchWriter {
  /** Told the hashes of a batch when it is committed. */
  onCommitted: (hashes: readonly ContentHash[]) => void = () => {};
  readonly #catalog: Catalog;
  readonly #index: Pick<RunIndex, 'upsert'>;
  readonly #modelKey: string;
  #files: IndexedFile[] = [];
  #failures: FileFailure[] = [];
  #openedAt = 0;

  constructor(catalog: Catalog, index: Pick<RunIndex, 'upsert'>, modelKey: string) {
    this.#catalog = catalog;
    this.#index = index;
    this.#modelKey = modelKey;
  }

  async addFile(file: IndexedFile): Promise<void> {
    this.#files.push(file);
    await this.#flushWhenDue();
  }

  async addFailure(failure: FileFailure): Promise<void> {
    this.#failures.push(failure);
    await this.#flushWhenDue();
  }

  async #flushWhenDue(): Promise<void> {
    const count = this.#files.length + this.#failures.length;
    if (count === 1) {
      this.#openedAt = performance.now();
    }
    if (count >= BATCH_FILES || performance.now() - this.#openedAt >= BATCH_AGE_MS) {
      await this.flush();
    }
  }

  async flush(): Promise<void> {
    if (this.#files.length + this.#failures.length === 0) {
      return;
    }
    const files = this.#files;
    const failures = this.#failures;
    this.#files = [];
    this.#failures = [];
    const { described } = await this.#catalog.commit({
      modelKey: this.#modelKey,
      files,
      failures,
      removed: [],
    });
    this.onCommitted(files.map((file) => file.contentHash));
    // Two files of one batch may hold the same picture.
    const entries = new Map(described.map(({ id, descriptor }) => [id, { id, embedding: descriptor.cls }]));
    await this.#index.upsert([...entries.values()]);
  }

  /** Commits that these paths are gone. */
  async remove(paths: readonly string[]): Promise<void> {
    if (paths.length > 0) {
      await this.#catalog.commit({ modelKey: this.#modelKey, files: [], failures: [], removed: paths });
    }
  }
}
