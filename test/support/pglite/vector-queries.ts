import { createBestNeighbors } from '../../../src/domain/best-neighbors.ts';
import type { PictureVector } from '../../../src/domain/descriptor-store.ts';
import { type Embedding, similarity } from '../../../src/domain/embedding.ts';
import type { PartId, PictureId } from '../../../src/domain/picture.ts';
import type { VectorSource } from '../../../src/domain/space.ts';
import type { IndexEntry, Neighbor } from '../../../src/domain/vector-index.ts';
import { pages } from '../../../src/storage/paged.ts';
import type { Query } from './pglite-connection.ts';

const VECTORS_PAGE = 1_000;

/** A vector as it is read: float32, little endian. */
export interface VectorRow {
  readonly id: PartId;
  readonly vector: Uint8Array;
}

/** Of rows `v` of `vectors`: those of a source. @param first number of the value that is its model; its name follows */
export function ofSource(first: number): string {
  return `v.model_id = (SELECT id FROM models WHERE key = $${first}) AND v.name = $${first + 1}`;
}

export function toEntry({ id, vector }: VectorRow): IndexEntry {
  return { id, embedding: toEmbedding(vector) };
}

/** Copied: the bytes of a row need not be aligned to 4. */
function toEmbedding(vector: Uint8Array): Embedding {
  return new Float32Array(new Uint8Array(vector).buffer) as Embedding;
}

export async function countVectors(query: Query, { modelKey, name }: VectorSource): Promise<number> {
  const [row] = await query<{ count: number }>(
    `SELECT count(*) AS count FROM vectors v WHERE ${ofSource(1)}`,
    [modelKey, name],
  );
  return row?.count ?? 0;
}

export async function vectorsOfParts(
  query: Query,
  { modelKey, name }: VectorSource,
  parts: readonly PartId[],
): Promise<IndexEntry[]> {
  const rows = await query<VectorRow>(
    `SELECT v.part_id AS id, v.vector FROM vectors v
     WHERE ${ofSource(1)} AND v.part_id = ANY($3::bigint[]) ORDER BY v.part_id`,
    [modelKey, name, parts],
  );
  return rows.map(toEntry);
}

export async function vectorsOfPictures(
  query: Query,
  { modelKey, name }: VectorSource,
  pictures: readonly PictureId[],
): Promise<PictureVector[]> {
  const rows = await query<VectorRow & { picture: PictureId }>(
    `SELECT p.id, v.vector, p.picture_id AS picture FROM parts p JOIN vectors v ON v.part_id = p.id
     WHERE ${ofSource(1)} AND p.picture_id = ANY($3::bigint[]) ORDER BY p.id`,
    [modelKey, name, pictures],
  );
  return rows.map((row) => ({ ...toEntry(row), picture: row.picture }));
}

export async function vectorOfPicture(
  query: Query,
  { modelKey, name }: VectorSource,
  picture: PictureId,
): Promise<Embedding | null> {
  const [row] = await query<VectorRow>(
    `SELECT p.id, v.vector FROM parts p JOIN vectors v ON v.part_id = p.id
     WHERE ${ofSource(1)} AND p.picture_id = $3 AND p.kind = 'whole'`,
    [modelKey, name, picture],
  );
  return row === undefined ? null : toEmbedding(row.vector);
}

/** Compared here, page by page. Where pgvector is installed, `ORDER BY vector <=> query` would send less. */
export async function nearestExactly(
  query: Query,
  { modelKey, name }: VectorSource,
  wanted: Embedding,
  k: number,
): Promise<Neighbor[]> {
  const read = (last: VectorRow | null) =>
    query<VectorRow>(
      `SELECT v.part_id AS id, v.vector FROM vectors v
       WHERE ${ofSource(1)} AND v.part_id > $3 ORDER BY v.part_id LIMIT ${VECTORS_PAGE}`,
      [modelKey, name, last?.id ?? 0],
    );
  const best = createBestNeighbors(k);
  for await (const rows of pages(VECTORS_PAGE, read)) {
    for (const { id, vector } of rows) {
      best.offer(id, similarity(wanted, toEmbedding(vector)));
    }
  }
  return best.sorted();
}
