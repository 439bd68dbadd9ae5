import type { FeedPosition, VectorChanges } from '../domain/descriptor-store.ts';
import { EideticError } from '../domain/errors.ts';
import type { PartId } from '../domain/picture.ts';
import type { VectorSource } from '../domain/space.ts';
import { feedPosition, generationOf, lastGeneration } from './commits.ts';
import { OF_SOURCE, toEntry, type VectorRow } from './descriptor-queries.ts';
import { pages } from './paged.ts';
import { prepared } from './prepared.ts';
import { snapshot } from './snapshot.ts';
import type { SqliteConnections } from './sqlite-connections.ts';

/** Vectors read in one go: about 1.5 MB. */
const VECTORS_PAGE = 1_000;

/** Removed parts read in one go. */
const REMOVED_PAGE = 10_000;

/** Commits whose changes are told: those behind `start`, up to `target`. */
interface Span {
  readonly start: number;
  readonly target: number;
}

interface ChangeRow {
  readonly generation: number;
  readonly id: PartId;
}

/** See DescriptorStore.changes. */
export async function* vectorFeed(
  connections: SqliteConnections,
  source: VectorSource,
  after: FeedPosition | null,
): AsyncGenerator<VectorChanges> {
  const { start, target, position } = await connections.read((database) =>
    snapshot(database, () => ({
      start: after === null ? 0 : generationOf(database, after),
      target: lastGeneration(database),
      position: feedPosition(database),
    })),
  );
  if (start === null) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found ${after} as a position in the history of vectors, expected one of this library; begin with null, which gives them all.`,
    );
  }
  if (after !== null) {
    yield* removals(connections, { start, target });
  }
  yield* vectors(connections, source, { start, target });
  yield { upserted: [], removed: [], position };
}

async function* removals(connections: SqliteConnections, span: Span): AsyncGenerator<VectorChanges> {
  const read = (last: ChangeRow | null) =>
    connections.read(
      (database) =>
        prepared(
          database,
          `SELECT generation, part_id AS id FROM removed_parts
           WHERE (generation, part_id) > (@generation, @id) AND generation <= @target
           ORDER BY generation, part_id LIMIT ${REMOVED_PAGE}`,
        ).all({ ...(last ?? endOf(span.start)), target: span.target }) as ChangeRow[],
    );
  for await (const rows of pages(REMOVED_PAGE, read)) {
    yield { upserted: [], removed: rows.map(({ id }) => id), position: null };
  }
}

/** A vector that is replaced while this is read has a later commit then, and is told by the feed behind this one. */
async function* vectors(
  connections: SqliteConnections,
  source: VectorSource,
  span: Span,
): AsyncGenerator<VectorChanges> {
  const read = (last: ChangeRow | null) =>
    connections.read((database) => {
      const rows = prepared(
        database,
        `SELECT v.generation, v.part_id AS id, v.vector FROM vectors v
         WHERE ${OF_SOURCE} AND (v.generation, v.part_id) > (@generation, @id) AND v.generation <= @target
         ORDER BY v.generation, v.part_id LIMIT ${VECTORS_PAGE}`,
      ).all({ ...source, ...(last ?? endOf(span.start)), target: span.target });
      return (rows as Array<ChangeRow & VectorRow>).map((row) => ({
        generation: row.generation,
        ...toEntry(database, row),
      }));
    });
  for await (const page of pages(VECTORS_PAGE, read)) {
    const upserted = page.map(({ id, embedding }) => ({ id, embedding }));
    yield { upserted, removed: [], position: null };
  }
}

/** Past every part of a commit: only what later ones did follows. */
function endOf(generation: number): ChangeRow {
  return { generation, id: Number.MAX_SAFE_INTEGER };
}
