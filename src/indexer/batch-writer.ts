import { comparePaths } from '../domain/compare-paths.ts';
import { EideticError } from '../domain/errors.ts';
import type { FileFailure } from '../domain/failure.ts';
import type { FileLedger, IndexedFile } from '../domain/file-ledger.ts';
import type { FileStamp } from '../domain/picture.ts';
import type { ProcessedFile } from './process-file.ts';
import type { RunIndex } from './run-index.ts';

/** A batch is committed when it has this many files, or is this old: what a kill can cost. */
const BATCH_FILES = 64;
const BATCH_AGE_MS = 2_000;

export interface WriterParts {
  readonly files: Pick<FileLedger, 'commit' | 'findByHash'>;
  readonly index: Pick<RunIndex, 'keepUp'>;
  /** Describes a file whose picture was removed since it was looked up. */
  readonly describeAgain: (stamp: FileStamp) => Promise<ProcessedFile>;
  /** What becomes of a file that the catalog cannot take, for a reason that nobody foresaw. */
  readonly refuse: (stamp: FileStamp, error: unknown) => FileFailure;
  /** Told the files of a batch when it is committed. */
  readonly onCommitted: (files: readonly IndexedFile[]) => void;
}

/** Gathers what a run finds into batches, commits them, and lets the vector index follow. */
export class BatchWriter {
  readonly #parts: WriterParts;
  #files: IndexedFile[] = [];
  #failures: FileFailure[] = [];
  /** Runs out when the batch is due though nothing came after it. */
  #due: NodeJS.Timeout | undefined;
  /** The last commit that was begun; each waits for the one before. */
  #committing: Promise<void> = Promise.resolve();
  #failedLate = 0;

  constructor(parts: WriterParts) {
    this.#parts = parts;
  }

  /** Files that came as indexed and failed after all. */
  get failedLate(): number {
    return this.#failedLate;
  }

  /** Commits the batch when it is full; in any case when it is due. What a commit failed with surfaces here too. */
  async addFile(file: IndexedFile): Promise<void> {
    this.#files.push(file);
    await this.#flushWhenFull();
  }

  /** Likewise. */
  async addFailure(failure: FileFailure): Promise<void> {
    this.#failures.push(failure);
    await this.#flushWhenFull();
  }

  /** Commits what was added. */
  flush(): Promise<void> {
    clearTimeout(this.#due);
    // They come as they are done; in the order of their paths neighbors on disk stay neighbors in the catalog.
    const files = this.#files.sort((a, b) => comparePaths(a.stamp.path, b.stamp.path));
    const failures = this.#failures;
    this.#files = [];
    this.#failures = [];
    if (files.length + failures.length > 0) {
      this.#committing = this.#committing.then(async () => {
        await this.#commit(files, failures);
        await this.#parts.index.keepUp();
      });
      // When nobody waits for it now, it surfaces with what comes next.
      this.#committing.catch(() => {});
    }
    return this.#committing;
  }

  /** For a run that ends with an error: nothing is committed from here on. */
  async stop(): Promise<void> {
    clearTimeout(this.#due);
    await this.#committing.catch(() => {});
  }

  async #flushWhenFull(): Promise<void> {
    const count = this.#files.length + this.#failures.length;
    if (count === 1) {
      this.#due = setTimeout(() => this.flush(), BATCH_AGE_MS);
    }
    await (count >= BATCH_FILES ? this.flush() : this.#committing);
  }

  async #commit(files: readonly IndexedFile[], failures: readonly FileFailure[]): Promise<void> {
    try {
      await this.#parts.files.commit({ files, failures, removed: [] });
      this.#parts.onCommitted(files);
    } catch (error) {
      if (!(error instanceof EideticError)) {
        await this.#commitOneByOne(files, failures);
      } else if (error.code === 'NOT_FOUND') {
        await this.#commitDescribedAgain(files, failures, error);
      } else {
        throw error;
      }
    }
  }

  /** What is wrong with one file must not keep the others out. */
  async #commitOneByOne(files: readonly IndexedFile[], failures: readonly FileFailure[]): Promise<void> {
    const refused: FileFailure[] = [];
    for (const file of files) {
      try {
        await this.#parts.files.commit({ files: [file], failures: [], removed: [] });
        this.#parts.onCommitted([file]);
      } catch (error) {
        if (error instanceof EideticError) {
          throw error;
        }
        refused.push(this.#parts.refuse(file.stamp, error));
      }
    }
    this.#failedLate += refused.length;
    await this.#parts.files.commit({ files: [], failures: [...failures, ...refused], removed: [] });
  }

  /** Another process may have removed pictures that no file held any more when this run had looked them up. */
  async #commitDescribedAgain(
    files: readonly IndexedFile[],
    failures: readonly FileFailure[],
    error: EideticError,
  ): Promise<void> {
    const again: ProcessedFile[] = [];
    let removed = 0;
    for (const file of files) {
      const isThere =
        file.described !== null || (await this.#parts.files.findByHash(file.contentHash, [])) !== null;
      removed += isThere ? 0 : 1;
      again.push(
        isThere
          ? { kind: 'indexed', file, isDisplacing: false }
          : await this.#parts.describeAgain(file.stamp),
      );
    }
    if (removed === 0) {
      throw error;
    }
    const described = again.flatMap((one) => (one.kind === 'indexed' ? [one.file] : []));
    const failed = again.flatMap((one) => (one.kind === 'failed' ? [one.failure] : []));
    this.#failedLate += failed.length;
    await this.#parts.files.commit({ files: described, failures: [...failures, ...failed], removed: [] });
    this.#parts.onCommitted(described);
  }
}
