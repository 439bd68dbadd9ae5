import { realpath } from 'node:fs/promises';
import type { Logger } from '../domain/logger.ts';
import type { Engine, IndexCommand } from '../engine/engine.ts';
import type { IndexSummary } from '../indexer/index-files.ts';
import { watchFolders } from '../watch/watch-folders.ts';
import { count } from './print.ts';

/** Long enough for a copy over a network to pause, short enough to wait for. */
const SETTLE_MS = 2_000;

/**
 * Keeps a library current with folders until the signal comes; each run that changed something is said.
 * @param roots absolute, none inside another
 */
export async function watchLibrary(
  engine: Engine,
  roots: readonly string[],
  scan: IndexCommand['scan'],
  logger: Logger,
  signal: AbortSignal,
): Promise<void> {
  const scanOptions = { ...scan, libraryFolder: await realpath(engine.config.library) };
  const parts = {
    roots,
    async index(request: Pick<IndexCommand, 'roots' | 'listed'>, stop: AbortSignal) {
      const summary = await engine.index(
        { ...request, scan, force: false, allowEmpty: false },
        () => {},
        stop,
      );
      sayWhatChanged(summary);
      return summary;
    },
    scanOptions,
    logger,
    settleMs: SETTLE_MS,
  };
  await watchFolders(parts, signal);
}

function sayWhatChanged({ indexed, removed, failed }: IndexSummary): void {
  if (indexed + removed + failed > 0) {
    const failures = failed > 0 ? `, ${count(failed, 'file')} failed ("eidetic failures" says why)` : '';
    const time = new Date().toLocaleTimeString('en-GB');
    process.stderr.write(`${time}  ${count(indexed, 'file')} indexed, ${removed} gone${failures}.\n`);
  }
}
