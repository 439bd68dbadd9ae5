import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { resolveServeSettings, type ServeSettings } from '../../src/api/serve-settings.ts';
import { startServer } from '../../src/api/start-server.ts';
import { resolveConfig } from '../../src/config.ts';
import type { Logger } from '../../src/domain/logger.ts';
import { Engine } from '../../src/engine/engine.ts';
import { drawPictureFolder } from './picture-folder.ts';

/** A server in this process, on a library of drawn pictures. */
export interface ServedApp {
  readonly address: string;
  readonly engine: Engine;
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
  const errors: string[] = [];
  const logger: Logger = {
    debug() {},
    info() {},
    warn() {},
    error: (message, fields) => errors.push(`${message} ${JSON.stringify(fields)}`),
  };
  const config = resolveConfig({ library: join(folder, 'library') }, {});
  const engine = await Engine.open(config, logger, { mayCreate: true });
  const scan = { exclude: [], includeHidden: false, followSymlinks: false };
  const command = { roots: [join(folder, 'pictures')], listed: [], scan, force: false, allowEmpty: false };
  await engine.index(command, () => {}, new AbortController().signal);
  const served = resolveServeSettings({ port: 0, ...settings }, {});
  const server = await startServer(engine, served, logger, '0.0.0').catch(async (error: unknown) => {
    await engine.close();
    throw error;
  });
  await server.ready;
  return {
    address: server.address,
    engine,
    pictures: join(folder, 'pictures'),
    errors,
    async close() {
      await server.close();
      await engine.close();
    },
  };
}
