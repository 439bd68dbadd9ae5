import type { Database } from 'better-sqlite3';
import type { Descriptor } from '../domain/descriptor.ts';
import type { PictureId } from '../domain/picture.ts';
import type { IndexEntry } from '../domain/vector-index.ts';
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
  }
}

export function embeddings(database: Database, ids: readonly PictureId[], modelKey: string): IndexEntry[] {
  const rows = database
    .prepare(
      `SELECT picture_id AS id, cls FROM descriptors
       WHERE ${OF_MODEL} AND picture_id IN (SELECT value FROM json_each(@ids)) ORDER BY picture_id`,
    )
    .all({ modelKey, ids: JSON.stringify(ids) }) as Array<{ id: PictureId; cls: Buffer }>;
  return rows.map(({ id, cls }) => ({ id, embedding: fromBlob(cls, id) }));
}

export function descriptor(database: Database, id: PictureId, modelKey: string): Descriptor | null {
  const row = prepared(
    database,
    `SELECT cls, gem FROM descriptors WHERE ${OF_MODEL} AND picture_id = @id`,
  ).get({ modelKey, id }) as { cls: Buffer; gem: Buffer } | undefined;
  return row === undefined ? null : { cls: fromBlob(row.cls, id), gem: fromBlob(row.gem, id) };
}
