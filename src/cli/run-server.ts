import type { pinoLogger } from '../api/pino-logger.ts';
import type { ServeSettings } from '../api/serve-settings.ts';
import { startServer } from '../api/start-server.ts';
import { EideticError } from '../domain/errors.ts';
import type { Library } from '../engine/library.ts';
import { abortOnInterrupt } from './interrupt.ts';
import { count, printLines } from './print.ts';
import { VERSION } from './version.ts';
import { watchLibrary } from './watch-library.ts';

/**
 * Serves an open library until Ctrl-C or SIGTERM, and says where.
 * @param shouldWatch whether the library is kept current with its folders meanwhile, if new pictures can be described
 */
export async function runServer(
  library: Library,
  settings: ServeSettings,
  logger: ReturnType<typeof pinoLogger>,
  shouldWatch: boolean,
): Promise<void> {
  const roots = await library.catalog.files.roots();
  if (shouldWatch && roots.length === 0) {
    throw new EideticError(
      'INVALID_INPUT',
      'This library has no folders to watch yet; run "eidetic index FOLDER" first.',
    );
  }
  const isWatching = shouldWatch && library.cannotDescribe === null;
  if (shouldWatch && !isWatching) {
    logger.warn('the folders are not watched, because no new picture can be described');
  }
  const server = await startServer(library, settings, logger, VERSION);
  const { signal, dispose } = abortOnInterrupt(() =>
    process.stderr.write('Stopping: finishing what is in progress…\n'),
  );
  const stopped = new Promise((resolve) => signal.addEventListener('abort', resolve));
  try {
    await printLines([`Listening on ${server.address}`]);
    await Promise.race([server.ready, stopped]);
    const { pictures } = await library.catalog.pictures.counts();
    await printLines([
      `Ready: ${count(pictures, 'picture')}; look at them on ${server.address}/ (its API: /docs). Ctrl-C stops it.`,
    ]);
    await Promise.race([stopped, isWatching ? watchLibrary(library, [], logger, signal) : stopped]);
  } finally {
    await server.close();
    dispose();
  }
}
