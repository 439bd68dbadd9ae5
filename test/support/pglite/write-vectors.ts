import type { DescribedVector } from '../../../src/domain/descriptor.ts';
import { EideticError } from '../../../src/domain/errors.ts';
import type { PartId } from '../../../src/domain/picture.ts';
import type { VectorSource } from '../../../src/domain/space.ts';
import { toBlob } from '../../../src/storage/vector-blob.ts';
import type { Query } from './pglite-connection.ts';

/** A vector with all that it is filed under. */
export interface FiledVector extends VectorSource, DescribedVector {
  readonly part: PartId;
}

/**
 * Adds vectors or replaces them, as changed by this transaction. Of several for the same place the last one counts:
 * one statement cannot change a row twice.
 * @throws EideticError MODEL_MISMATCH
 */
export async function writeVectors(query: Query, vectors: readonly FiledVector[]): Promise<void> {
  await requireModels(query, new Set(vectors.map(({ modelKey }) => modelKey)));
  const rows = new Map(
    vectors.map(({ part, modelKey, name, norm, unit }) => [
      JSON.stringify([part, modelKey, name]),
      { part, modelKey, name, norm, vector: toBlob(unit).toString('base64') },
    ]),
  );
  await query(
    `INSERT INTO vectors (part_id, model_id, name, norm, vector)
     SELECT v.part, m.id, v.name, v.norm, decode(v.vector, 'base64')
     FROM json_to_recordset($1::json)
       AS v (part bigint, "modelKey" text, name text, norm double precision, vector text)
     JOIN models m ON m.key = v."modelKey"
     ON CONFLICT (part_id, model_id, name) DO UPDATE
       SET changed_in = excluded.changed_in, norm = excluded.norm, vector = excluded.vector`,
    [JSON.stringify([...rows.values()])],
  );
}

async function requireModels(query: Query, keys: Iterable<string>): Promise<void> {
  const [unknown] = await query<{ key: string }>(
    `SELECT wanted.key FROM unnest($1::text[]) AS wanted (key)
     WHERE NOT EXISTS (SELECT FROM models m WHERE m.key = wanted.key)`,
    [[...keys]],
  );
  if (unknown !== undefined) {
    throw new EideticError(
      'MODEL_MISMATCH',
      `Found a descriptor of the model ${unknown.key}, which the catalog does not know; expected the model to be added first.`,
    );
  }
}
