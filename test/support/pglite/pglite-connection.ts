import type { PGlite } from '@electric-sql/pglite';

/** Asks within a transaction; values are `$1`, `$2` and so on. */
export type Query = <Row>(sql: string, values?: readonly unknown[]) => Promise<Row[]>;

/** Transactions on the tables of one catalog. */
export interface PgliteConnection {
  /** Every question in it sees the same moment. */
  read<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** All or nothing. Every statement sees what others have committed until it begins. */
  write<T>(work: (query: Query) => Promise<T>): Promise<T>;
}

const READING = 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY';
const WRITING = 'SET TRANSACTION ISOLATION LEVEL READ COMMITTED';

/** @param schema where the tables lie; several catalogs share a server by it */
export function pgliteConnection(database: PGlite, schema: string): PgliteConnection {
  const within = <T>(mode: string, work: (query: Query) => Promise<T>) =>
    database.transaction(async (transaction) => {
      await transaction.exec(`${mode}; SET LOCAL search_path TO ${schema}`);
      return work(async <Row>(sql: string, values: readonly unknown[] = []) => {
        const { rows } = await transaction.query<Row>(sql, [...values]);
        return rows as Row[];
      });
    });
  return {
    read: (work) => within(READING, work),
    write: (work) => within(WRITING, work),
  };
}
