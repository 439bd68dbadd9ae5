import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type CatalogContent, oldContent } from './catalog-content.ts';
import { enlargeLibrary } from './enlarge-library.ts';
import { type FrozenVersion, thawLibrary } from './frozen-library.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** The catalog of an old library. */
export interface OldCatalog {
  /** Folder of the library. */
  readonly library: string;
  readonly file: string;
  /** What it holds. */
  readonly before: CatalogContent;
}

/**
 * A library as an old program left it, in a folder of its own.
 * @param options `pictures`: how many, if it had fewer; `change`: what else the old program did
 */
export async function oldCatalog(
  version: FrozenVersion,
  { pictures = 0, change }: { pictures?: number; change?: (database: Database.Database) => void } = {},
): Promise<OldCatalog> {
  const { library } = await thawLibrary(version, temporaryFolder());
  const file = join(library, 'catalog.sqlite');
  enlargeLibrary(file, version, pictures, 1);
  if (change !== undefined) {
    withDatabase(file, change);
  }
  return { library, file, before: oldContent(file) };
}

/** Opens a catalog past the program. */
export function withDatabase<T>(file: string, work: (database: Database.Database) => T): T {
  const database = new Database(file, { fileMustExist: true, timeout: 0 });
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** The first value of the first row that a catalog answers with. */
export function ask(file: string, sql: string): unknown {
  return withDatabase(file, (database) => database.prepare(sql).pluck().get());
}
