import { existsSync, mkdirSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Config } from './config.ts';
import { type Check, checkLibrary } from './doctor/check-library.ts';
import type { Catalog, CatalogModel } from './domain/catalog.ts';
import type { DescribedPicture } from './domain/descriptor.ts';
import type { Embedder } from './domain/embedder.ts';
import type { Embedding } from './domain/embedding.ts';
import { EideticError } from './domain/errors.ts';
import type { Logger } from './domain/logger.ts';
import type { InstalledModel } from './domain/model.ts';
import type { PictureId } from './domain/picture.ts';
import type { IndexEntry, VectorIndex } from './domain/vector-index.ts';
import { type DuplicateReport, findDuplicates } from './duplicates/find-duplicates.ts';
import { findModel, type ListedModel, listModels } from './embedding/model-store.ts';
import { startOnnxEmbedder } from './embedding/onnx-embedder.ts';
import { type IndexProgress, type IndexSummary, indexFiles } from './indexer/index-files.ts';
import type { ScanOptions } from './indexer/scan-rules.ts';
import { type Hit, type SearchOptions, searchSimilar } from './search/search-similar.ts';
import { SpaceIndex } from './search/space-index.ts';
import { acquireLibraryLock } from './storage/library-lock.ts';
import { openSqliteCatalog } from './storage/sqlite-catalog.ts';
import { createExactIndex } from './vector-index/exact-index.ts';
import { hnswStore } from './vector-index/hnsw-store.ts';

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

/** An open library with its model: everything that a shell can ask for. */
export class Engine {
  readonly config: Config;
  readonly catalog: Catalog;
  readonly model: InstalledModel;
  readonly #logger: Logger;
  #embedder: Embedder | null = null;
  #space: Promise<SpaceIndex> | null = null;

  private constructor(config: Config, catalog: Catalog, model: InstalledModel, logger: Logger) {
    this.config = config;
    this.catalog = catalog;
    this.model = model;
    this.#logger = logger;
  }

  /**
   * Opens the library of a configuration.
   * @param mayCreate whether a library that is not there is made
   * @throws EideticError NOT_FOUND, MODEL_UNAVAILABLE, MODEL_MISMATCH, CATALOG_*
   */
  static async open(config: Config, logger: Logger, mayCreate: boolean): Promise<Engine> {
    const file = join(config.library, 'catalog.sqlite');
    if (!existsSync(file) && !mayCreate) {
      throw new EideticError(
        'NOT_FOUND',
        `There is no library in ${config.library}; run "eidetic index FOLDER" to make one, or name another with --library.`,
      );
    }
    makeFolder(config.library);
    const catalog = openSqliteCatalog(file);
    try {
      return new Engine(config, catalog, await chooseModel(config, await catalog.models()), logger);
    } catch (error) {
      await catalog.close();
      throw error;
    }
  }

  /**
   * Indexes folders and files into the library.
   * @throws EideticError CATALOG_BUSY when another process is writing, and what indexFiles throws
   */
  async index(
    command: IndexCommand,
    onProgress: (progress: IndexProgress) => void,
    signal: AbortSignal,
  ): Promise<IndexSummary> {
    const lock = acquireLibraryLock(this.config.library);
    try {
      await this.catalog.addModel(this.model.key, this.model.manifest);
      const space = await this.#openSpace();
      await space.catchUp();
      const roots = await resolveRoots(
        command.roots.length > 0 ? command.roots : await this.#knownRoots(command),
      );
      const libraryFolder = await realpath(this.config.library);
      return await indexFiles(
        { catalog: this.catalog, embedder: this.#startEmbedder(), index: space, logger: this.#logger },
        {
          ...command,
          roots,
          listed: command.listed.map((path) => resolve(path)),
          scan: { ...command.scan, libraryFolder },
          maxBytes: this.config.limits.maxBytes,
        },
        onProgress,
        signal,
      );
    } finally {
      lock.release();
    }
  }

  /**
   * Decodes and embeds a picture that need not be in the library.
   * @throws EideticError IMAGE_UNREADABLE, IMAGE_TOO_LARGE, FORMAT_UNSUPPORTED, MODEL_UNAVAILABLE
   */
  describe(bytes: Uint8Array): Promise<DescribedPicture> {
    return this.#startEmbedder().describe(bytes);
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
    const descriptor = await this.catalog.descriptor(id, this.model.key);
    if (descriptor === null) {
      throw new EideticError('NOT_FOUND', `The library has no picture ${id}.`);
    }
    return descriptor.cls;
  }

  /** See searchSimilar. */
  async search(query: Embedding, options: SearchOptions): Promise<Hit[]> {
    const { index } = await this.#currentSpace();
    return searchSimilar({ catalog: this.catalog, index, modelKey: this.model.key }, query, options);
  }

  /** See findDuplicates. */
  async duplicates(
    minSimilarity: number | null,
    onProgress: (done: number) => void,
    signal: AbortSignal,
  ): Promise<DuplicateReport> {
    const index = await this.#duplicatesIndex();
    const parts = { catalog: this.catalog, index, modelKey: this.model.key };
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
          space: await this.#openSpace(),
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

  #startEmbedder(): Embedder {
    this.#embedder ??= startOnnxEmbedder(this.model, this.config.limits);
    return this.#embedder;
  }

  #openSpace(): Promise<SpaceIndex> {
    this.#space ??= SpaceIndex.open({
      catalog: this.catalog,
      store: hnswStore(join(this.config.library, 'indexes')),
      modelKey: this.model.key,
      space: 'similar',
      dimensions: this.model.manifest.dimensions,
    });
    return this.#space;
  }

  /** The index, level with the catalog; what had to be built or caught up is saved unless someone else writes. */
  async #currentSpace(): Promise<SpaceIndex> {
    const space = await this.#openSpace();
    await space.catchUp();
    if (space.needsSaving) {
      await this.#saveQuietly(space);
    }
    return space;
  }

  async #saveQuietly(space: SpaceIndex): Promise<void> {
    try {
      const lock = acquireLibraryLock(this.config.library);
      try {
        await space.save(space.generation);
      } finally {
        lock.release();
      }
    } catch (error) {
      // The index in memory is right; that it could not be kept for the next time must not fail this answer.
      this.#logger.warn('the index was not saved', { reason: (error as Error).message });
    }
  }

  async #duplicatesIndex(): Promise<VectorIndex> {
    const { described } = await this.catalog.counts();
    if ((described[this.model.key] ?? 0) > EXACT_DUPLICATES_UP_TO) {
      return (await this.#currentSpace()).index;
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

/** A library keeps to its model: embeddings of two models cannot be compared. */
async function chooseModel(config: Config, known: readonly CatalogModel[]): Promise<InstalledModel> {
  const active = known.find((model) => model.active);
  const wanted = config.model ?? active?.manifest.id ?? null;
  const isBundled = config.model === null && known.length === 0;
  const model = await findModel(isBundled ? null : wanted, config.modelsFolder);
  if (known.length > 0 && !known.some(({ key }) => key === model.key)) {
    throw new EideticError(
      'MODEL_MISMATCH',
      `The library ${config.library} was indexed with ${active?.manifest.id} (${active?.key.slice(0, 12)}), found ${model.manifest.id} (${model.key.slice(0, 12)}); embeddings of two models cannot be compared. Index into another --library to use it.`,
    );
  }
  return model;
}

/** Absolute paths without symbolic links; a folder inside another named one is left to that one. */
async function resolveRoots(roots: readonly string[]): Promise<string[]> {
  const found = await Promise.all(roots.map((root) => realpath(root).catch(() => resolve(root))));
  const unique = [...new Set(found)].sort();
  return unique.filter(
    (root) => !unique.some((other) => other !== root && root.startsWith(withSeparator(other))),
  );
}

function withSeparator(folder: string): string {
  return folder.endsWith('/') ? folder : `${folder}/`;
}

export type { ListedModel };

/** The models that are installed, the bundled one first, each with its weights verified. */
export function installedModels(config: Config): Promise<ListedModel[]> {
  return listModels(config.modelsFolder);
}
