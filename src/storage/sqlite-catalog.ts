import type { Database } from 'better-sqlite3';
import type { Catalog } from '../domain/catalog.ts';
import type { LibraryLock } from '../domain/library-lock.ts';
import { ensureCurrentCatalog } from './migrate/ensure-current-catalog.ts';
import { SqliteConnections } from './sqlite-connections.ts';
import { sqliteDecisionStore } from './sqlite-decision-store.ts';
import { sqliteDescriptorStore } from './sqlite-descriptor-store.ts';
import { sqliteFileLedger } from './sqlite-file-ledger.ts';
import { sqliteModelRegistry } from './sqlite-model-registry.ts';
import { sqlitePictureCatalog } from './sqlite-picture-catalog.ts';
import { sqliteRelationStore } from './sqlite-relation-store.ts';
import { sqliteSpaceStore } from './sqlite-space-store.ts';

export interface SqliteCatalogParts {
  /** Of the library, for a migration. */
  readonly lock: LibraryLock;
  /** Told what a person should know of the opening itself, such as a migration: one sentence each. */
  readonly say: (message: string) => void;
  /** False for one that is only to be read, though files could be written where it lies; true without it. */
  readonly mayWrite?: boolean;
  /** Whether a catalog may be made beside what one that was lost has left. */
  readonly mayBeginAnew?: boolean;
}

/**
 * Opens the catalog in a SQLite file, making it when it is not there and migrating it when it is of an older version.
 * @throws EideticError CATALOG_TOO_NEW, CATALOG_DAMAGED, CATALOG_BUSY, READ_ONLY, STORAGE_FULL
 */
export async function openSqliteCatalog(
  file: string,
  { lock, say, mayWrite = true, mayBeginAnew = false }: SqliteCatalogParts,
): Promise<Catalog> {
  const { isReadOnly } = await ensureCurrentCatalog(file, lock, say, { mayWrite, mayBeginAnew });
  const connections = new SqliteConnections(file, isReadOnly);
  try {
    const libraryId = await connections.read(readLibraryId);
    return {
      libraryId,
      isReadOnly,
      files: sqliteFileLedger(connections),
      pictures: sqlitePictureCatalog(connections),
      descriptors: sqliteDescriptorStore(connections),
      models: sqliteModelRegistry(connections),
      spaces: sqliteSpaceStore(connections),
      relations: sqliteRelationStore(connections),
      decisions: sqliteDecisionStore(connections),
      removeBackup: () => connections.write('removeBackup'),
      requireThere: () => connections.requireThere(),
      integrityProblems: () => connections.survey('integrityProblems'),
      close: () => connections.close(),
    };
  } catch (error) {
    await connections.close();
    throw error;
  }
}

function readLibraryId(database: Database): string {
  return database.prepare('SELECT library_id FROM library').pluck().get() as string;
}
