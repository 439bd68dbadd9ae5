import type { Database } from 'better-sqlite3';
import type { DescribedVector } from '../domain/descriptor.ts';
import { EideticError } from '../domain/errors.ts';
import type { PartId } from '../domain/picture.ts';
import type { VectorSource } from '../domain/space.ts';
import { beginCommit } from './commits.ts';
import { requireModelRow } from './model-rows.ts';
import { prepared } from './prepared.ts';
import { toBlob } from './vector-blob.ts';

/** A vector with the part that it describes. */
export type PartVector = DescribedVector & { readonly part: PartId };

/** See DescriptorStore.put. */
export function putVectors(database: Database, source: VectorSource, vectors: readonly PartVector[]): void {
  const model = requireModelRow(database, source.modelKey);
  const generation = beginCommit(database);
  for (const vector of vectors) {
    requirePart(database, vector.part);
    writeVector(database, { model, name: source.name, generation }, vector);
  }
}

/** Adds a part's vector or replaces it, as changed by a commit. */
export function writeVector(
  database: Database,
  { model, name, generation }: { readonly model: number; readonly name: string; readonly generation: number },
  { part, unit, norm }: PartVector,
): void {
  prepared(
    database,
    `INSERT INTO vectors (part_id, model_id, name, generation, norm, vector) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (part_id, model_id, name) DO UPDATE
       SET generation = excluded.generation, norm = excluded.norm, vector = excluded.vector`,
  ).run(part, model, name, generation, norm, toBlob(unit));
}

function requirePart(database: Database, part: PartId): void {
  if (prepared(database, 'SELECT id FROM parts WHERE id = ?').get(part) === undefined) {
    throw new EideticError(
      'NOT_FOUND',
      `Found a vector of part ${part}, which the catalog does not have (any more); nothing was written.`,
    );
  }
}
