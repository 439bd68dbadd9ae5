import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { createBestNeighbors } from '../domain/best-neighbors.ts';
import { type Embedding, similarity } from '../domain/embedding.ts';
import type { PictureId } from '../domain/picture.ts';
import type { IndexEntry, Neighbor } from '../domain/vector-index.ts';
import { prepared } from './prepared.ts';
import { fromBlob } from './vector-blob.ts';

/** Rows read at a time: about 1 MB of embeddings. */
const PAGE_ROWS = 1_000;

const OF_MODEL = 'model_id = (SELECT id FROM models WHERE key = @modelKey)';

export async function* embeddingsSince(
  database: Database,
  modelKey: string,
  generation: number,
): AsyncGenerator<IndexEntry> {
  const page = database.prepare(`
    SELECT generation, picture_id AS id, cls FROM descriptors
    WHERE ${OF_MODEL} AND (generation, picture_id) > (@generation, @id)
    ORDER BY generation, picture_id LIMIT ${PAGE_ROWS}`);
  // Past every id of the given generation itself: only later generations follow.
  let after = { generation, id: Number.MAX_SAFE_INTEGER };
  for (;;) {
    const rows = page.all({ modelKey, ...after }) as Array<{
      generation: number;
      id: PictureId;
      cls: Buffer;
    }>;
    for (const { id, cls } of rows) {
      yield { id, embedding: fromBlob(cls, id) };
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE_ROWS) {
      return;
    }
    after = { generation: last.generation, id: last.id };
    await setImmediate();
  }
}

export function embeddings(database: Database, ids: readonly PictureId[], modelKey: string): IndexEntry[] {
  const rows = prepared(
    database,
    `SELECT picture_id AS id, cls FROM descriptors
     WHERE ${OF_MODEL} AND picture_id IN (SELECT value FROM json_each(@ids)) ORDER BY picture_id`,
  ).all({ modelKey, ids: JSON.stringify(ids) }) as Array<{ id: PictureId; cls: Buffer }>;
  return rows.map(({ id, cls }) => ({ id, embedding: fromBlob(cls, id) }));
}

export function embedding(database: Database, id: PictureId, modelKey: string): Embedding | null {
  const row = prepared(database, `SELECT cls FROM descriptors WHERE ${OF_MODEL} AND picture_id = @id`).get({
    modelKey,
    id,
  }) as { cls: Buffer } | undefined;
  return row === undefined ? null : fromBlob(row.cls, id);
}

export function describedCount(database: Database, modelKey: string): number {
  const row = prepared(database, `SELECT count(*) AS count FROM descriptors WHERE ${OF_MODEL}`).get({
    modelKey,
  });
  return (row as { count: number }).count;
}

export function nearestExactly(
  database: Database,
  query: Embedding,
  k: number,
  modelKey: string,
): Neighbor[] {
  const rows = database
    .prepare(`SELECT picture_id AS id, cls FROM descriptors WHERE ${OF_MODEL}`)
    .iterate({ modelKey }) as IterableIterator<{ id: PictureId; cls: Buffer }>;
  const best = createBestNeighbors(k);
  for (const { id, cls } of rows) {
    best.offer(id, similarity(query, fromBlob(cls, id)));
  }
  return best.sorted();
}
