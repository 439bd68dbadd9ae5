import type { Query } from './pglite-connection.ts';

/** Gives this transaction its row among the commits; to be called by every one that changes anything. */
export async function beginCommit(query: Query): Promise<void> {
  await query('INSERT INTO commits DEFAULT VALUES ON CONFLICT DO NOTHING');
}
