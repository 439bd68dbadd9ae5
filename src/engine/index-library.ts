import { realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { EideticError } from '../domain/errors.ts';
import type { FileLedger } from '../domain/file-ledger.ts';
import { isAtOrBelow } from '../domain/is-below.ts';
import { readDeviceTable } from '../indexer/device-table.ts';
import { type IndexProgress, type IndexSummary, indexFiles } from '../indexer/index-files.ts';
import { type IndexRequest, isWholeRun } from '../indexer/index-request.ts';
import { outermostFolders } from '../indexer/outermost-folders.ts';
import { dropMigrationBackup } from './drop-migration-backup.ts';
import type { Library } from './library.ts';

/** What an index run is asked to do. Paths may be relative. */
export type IndexCommand = Omit<IndexRequest, 'libraryFolder' | 'uploadsFolder' | 'limits'>;

/** A run over known roots by their own rules. */
export const PLAIN_RUN: Omit<IndexCommand, 'roots'> = {
  listed: [],
  rules: {},
  acceptRules: false,
  force: false,
  allowEmpty: false,
};

/**
 * Indexes folders and files into a library. Pictures can be searched and uploaded meanwhile, by other processes too.
 * @throws EideticError MODEL_MISMATCH, MODEL_UNAVAILABLE before anything is done, when no picture can be described;
 *   CATALOG_BUSY when this or another process is indexing into it, and what indexFiles throws
 */
export async function indexLibrary(
  library: Library,
  command: IndexCommand,
  onProgress: (progress: IndexProgress) => void,
  signal: AbortSignal,
): Promise<IndexSummary> {
  const { catalog, config, spaces, lock, logger, state, uploads } = library;
  return state.runStoppable(signal, async (stop) => {
    const embedder = library.embedder();
    const run = await lock.acquire('run');
    try {
      await requireRoots(library, command);
      await spaces.keepUp();
      const libraryFolder = await realpath(config.library);
      const roots = await outermostFolders(command.roots, await rootPaths(library));
      requireNotOwn(roots, libraryFolder);
      const summary = await indexFiles(
        {
          files: catalog.files,
          embedder,
          index: spaces,
          lock,
          logger,
          devices: await readDeviceTable(),
          spoolFolder: join(libraryFolder, 'spool'),
        },
        {
          ...command,
          roots,
          listed: command.listed.map((path) => resolve(path)),
          listedNames: (command.listedNames ?? []).map(resolveBytes),
          libraryFolder,
          uploadsFolder: uploads.root,
          limits: config.limits,
        },
        onProgress,
        stop,
      );
      if (!summary.interrupted && summary.awayFiles === 0 && (await coversAll(library, command, roots))) {
        await dropMigrationBackup(library);
      }
      return summary;
    } finally {
      await run.release();
    }
  });
}

/** What the library keeps for itself holds no one's pictures but uploads, which it knows. */
function requireNotOwn(roots: readonly string[], libraryFolder: string): void {
  const own = roots.find((root) => isAtOrBelow(root, libraryFolder));
  if (own !== undefined) {
    throw new EideticError(
      'INVALID_INPUT',
      `${own} belongs to the library itself, whose uploads need no indexing; name the folders of your pictures.`,
    );
  }
}

/** Whether a run over these roots looks at all files that the library knows but for uploads. */
async function coversAll(
  library: Library,
  command: IndexCommand,
  roots: readonly string[],
): Promise<boolean> {
  if (isWholeRun(command)) {
    return true;
  }
  const known = await rootPaths(library);
  const isCovered = known.every((path) => roots.some((root) => isAtOrBelow(path, root)));
  return isCovered && !(await hasListed(library.catalog.files));
}

async function rootPaths({ catalog }: Library): Promise<string[]> {
  return (await catalog.files.roots()).map(({ path }) => path);
}

/** A path that is not UTF-8, from here. */
function resolveBytes(path: Uint8Array): Buffer {
  const [here, bytes] = [Buffer.from(process.cwd()), Buffer.from(path)];
  return Buffer.from(resolve(here.toString('latin1'), bytes.toString('latin1')), 'latin1');
}

async function requireRoots(library: Library, command: IndexCommand): Promise<void> {
  const { files } = library.catalog;
  if (isWholeRun(command) && (await rootPaths(library)).length === 0 && !(await hasListed(files))) {
    throw new EideticError(
      'INVALID_INPUT',
      'This library has no folders yet: name one, as in "eidetic index FOLDER".',
    );
  }
}

/** Whether files were named one by one in earlier runs. */
async function hasListed(files: FileLedger): Promise<boolean> {
  for await (const _ of files.knownListed([])) {
    return true;
  }
  return false;
}
