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
import { type LibrarySpace, LibrarySpaces } from './library-spaces.ts';
import { libraryState } from './library-state.ts';
import type { ModelledSpace } from './modelled-space.ts';
import { networkFileSystemOf } from './network-file-system.ts';
import { PairVerifier } from './pair-verifier.ts';
import { readOnlyLock } from './read-only-lock.ts';
import { requireLibrary } from './require-library.ts';

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
  /** Tells the file system of a folder when that is on another machine; see networkFileSystemOf, which does by default. */
  readonly networkOf?: (folder: string) => string | null;
}

/**
 * Opens the library of a configuration: wires the adapters to the ports. One on a network file system is opened for
 * reading only, and none is made there.
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
    networkOf = networkFileSystemOf,
  }: OpenPermissions = {},
): Promise<Library> {
  const { file, isThere } = findCatalog(config.library);
  if (!isThere && !mayBeginAnew) {
    refuseLostCatalog(file);
  }
  if (!mayCreate) {
    requireLibrary(config);
  }
  const onNetwork = refuseNetwork(config.library, networkOf(config.library));
  if (!isThere) {
    if (onNetwork !== null) {
      throw onNetwork;
    }
    makeLibraryFolder(config.library);
  }
  if (onNetwork !== null) {
    say(`Opened for reading only. ${onNetwork.message}`);
  }
  const lock = onNetwork === null ? sqliteLibraryLock(config.library) : readOnlyLock(onNetwork);
  const mayWrite = onNetwork === null;
  const catalog = await openSqliteCatalog(file, { lock, say, mayWrite, mayBeginAnew });
  try {
    const chosen = await chooseSpaces(config, catalog, mayAddModel);
    const { similar, copy, modelKeys, toActivate, describing, unkept } = chosen;
    const cannotDescribe = describing instanceof EideticError ? describing : null;
    if (unkept !== null && cannotDescribe === null) {
      logger.warn(unkept.message, { code: unkept.code });
    }
    const uploads = managedFolder(join(await realpath(config.library), 'uploads'));
    if (!catalog.isReadOnly) {
      await takeUploadsAlong(catalog.files, uploads.root, logger);
    }
    const { descriptors, libraryId } = catalog;
    const cache = hnswIndexCache(join(config.library, 'indexes'));
    const maySave = !catalog.isReadOnly;
    const installed = describing instanceof EideticError ? [] : describing;
    const withIndex = ({ space, model: known }: ModelledSpace): LibrarySpace => {
      // What the installed one says of itself beside its weights may be newer than what the catalog keeps.
      const model = installed.find(({ key }) => key === known.key) ?? known;
      const index = new LibraryIndex({ descriptors, cache, libraryId, space, lock, logger, maySave });
      return { space, model, index };
    };
    const state = libraryState(config.library);
    const decoders = new PictureDecoders({ limits: config.limits, givesWay: isServing });
    let embedder: Embedder | null = null;
    let hasher: PixelHasher | null = null;
    let verifier: PairVerifier | null = null;
    const library: Library = {
      ...{ config, logger, catalog, lock, modelKeys, toActivate, cannotDescribe, uploads, state, decoders },
      spaces: new LibrarySpaces(withIndex(similar), copy === null ? null : withIndex(copy)),
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
      verifier() {
        state.requireOpen();
        verifier ??= new PairVerifier(decoders, config.limits.maxBytes);
        return verifier;
      },
      async close() {
        await state.end();
        await verifier?.close();
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

function refuseNetwork(folder: string, fileSystem: string | null): EideticError | null {
  return fileSystem === null
    ? null
    : new EideticError(
        'READ_ONLY',
        `The library folder ${folder} lies on a network file system (${fileSystem}), where SQLite cannot keep a catalog from being damaged; keep the library on a disk of this machine, and name it with --library. The pictures may stay where they are.`,
      );
}
