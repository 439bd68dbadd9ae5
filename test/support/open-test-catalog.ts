import { dirname, join } from 'node:path';
import type { Catalog } from '../../src/domain/catalog.ts';
import { openSqliteCatalog } from '../../src/storage/sqlite-catalog.ts';
import { sqliteLibraryLock } from '../../src/storage/sqlite-library-lock.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Opens the catalog in a file, or a new one that goes with the test. */
export function openTestCatalog(file = join(temporaryFolder(), 'catalog.sqlite')): Promise<Catalog> {
  return openSqliteCatalog(file, { lock: sqliteLibraryLock(dirname(file)), say() {} });
}
