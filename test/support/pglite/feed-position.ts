import type { FeedPosition } from '../../../src/domain/descriptor-store.ts';
import { cutSnapshot } from './cut-snapshot.ts';
import type { Query } from './pglite-connection.ts';

const POSITION = /^(\d+:(\d+):[\d,]*)-([0-9a-f]{64})$/;

/**
 * The tokens of the commits in a snapshot, as far back as one can have committed after that with the highest id. The
 * one that committed last is among them, and a history that has it has all that committed before.
 */
const PROOF = `
  SELECT encode(sha256(string_agg(c.token::text, ' ' ORDER BY c.changed_in)::bytea), 'hex') AS proof
  FROM commits last JOIN commits c ON c.changed_in BETWEEN last.oldest_running AND last.changed_in
  WHERE last.changed_in = $1::xid8 AND pg_visible_in_snapshot(c.changed_in, $2::pg_snapshot)`;

/** A moment in the history of a catalog. */
export interface FeedMoment {
  readonly position: FeedPosition;
  /** Text of a `pg_snapshot`: which transactions had committed. */
  readonly snapshot: string;
}

/**
 * Where the catalog is now. As a position it is the snapshot with a proof that it is one of this history: that refuses
 * positions of other databases, and those from the future of a backup that was restored, although the same transaction
 * ids come again there.
 *
 * A standby that is read instead of its primary lags behind: it does not know positions of the primary's present.
 */
export async function currentMoment(query: Query): Promise<FeedMoment> {
  const [now] = await query<{ snapshot: string; last: string }>(
    `SELECT pg_current_snapshot()::text AS snapshot, changed_in::text AS last
     FROM commits ORDER BY changed_in DESC LIMIT 1`,
  );
  if (now === undefined) {
    throw new Error('Found no commit, expected at least the one that made the tables.');
  }
  const snapshot = cutSnapshot(now.snapshot, now.last);
  return { position: `${snapshot}-${await prove(query, now.last, snapshot)}`, snapshot };
}

/** The snapshot that a position names; null when it is not a moment of this history. */
export async function snapshotOf(query: Query, position: FeedPosition): Promise<string | null> {
  const [, snapshot = '', beyond = '0', proof] = POSITION.exec(position) ?? [];
  const [input] = await query<{ valid: boolean }>(
    `SELECT pg_input_is_valid($1, 'pg_snapshot') AND pg_input_is_valid($2, 'xid8') AS valid`,
    [snapshot, beyond],
  );
  if (input?.valid !== true) {
    return null;
  }
  const last = (BigInt(beyond) - 1n).toString();
  return (await prove(query, last, snapshot)) === proof ? snapshot : null;
}

async function prove(query: Query, last: string, snapshot: string): Promise<string | null> {
  const [row] = await query<{ proof: string | null }>(PROOF, [last, snapshot]);
  return row?.proof ?? null;
}
