import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Config } from '../../src/config/config.ts';
import { openLibrary } from '../../src/engine/open-library.ts';
import { keptLogger } from './kept-logger.ts';

/** Makes an empty library as it was before a model without `copy` had the bundled model's beside it. */
export async function makeOlderLibrary(config: Config): Promise<void> {
  const made = await openLibrary(config, keptLogger(), { mayCreate: true });
  await made.close();
  const database = new Database(join(config.library, 'catalog.sqlite'));
  database.exec("UPDATE spaces SET active = 0 WHERE space_id = 'copy'");
  database.close();
}
