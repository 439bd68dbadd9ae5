import { PGlite } from '@electric-sql/pglite';

/**
 * Starts a PostgreSQL server in this process, with one connection and its data in memory.
 * @param backup what another one's `dumpDataDir` gave; none for an empty server
 * @throws Error when it cannot start
 */
export function startPostgres(backup?: File | Blob): Promise<PGlite> {
  return PGlite.create({
    ...(backup === undefined ? {} : { loadDataDir: backup }),
    // Prepared transactions are how one connection has several writers: see beside-writer.ts.
    postgresqlconf: ['max_prepared_transactions = 4'],
  });
}
