import { realpath } from 'node:fs/promises';
import { EideticError } from '../domain/errors.ts';
import { isAtOrBelow } from '../domain/is-below.ts';
import type { Logger } from '../domain/logger.ts';
import { DEFAULT_ROOT_RULES } from '../domain/roots.ts';
import { type IndexCommand, indexLibrary, PLAIN_RUN } from '../engine/index-library.ts';
import type { Library } from '../engine/library.ts';
import type { IndexSummary } from '../indexer/index-files.ts';
import { outermostFolders } from '../indexer/outermost-folders.ts';
import { watchFolders } from '../watch/watch-folders.ts';
import { count } from './print.ts';

/** Long enough for a copy over a network to pause, short enough to wait for. */
const SETTLE_MS = 2_000;

/**
 * Keeps a library current with its folders, each by its own rules, until the signal comes; each run that changed
 * something is said.
 * @param folders those to watch, and what is indexed below them; none: all that the library knows
 * @param onStart told the folders that are watched
 * @throws EideticError INVALID_INPUT when there are none; MODEL_MISMATCH, MODEL_UNAVAILABLE when no picture can be
 *   described
 */
export async function watchLibrary(
  library: Library,
  folders: readonly string[],
  logger: Logger,
  signal: AbortSignal,
  onStart: (roots: readonly string[]) => void = () => {},
): Promise<void> {
  if (library.cannotDescribe !== null) {
    throw library.cannotDescribe;
  }
  const known = await library.catalog.files.roots();
  const wanted = await outermostFolders(
    folders,
    known.map(({ path }) => path),
  );
  const roots = known.filter(
    ({ path }) => wanted.length === 0 || wanted.some((folder) => isAtOrBelow(path, folder)),
  );
  if (roots.length === 0) {
    throw new EideticError(
      'INVALID_INPUT',
      'This library has no folders yet: name one, as in "eidetic watch FOLDER".',
    );
  }
  onStart(roots.map(({ path }) => path));
  const parts = {
    roots: roots.map(({ path, rules }) => ({ path, rules: rules ?? DEFAULT_ROOT_RULES })),
    libraryFolder: await realpath(library.config.library),
    async index(request: Pick<IndexCommand, 'roots' | 'listed'>, stop: AbortSignal) {
      const summary = await indexLibrary(library, { ...PLAIN_RUN, ...request }, () => {}, stop);
      sayWhatChanged(summary);
      return summary;
    },
    logger,
    settleMs: SETTLE_MS,
  };
  await watchFolders(parts, signal);
}

function sayWhatChanged({ indexed, moved, removed, failed }: IndexSummary): void {
  if (indexed + moved + removed + failed > 0) {
    const movedFiles = moved > 0 ? `, ${moved.toLocaleString('en')} moved` : '';
    const failures = failed > 0 ? `, ${count(failed, 'file')} failed ("eidetic failures" says why)` : '';
    const time = new Date().toLocaleTimeString('en-GB');
    process.stderr.write(
      `${time}  ${count(indexed, 'file')} indexed${movedFiles}, ${removed} gone${failures}.\n`,
    );
  }
}
