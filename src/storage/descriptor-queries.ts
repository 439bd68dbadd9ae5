import type { Database } from 'better-sqlite3';
import { createBestNeighbors } from '../domain/best-neighbors.ts';
import type { FeedPosition, PictureVector } from '../domain/descriptor-store.ts';
import { type Embedding, similarity } from '../domain/embedding.ts';
import type { PartId, PictureId } from '../domain/picture.ts';
import type { VectorSource } from '../domain/space.ts';
import type { IndexEntry, Neighbor } from '../domain/vector-index.ts';
import { feedPosition } from './commits.ts';
import { prepared } from './prepared.ts';
import { snapshot } from './snapshot.ts';
import { fromBlob } from './vector-blob.ts';

/** Of rows `v` of `vectors`: those of a source, given as the parameters `@modelKey` and `@name`. */
export const OF_SOURCE = 'v.model_id = (SELECT id FROM models WHERE key = @modelKey) AND v.name = @name';

/** A vector as it is read. */
export interface VectorRow {
  readonly id: PartId;
  readonly vector: Buffer;
}

export function toEntry(database: Database, { id, vector }: VectorRow): IndexEntry {
  return { id, embedding: fromBlob(vector, id, database) };
}

export function vectorsOfParts(
  database: Database,
  source: VectorSource,
  parts: readonly PartId[],
): IndexEntry[] {
  const rows = prepared(
    database,
    `SELECT v.part_id AS id, v.vector FROM vectors v
     WHERE ${OF_SOURCE} AND v.part_id IN (SELECT value FROM json_each(@parts)) ORDER BY v.part_id`,
  ).all({ ...source, parts: JSON.stringify(parts) }) as VectorRow[];
  return rows.map((row) => toEntry(database, row));
}

export function vectorsOfPictures(
  database: Database,
  source: VectorSource,
  pictures: readonly PictureId[],
): PictureVector[] {
  const rows = prepared(
    database,
    `SELECT v.part_id AS id, v.vector, p.picture_id AS picture FROM parts p JOIN vectors v ON v.part_id = p.id
     WHERE ${OF_SOURCE} AND p.picture_id IN (SELECT value FROM json_each(@pictures)) ORDER BY p.id`,
  ).all({ ...source, pictures: JSON.stringify(pictures) }) as Array<VectorRow & { picture: PictureId }>;
  return rows.map((row) => ({ ...toEntry(database, row), picture: row.picture }));
}

export function vectorOfPicture(
  database: Database,
  source: VectorSource,
  picture: PictureId,
): Embedding | null {
  const row = prepared(
    database,
    `SELECT v.part_id AS id, v.vector FROM parts p JOIN vectors v ON v.part_id = p.id
     WHERE ${OF_SOURCE} AND p.picture_id = @picture AND p.kind = 'whole'`,
  ).get({ ...source, picture }) as VectorRow | undefined;
  return row === undefined ? null : fromBlob(row.vector, row.id, database);
}

export function countVectors(
  database: Database,
  source: VectorSource,
): { readonly count: number; readonly position: FeedPosition } {
  return snapshot(database, () => ({
    count: database
      .prepare(`SELECT count(*) FROM vectors v WHERE ${OF_SOURCE}`)
      .pluck()
      .get(source) as number,
    position: feedPosition(database),
  }));
}

export function nearestExactly(
  database: Database,
  source: VectorSource,
  query: Embedding,
  k: number,
): Neighbor[] {
  const rows = database
    .prepare(`SELECT v.part_id AS id, v.vector FROM vectors v WHERE ${OF_SOURCE}`)
    .iterate(source) as IterableIterator<VectorRow>;
  const best = createBestNeighbors(k);
  for (const { id, vector } of rows) {
    best.offer(id, similarity(query, fromBlob(vector, id, database)));
  }
  return best.sorted();
}
