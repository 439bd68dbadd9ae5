import type { pinoLogger } from '../api/pino-logger.ts';
import type { ServeSettings } from '../api/serve-settings.ts';
import { startServer } from '../api/start-server.ts';
import { EideticError } from '../domain/errors.ts';
import type { Engine } from '../engine/engine.ts';
import { abortOnInterrupt } from './interrupt.ts';
import { count } from './print.ts';
import { VERSION } from './version.ts';
import { watchLibrary } from './watch-library.ts';

const DEFAULT_SCAN = { exclude: [], includeHidden: false, followSymlinks: false };

/**
 * Serves an open library until Ctrl-C or SIGTERM, and says where.
 * @param shouldWatch whether the library is kept current with its folders meanwhile
 */
export async function runServer(
  engine: Engine,
  settings: ServeSettings,
  logger: ReturnType<typeof pinoLogger>,
  shouldWatch: boolean,
): Promise<void> {
  const roots = await engine.catalog.roots();
  if (shouldWatch && roots.length === 0) {
    throw new EideticError(
      'INVALID_INPUT',
      'This library has no folders to watch yet; run "eidetic index FOLDER" first.',
    );
  }
  const server = await startServer(engine, settings, logger, VERSION);
  const { signal, dispose } = abortOnInterrupt(() =>
    process.stderr.write('Stopping: finishing what is in progress…\n'),
  );
  const stopped = new Promise((resolve) => signal.addEventListener('abort', resolve));
  try {
    process.stdout.write(`Listening on ${server.address}\n`);
    await Promise.race([server.ready, stopped]);
    const { pictures } = await engine.catalog.counts();
    process.stdout.write(
      `Ready: ${count(pictures, 'picture')}; ${server.address}/docs explains the API. Ctrl-C stops it.\n`,
    );
    await Promise.race([
      stopped,
      shouldWatch ? watchLibrary(engine, roots, DEFAULT_SCAN, logger, signal) : stopped,
    ]);
  } finally {
    await server.close();
    dispose();
  }
}
