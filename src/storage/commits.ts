import { randomBytes } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { FeedPosition } from '../domain/descriptor-store.ts';
import { prepared } from './prepared.ts';

const TOKEN_BYTES = 8;

/** The position of a catalog to which nothing was committed yet. */
const BEGINNING = 0;

/**
 * Begins a commit; to be called inside the transaction whose changes it numbers: every one that changes pictures,
 * where they lie, or vectors.
 * @returns its generation, one above the last
 */
export function beginCommit(database: Database): number {
  return prepared(
    database,
    `INSERT INTO commits (generation, token) SELECT coalesce(max(generation), ${BEGINNING}) + 1, ? FROM commits
     RETURNING generation`,
  )
    .pluck()
    .get(randomBytes(TOKEN_BYTES)) as number;
}

/** The number of the last commit; 0 before the first. */
export function lastGeneration(database: Database): number {
  return prepared(database, `SELECT coalesce(max(generation), ${BEGINNING}) FROM commits`)
    .pluck()
    .get() as number;
}

/**
 * The last commit, as a text that is another in every history: its number and its random token, or the library's id
 * before the first.
 */
export function feedPosition(database: Database): FeedPosition {
  const last = prepared(
    database,
    'SELECT generation, lower(hex(token)) FROM commits ORDER BY generation DESC LIMIT 1',
  )
    .raw()
    .get() as [number, string] | undefined;
  const [generation, token] = last ?? [BEGINNING, tokenOf(database, BEGINNING)];
  return `${generation}-${token}`;
}

/** The number of the commit that a position names; null when it is not one of this history. */
export function generationOf(database: Database, position: FeedPosition): number | null {
  const [digits = '', ...rest] = position.split('-');
  const generation = Number(digits);
  const isKnown = /^\d{1,15}$/.test(digits) && tokenOf(database, generation) === rest.join('-');
  return isKnown ? generation : null;
}

function tokenOf(database: Database, generation: number): string | null {
  const token =
    generation === BEGINNING
      ? prepared(database, 'SELECT library_id FROM library').pluck().get()
      : prepared(database, 'SELECT lower(hex(token)) FROM commits WHERE generation = ?')
          .pluck()
          .get(generation);
  return (token as string | undefined) ?? null;
}
