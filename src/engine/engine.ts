import { existsSync, mkdirSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { type Check, checkLibrary } from '../doctor/check-library.ts';
import { recallOfQuery } from '../doctor/recall-of-query.ts';
import type { Catalog } from '../domain/catalog.ts';
import type { DescribedPicture } from '../domain/descriptor.ts';
import type { DescribeTimes, Embedder } from '../domain/embedder.ts';
import type { Embedding } from '../domain/embedding.ts';
import { EideticError } from '../domain/errors.ts';
import type { JobStore } from '../domain/job.ts';
import type { Logger } from '../domain/logger.ts';
import type { InstalledModel } from '../domain/model.ts';
import type { ContentHash, PictureId, PictureRegion } from '../domain/picture.ts';
import { createTurns } from '../domain/turns.ts';
import type { IndexEntry, VectorIndex } from '../domain/vector-index.ts';
import { type DuplicateReport, findDuplicates } from '../duplicates/find-duplicates.ts';
import { startOnnxEmbedder } from '../embedding/onnx-embedder.ts';
import { makeThumbnail } from '../imaging/thumbnail.ts';
import { type IndexProgress, type IndexSummary, indexFiles } from '../indexer/index-files.ts';
import { outermostFolders } from '../indexer/outermost-folders.ts';
import type { ScanOptions } from '../indexer/scan-rules.ts';
import { type Hit, type SearchOptions, searchSimilar } from '../search/search-similar.ts';
import { openJobStore } from '../storage/job-store.ts';
import { acquireLibraryLock } from '../storage/library-lock.ts';
import { openSqliteCatalog } from '../storage/sqlite-catalog.ts';
import { groupWork } from '../uploads/group-work.ts';
import { type ManagedFolder, managedFolder } from '../uploads/managed-folder.ts';
import {
  commitUploads,
  findUpload,
  type KnownUpload,
  removeUpload,
  type StagedUpload,
} from '../uploads/upload-pictures.ts';
import { createExactIndex } from '../vector-index/exact-index.ts';
import { yieldingIndex } from '../vector-index/yielding-index.ts';
import { chooseModel } from './choose-model.ts';
import { LibrarySpace } from './library-space.ts';
import { refuseAbsentFolders } from './refuse-absent-folders.ts';
import { SharedLock } from './shared-lock.ts';
import { waitForLock } from './wait-for-lock.ts';

/** What an index run is asked to do. Paths may be relative. */
export interface IndexCommand {
  /** Folders or files; none means the folders that were indexed before. */
  readonly roots: readonly string[];
  /** Single files beside them. */
  readonly listed: readonly string[];
  readonly scan: Omit<ScanOptions, 'libraryFolder'>;
  readonly force: boolean;
  readonly allowEmpty: boolean;
}

/** Up to this many pictures duplicates are compared pair by pair: exact, and done in seconds. */
const EXACT_DUPLICATES_UP_TO = 5_000;

/** Uploads that share one lock, one transaction and its fsync. */
const UPLOADS_AT_ONCE = 32;

/** An open library with its model: everything that a shell can ask for. */
export class Engine {
  readonly config: Config;
  readonly catalog: Catalog;
  readonly model: InstalledModel;
  readonly #logger: Logger;
  readonly #space: LibrarySpace;
  readonly #lock: SharedLock;
  /** Uploads, and the end of an index run, one after the other. */
  readonly #takeTurn = createTurns();
  #isIndexing = false;
  #embedder: Embedder | null = null;
  readonly #writeUploads = groupWork(
    (uploads: readonly StagedUpload[]) => this.#commitUploads(uploads),
    UPLOADS_AT_ONCE,
  );
  /** Told of every picture that was described, indexed ones too. */
  onDescribed: ((times: DescribeTimes) => void) | null = null;
  /** Where uploads are kept. */
  readonly uploads: ManagedFolder;

  private constructor(
    config: Config,
    catalog: Catalog,
    model: InstalledModel,
    uploads: ManagedFolder,
    logger: Logger,
  ) {
    this.config = config;
    this.catalog = catalog;
    this.model = model;
    this.#logger = logger;
    this.#lock = new SharedLock(config.library);
    this.#space = new LibrarySpace(config.library, catalog, model, logger);
    this.uploads = uploads;
  }

  /**
   * Opens the library of a configuration.
   * @param permissions `mayCreate`: a library that is not there is made; `mayAddModel`: the model may be one that the
   *   library was not indexed with
   * @throws EideticError NOT_FOUND, MODEL_UNAVAILABLE, MODEL_MISMATCH, CATALOG_*
   */
  static async open(
    config: Config,
    logger: Logger,
    permissions: { readonly mayCreate?: boolean; readonly mayAddModel?: boolean } = {},
  ): Promise<Engine> {
    const file = join(config.library, 'catalog.sqlite');
    if (!existsSync(file) && permissions.mayCreate !== true) {
      throw new EideticError(
        'NOT_FOUND',
        `There is no library in ${config.library}; run "eidetic index FOLDER" to make one, or name another with --library.`,
      );
    }
    makeFolder(config.library);
    const catalog = openSqliteCatalog(file);
    try {
      const model = await chooseModel(config, await catalog.models(), permissions.mayAddModel === true);
      const uploads = managedFolder(join(await realpath(config.library), 'uploads'));
      await takeUploadsAlong(catalog, uploads.root, logger);
      return new Engine(config, catalog, model, uploads, logger);
    } catch (error) {
      await catalog.close();
      throw error;
    }
  }

  /**
   * Indexes folders and files into the library; pictures can be uploaded meanwhile.
   * @throws EideticError CATALOG_BUSY when another process is writing, or this one is indexing already, and what
   *   indexFiles throws
   */
  async index(
    command: IndexCommand,
    onProgress: (progress: IndexProgress) => void,
    signal: AbortSignal,
  ): Promise<IndexSummary> {
    if (this.#isIndexing) {
      throw new EideticError(
        'CATALOG_BUSY',
        'This process is indexing into the library already; try again when that is done.',
      );
    }
    const lock = this.#lock.acquire();
    this.#isIndexing = true;
    try {
      await this.catalog.addModel(this.model.key, this.model.manifest);
      const space = await this.#space.opened();
      await space.catchUp();
      const roots = await outermostFolders(
        command.roots.length > 0 ? command.roots : await this.#knownRoots(command),
      );
      const libraryFolder = await realpath(this.config.library);
      return await indexFiles(
        {
          catalog: this.catalog,
          embedder: this.#startEmbedder(),
          index: space,
          logger: this.#logger,
          takeTurn: this.#takeTurn,
        },
        {
          ...command,
          roots,
          listed: command.listed.map((path) => resolve(path)),
          scan: { ...command.scan, libraryFolder },
          uploadsFolder: this.uploads.root,
          maxBytes: this.config.limits.maxBytes,
        },
        onProgress,
        signal,
      );
    } finally {
      this.#isIndexing = false;
      lock.release();
    }
  }

  /**
   * Embeds everything the library knows with this engine's model, beside the model in use, and makes it the one in
   * use when nothing is left to do. Stopped or killed before, the old model stays in use and the next call goes on.
   * @returns the run (null: nothing was left to embed), and how many files still lack the model (0: it is in use)
   * @throws EideticError NOT_FOUND when an indexed folder is away, and what index throws
   */
  async reindex(
    onProgress: (progress: IndexProgress) => void,
    signal: AbortSignal,
  ): Promise<{ summary: IndexSummary | null; filesLeft: number }> {
    await this.catalog.addModel(this.model.key, this.model.manifest);
    // Only what the library knows, wherever it lies: rules and folders are those of the runs that found it.
    const listed = await this.catalog.filesWithout(this.model.key);
    await refuseAbsentFolders(await this.catalog.roots());
    const scan = { exclude: [], includeHidden: true, followSymlinks: true };
    const command = { roots: [], listed, scan, force: false, allowEmpty: false };
    const summary = listed.length === 0 ? null : await this.index(command, onProgress, signal);
    const left = await this.catalog.filesWithout(this.model.key);
    if (left.length === 0 && !summary?.interrupted) {
      await this.useModel();
    }
    return { summary, filesLeft: left.length };
  }

  /**
   * Makes this engine's model the one that searches use when none is named.
   * @throws EideticError MODEL_MISMATCH when it has not embedded every picture; CATALOG_BUSY
   */
  async useModel(): Promise<void> {
    const left = await this.catalog.filesWithout(this.model.key);
    if (left.length > 0) {
      const { id } = this.model.manifest;
      throw new EideticError(
        'MODEL_MISMATCH',
        `${id} has not embedded ${left.length} files of this library; run "eidetic reindex --model ${id}" first.`,
      );
    }
    const lock = await waitForLock(() => acquireLibraryLock(this.config.library));
    try {
      await this.catalog.activateModel(this.model.key);
    } finally {
      lock.release();
    }
  }

  /**
   * Decodes and embeds a picture that need not be in the library.
   * @param region the part to describe; none means the whole picture
   * @throws EideticError IMAGE_UNREADABLE, IMAGE_TOO_LARGE, FORMAT_UNSUPPORTED, MODEL_UNAVAILABLE
   */
  describe(bytes: Uint8Array, region?: PictureRegion): Promise<DescribedPicture> {
    return this.#startEmbedder().describe(bytes, region);
  }

  /** How many pictures can be described at once; more wait. */
  get describesAtOnce(): number {
    return this.#startEmbedder().parallelism;
  }

  /** See makeThumbnail. */
  thumbnail(bytes: Uint8Array, maxSide: number): Promise<Uint8Array> {
    return makeThumbnail(bytes, maxSide, this.config.limits);
  }

  /** See findUpload. */
  findUpload(contentHash: ContentHash): Promise<KnownUpload | null> {
    return findUpload(this.#uploadParts(), contentHash);
  }

  /** See commitUploads; the next search finds the picture. @throws EideticError CATALOG_BUSY */
  addUpload(upload: StagedUpload): Promise<PictureId> {
    return this.#writeUploads(upload);
  }

  /** See removeUpload. @throws EideticError NOT_FOUND, FORBIDDEN, CATALOG_BUSY */
  async removeUpload(id: PictureId): Promise<void> {
    const lock = await waitForLock(() => acquireLibraryLock(this.config.library));
    try {
      await removeUpload(this.#uploadParts(), id);
    } finally {
      lock.release();
    }
  }

  /** Reads a picture file and embeds it. @throws EideticError NOT_FOUND and what describe throws */
  async describeFile(path: string): Promise<DescribedPicture> {
    const bytes = await readFile(path).catch((cause: unknown) => {
      throw new EideticError(
        'NOT_FOUND',
        `The picture ${path} cannot be read: ${(cause as Error).message}.`,
        { cause },
      );
    });
    return this.describe(bytes);
  }

  /** The embedding of a picture of the library. @throws EideticError NOT_FOUND */
  async embeddingOf(id: PictureId): Promise<Embedding> {
    const embedding = await this.catalog.embedding(id, this.model.key);
    if (embedding === null) {
      throw new EideticError('NOT_FOUND', `The library has no picture ${id}.`);
    }
    return embedding;
  }

  /** See searchSimilar. */
  async search(query: Embedding, options: SearchOptions): Promise<Hit[]> {
    return this.#searchIn((await this.#space.current()).index, query, options);
  }

  /** The index jobs of this library. To be closed by who opens it. */
  openJobs(): JobStore {
    return openJobStore(join(this.config.library, 'jobs.sqlite'));
  }

  /** Opens the index and starts the first worker, so that no query has to wait for them. */
  async warmUp(): Promise<void> {
    this.#startEmbedder();
    await this.#space.opened();
  }

  /** Like {@link search}, for a process that stays: see LibrarySpace.currentWithin. */
  async searchWhileOpen(query: Embedding, options: SearchOptions, patienceMs: number): Promise<Hit[]> {
    return this.#searchIn((await this.#space.currentWithin(patienceMs)).index, query, options);
  }

  /** Pictures in the index. */
  async indexedCount(): Promise<number> {
    return (await this.#space.opened()).index.size();
  }

  /**
   * See recallOfQuery; null when the library changed meanwhile. Reads every embedding, in a thread of its own.
   * @param k 1 or more
   */
  async recallOf(query: Embedding, k: number): Promise<number | null> {
    const { index, generation } = await this.#space.opened();
    const recall = await recallOfQuery({ catalog: this.catalog, index, modelKey: this.model.key }, query, k);
    return (await this.catalog.generation()) === generation ? recall : null;
  }

  /** See LibrarySpace.save. */
  saveIndex(): Promise<void> {
    return this.#space.save();
  }

  /** See findDuplicates. */
  async duplicates(
    minSimilarity: number | null,
    onProgress: (done: number) => void,
    signal: AbortSignal,
  ): Promise<DuplicateReport> {
    const index = await this.#duplicatesIndex();
    const parts = { catalog: this.catalog, index: yieldingIndex(index), modelKey: this.model.key };
    return findDuplicates(parts, minSimilarity, onProgress, signal);
  }

  /**
   * Checks the whole library; see checkLibrary.
   * @throws EideticError CATALOG_BUSY when it shall repair while another process is writing
   */
  async doctor(shouldRepair: boolean): Promise<Check[]> {
    const lock = shouldRepair ? acquireLibraryLock(this.config.library) : null;
    try {
      return await checkLibrary(
        {
          catalog: this.catalog,
          modelKey: this.model.key,
          dimensions: this.model.manifest.dimensions,
          uploads: this.uploads,
          space: await this.#space.opened(),
          createExact: createExactIndex,
        },
        shouldRepair,
      );
    } finally {
      lock?.release();
    }
  }

  /** Finishes what is in progress and closes everything. */
  async close(): Promise<void> {
    await this.#embedder?.close();
    await this.catalog.close();
  }

  #uploadParts() {
    return { catalog: this.catalog, folder: this.uploads, modelKey: this.model.key };
  }

  async #commitUploads(uploads: readonly StagedUpload[]): Promise<PictureId[]> {
    const lock = await waitForLock(() => this.#lock.acquire());
    try {
      return await this.#takeTurn(async () => {
        await this.catalog.addModel(this.model.key, this.model.manifest);
        await this.catalog.keepUploadsIn(this.uploads.root);
        const ids = await commitUploads(this.#uploadParts(), uploads);
        const space = await this.#space.opened();
        await space.upsert(await this.catalog.embeddings([...new Set(ids)], this.model.key));
        return ids;
      });
    } finally {
      lock.release();
    }
  }

  #searchIn(index: VectorIndex, query: Embedding, options: SearchOptions): Promise<Hit[]> {
    return searchSimilar({ catalog: this.catalog, index, modelKey: this.model.key }, query, options);
  }

  #startEmbedder(): Embedder {
    this.#embedder ??= startOnnxEmbedder(this.model, this.config.limits, this.config.device, (times) =>
      this.onDescribed?.(times),
    );
    return this.#embedder;
  }

  async #duplicatesIndex(): Promise<VectorIndex> {
    if ((await this.catalog.describedCount(this.model.key)) > EXACT_DUPLICATES_UP_TO) {
      return (await this.#space.current()).index;
    }
    const exact = createExactIndex(this.model.manifest.dimensions);
    const entries: IndexEntry[] = [];
    for await (const entry of this.catalog.embeddingsSince(this.model.key, -1)) {
      entries.push(entry);
    }
    await exact.upsert(entries);
    return exact;
  }

  async #knownRoots(command: IndexCommand): Promise<string[]> {
    const known = command.listed.length > 0 ? [] : await this.catalog.roots();
    if (known.length === 0 && command.listed.length === 0) {
      throw new EideticError(
        'INVALID_INPUT',
        'This library has no folders yet: name one, as in "eidetic index FOLDER".',
      );
    }
    return known;
  }
}

/** The catalog knows uploads by absolute paths, which are others when the library was moved. */
async function takeUploadsAlong(catalog: Catalog, folder: string, logger: Logger): Promise<void> {
  const former = await catalog.uploadsFolder();
  if (former !== null && former !== folder) {
    logger.warn('the library was moved, and its uploads with it', { from: former, to: folder });
    await catalog.keepUploadsIn(folder);
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new EideticError(
      'CATALOG_BUSY',
      `The library folder ${folder} cannot be made: ${(cause as Error).message}. Name another with --library.`,
      { cause },
    );
  }
}
