import type { FeedPosition, VectorChanges } from '../../../src/domain/descriptor-store.ts';
import { EideticError } from '../../../src/domain/errors.ts';
import type { PartId } from '../../../src/domain/picture.ts';
import type { VectorSource } from '../../../src/domain/space.ts';
import { pages } from '../../../src/storage/paged.ts';
import { currentMoment, snapshotOf } from './feed-position.ts';
import type { PgliteConnection } from './pglite-connection.ts';
import { ofSource, toEntry, type VectorRow } from './vector-queries.ts';

const VECTORS_PAGE = 1_000;
const REMOVED_PAGE = 10_000;

/** A snapshot in which no transaction is visible. */
const NOTHING = '1:1:';

/** Transactions whose changes are told: those in the snapshot `target` and not in `start`. */
interface Span {
  readonly start: string;
  readonly target: string;
}

interface ChangeRow {
  readonly changedIn: string;
  readonly id: PartId;
}

/** Before every row, since transaction ids begin at 1. */
const BEFORE_ALL: ChangeRow = { changedIn: '0', id: 0 };

/**
 * Of rows with `changed_in`, with the snapshots as `$1` and `$2` and the last row read as `$3` and `$4`: what a span
 * has behind that row. The outermost ids bound what an index is walked through; the snapshots decide.
 */
const IN_SPAN = `
  changed_in >= pg_snapshot_xmin($1::pg_snapshot) AND changed_in < pg_snapshot_xmax($2::pg_snapshot)
  AND NOT pg_visible_in_snapshot(changed_in, $1::pg_snapshot)
  AND pg_visible_in_snapshot(changed_in, $2::pg_snapshot)
  AND (changed_in, part_id) > ($3::xid8, $4::bigint)`;

/**
 * See DescriptorStore.changes. No transaction stays open between two pieces: a row that is changed or removed
 * meanwhile is not visible in the target any more, and is told by the feed behind this one.
 */
export async function* vectorFeed(
  connection: PgliteConnection,
  source: VectorSource,
  after: FeedPosition | null,
): AsyncGenerator<VectorChanges> {
  const { start, now } = await connection.read(async (query) => ({
    start: after === null ? NOTHING : await snapshotOf(query, after),
    now: await currentMoment(query),
  }));
  if (start === null) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found ${after} as a position in the history of vectors, expected one of this library; begin with null, which gives them all.`,
    );
  }
  const span = { start, target: now.snapshot };
  if (after !== null) {
    yield* removals(connection, span);
  }
  yield* vectors(connection, source, span);
  yield { upserted: [], removed: [], position: now.position };
}

async function* removals(connection: PgliteConnection, span: Span): AsyncGenerator<VectorChanges> {
  const read = (last: ChangeRow | null) =>
    connection.read((query) =>
      query<ChangeRow>(
        `SELECT changed_in::text AS "changedIn", part_id AS id FROM removed_parts WHERE ${IN_SPAN}
         ORDER BY changed_in, part_id LIMIT ${REMOVED_PAGE}`,
        valuesOf(span, last),
      ),
    );
  for await (const rows of pages(REMOVED_PAGE, read)) {
    yield { upserted: [], removed: rows.map(({ id }) => id), position: null };
  }
}

async function* vectors(
  connection: PgliteConnection,
  source: VectorSource,
  span: Span,
): AsyncGenerator<VectorChanges> {
  const read = (last: ChangeRow | null) =>
    connection.read((query) =>
      query<ChangeRow & VectorRow>(
        `SELECT changed_in::text AS "changedIn", part_id AS id, vector FROM vectors v
         WHERE ${IN_SPAN} AND ${ofSource(5)} ORDER BY changed_in, part_id LIMIT ${VECTORS_PAGE}`,
        [...valuesOf(span, last), source.modelKey, source.name],
      ),
    );
  for await (const rows of pages(VECTORS_PAGE, read)) {
    yield { upserted: rows.map(toEntry), removed: [], position: null };
  }
}

function valuesOf({ start, target }: Span, last: ChangeRow | null): unknown[] {
  const { changedIn, id } = last ?? BEFORE_ALL;
  return [start, target, changedIn, id];
}
