import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { resolveServeSettings, type ServeSettings } from '../../src/api/serve-settings.ts';
import { startServer } from '../../src/api/start-server.ts';
import type { Config } from '../../src/config/config.ts';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import type { Logger } from '../../src/domain/logger.ts';
import { indexLibrary, PLAIN_RUN } from '../../src/engine/index-library.ts';
import type { Library } from '../../src/engine/library.ts';
import { openLibrary } from '../../src/engine/open-library.ts';
import { drawPictureFolder } from './picture-folder.ts';

/** A server in this process, on a library of drawn pictures. */
export interface ServedApp {
  readonly address: string;
  readonly library: Library;
  /** Folder of the indexed pictures. */
  readonly pictures: string;
  /** What was logged as an error: nothing, unless there is a bug. */
  readonly errors: string[];
  close(): Promise<void>;
}

/** @param folder an empty folder for pictures and library */
export async function serveApp(
  folder: string,
  pictures: number,
  settings: { readonly [Name in keyof ServeSettings]?: unknown } = {},
): Promise<ServedApp> {
  mkdirSync(join(folder, 'pictures'), { recursive: true });
  await drawPictureFolder(join(folder, 'pictures'), pictures);
  return serveFolder(folder, resolveConfig({ library: join(folder, 'library') }, {}), settings);
}

/** The same of the pictures that are in the folder's `pictures`, with a library of any configuration. */
export async function serveFolder(
  folder: string,
  config: Config,
  settings: { readonly [Name in keyof ServeSettings]?: unknown } = {},
): Promise<ServedApp> {
  const errors: string[] = [];
  const logger: Logger = {
    debug() {},
    info() {},
    warn() {},
    error: (message, fields) => errors.push(`${message} ${JSON.stringify(fields)}`),
  };
  const library = await openLibrary(config, logger, { mayCreate: true });
  const command = { ...PLAIN_RUN, roots: [join(folder, 'pictures')] };
  await indexLibrary(library, command, () => {}, new AbortController().signal);
  const served = resolveServeSettings({ port: 0, ...settings }, {});
  const server = await startServer(library, served, logger, '0.0.0').catch(async (error: unknown) => {
    await library.close();
    throw error;
  });
  await server.ready;
  return {
    address: server.address,
    library,
    pictures: join(folder, 'pictures'),
    errors,
    async close() {
      await server.close();
      await library.close();
    },
  };
}
