import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import type { DescribeTimes, Embedder } from '../domain/embedder.ts';
import { EideticError } from '../domain/errors.ts';
import type { FileLedger } from '../domain/file-ledger.ts';
import type { Logger } from '../domain/logger.ts';
import type { PixelHasher } from '../domain/pixel-hasher.ts';
import { startOnnxEmbedder } from '../embedding/onnx-embedder.ts';
import { PictureDecoders } from '../imaging/picture-decoders.ts';
import { createPixelHasher } from '../imaging/pixel-hasher.ts';
import { refuseLostCatalog } from '../storage/lost-catalog.ts';
import { openSqliteCatalog } from '../storage/sqlite-catalog.ts';
import { sqliteLibraryLock } from '../storage/sqlite-library-lock.ts';
import { managedFolder } from '../uploads/managed-folder.ts';
import { hnswIndexCache } from '../vector-index/hnsw-index-cache.ts';
import { chooseSpaces } from './choose-spaces.ts';
import type { Library } from './library.ts';
import { findCatalog, makeLibraryFolder } from './library-folder.ts';
import { LibraryIndex } from './library-index.ts';
import { libraryState } from './library-state.ts';

/** What opening a library may do. */
export interface OpenPermissions {
  /** A library that is not there is made. */
  readonly mayCreate?: boolean;
  /** Also where the catalog of one was lost, whose uploads and indexes are still there. */
  readonly mayBeginAnew?: boolean;
  /** The model shall be the installed one, even if the library was not indexed with it; see chooseSpaces. */
  readonly mayAddModel?: boolean;
  /** Requests are answered meanwhile, and embedding gives way to them. */
  readonly isServing?: boolean;
  /** Told what a person should know of the opening itself, such as a migration: one sentence each. */
  readonly say?: (message: string) => void;
}

/**
 * Opens the library of a configuration: wires the adapters to the ports.
 * @throws EideticError NOT_FOUND, INVALID_INPUT (see findCatalog), MODEL_UNAVAILABLE, MODEL_MISMATCH, CATALOG_*,
 *   STORAGE_FULL, READ_ONLY
 */
export async function openLibrary(
  config: Config,
  logger: Logger,
  {
    mayCreate = false,
    mayBeginAnew = false,
    mayAddModel = false,
    isServing = false,
    say = (message) => logger.warn(message),
  }: OpenPermissions = {},
): Promise<Library> {
  const { file, isThere } = findCatalog(config.library);
  if (!isThere) {
    if (!mayBeginAnew) {
      refuseLostCatalog(file);
    }
    if (!mayCreate) {
      throw new EideticError(
        'NOT_FOUND',
        `There is no library in ${config.library}; run "eidetic index FOLDER" to make one, or name another with --library.`,
      );
    }
    makeLibraryFolder(config.library);
  }
  const lock = sqliteLibraryLock(config.library);
  const catalog = await openSqliteCatalog(file, { lock, say, mayBeginAnew });
  try {
    const { similar, model, modelKeys, describing } = await chooseSpaces(config, catalog, mayAddModel);
    const cannotDescribe = describing instanceof EideticError ? describing : null;
    const uploads = managedFolder(join(await realpath(config.library), 'uploads'));
    if (!catalog.isReadOnly) {
      await takeUploadsAlong(catalog.files, uploads.root, logger);
    }
    const { descriptors, libraryId } = catalog;
    const cache = hnswIndexCache(join(config.library, 'indexes'));
    const maySave = !catalog.isReadOnly;
    const state = libraryState(config.library);
    const decoders = new PictureDecoders({ limits: config.limits, givesWay: isServing });
    let embedder: Embedder | null = null;
    let hasher: PixelHasher | null = null;
    const library: Library = {
      ...{ config, logger, catalog, lock, space: similar, model, modelKeys, cannotDescribe, uploads, state },
      decoders,
      index: new LibraryIndex({ descriptors, cache, libraryId, space: similar, lock, logger, maySave }),
      onDescribed: null,
      embedder() {
        state.requireOpen();
        if (describing instanceof EideticError) {
          throw describing;
        }
        const onDescribed = (times: DescribeTimes) => library.onDescribed?.(times);
        embedder ??= startOnnxEmbedder(describing, config.limits, {
          ...{ device: config.device, onDescribed, decoders },
          givesWay: isServing,
        });
        return embedder;
      },
      pixelHasher() {
        state.requireOpen();
        hasher ??= createPixelHasher(decoders);
        return hasher;
      },
      async close() {
        await state.end();
        await hasher?.close();
        // Whoever waited for a picture that takes long has left by now.
        decoders.close();
        await embedder?.close();
        await catalog.close();
      },
    };
    return library;
  } catch (error) {
    await catalog.close();
    throw error;
  }
}

/** The catalog knows uploads by absolute paths, which are others when the library was moved. */
async function takeUploadsAlong(files: FileLedger, folder: string, logger: Logger): Promise<void> {
  const former = await files.uploadsFolder();
  if (former !== null && former !== folder) {
    logger.warn('the library was moved, and its uploads with it', { from: former, to: folder });
    await files.keepUploadsIn(folder);
  }
}
