import type { PGlite } from '@electric-sql/pglite';
import type { Root, RootId, RootRules } from '../../../src/domain/roots.ts';
import type { PicturesUnderTest } from '../../contract/catalog-under-test.ts';
import { commitBatch } from './commit-batch.ts';
import { type PgliteConnection, pgliteConnection, type Query } from './pglite-connection.ts';
import { pgliteDescriptorStore } from './pglite-descriptor-store.ts';
import { pgliteModelRegistry } from './pglite-model-registry.ts';
import { pglitePictureCatalog } from './pglite-picture-catalog.ts';
import { pruneOrphans } from './prune-orphans.ts';
import { SCHEMA } from './schema.ts';

export interface PgliteCatalog extends PicturesUnderTest {
  /** For what no port does, such as leaving a transaction open. */
  readonly connection: PgliteConnection;
}

/** Makes a new catalog beside others on a server. @param name letters, digits and underscores, not used yet */
export async function makePgliteCatalog(database: PGlite, name: string): Promise<PgliteCatalog> {
  await database.transaction(async (transaction) => {
    await transaction.exec(`CREATE SCHEMA ${name}; SET LOCAL search_path TO ${name}; ${SCHEMA}`);
  });
  return openPgliteCatalog(database, name);
}

/** Opens a catalog that is there. Its tables go with the server, so closing it leaves nothing to do. */
export function openPgliteCatalog(database: PGlite, name: string): PgliteCatalog {
  const connection = pgliteConnection(database, name);
  return {
    connection,
    files: {
      commit: (batch) => connection.write((query) => commitBatch(query, batch)),
      putRoot: (path, rules) => connection.write((query) => putRoot(query, path, rules)),
      pruneOrphans: () => connection.write(pruneOrphans),
    },
    pictures: pglitePictureCatalog(connection),
    descriptors: pgliteDescriptorStore(connection),
    models: pgliteModelRegistry(connection),
    async close() {},
  };
}

/** Paths are absolute in here, so a root changes nothing about files. */
async function putRoot(query: Query, path: string, rules: RootRules): Promise<Root> {
  const [row] = await query<{ id: RootId }>(
    `INSERT INTO roots (path, rules) VALUES ($1, $2) ON CONFLICT (path) DO UPDATE SET rules = excluded.rules
     RETURNING id`,
    [path, JSON.stringify(rules)],
  );
  return { id: row?.id ?? 0, path, rules };
}
