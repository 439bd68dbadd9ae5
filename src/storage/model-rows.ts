import type { Database } from 'better-sqlite3';
import { EideticError } from '../domain/errors.ts';
import type { ModelManifest } from '../domain/model.ts';
import type { KnownModel } from '../domain/model-registry.ts';
import { parseStored } from './parse-stored.ts';
import { prepared } from './prepared.ts';

/** Row id of a model; null when the catalog does not know it. */
export function modelRow(database: Database, key: string): number | null {
  const id = prepared(database, 'SELECT id FROM models WHERE key = ?').pluck().get(key);
  return (id as number | undefined) ?? null;
}

/** @throws EideticError MODEL_MISMATCH when the catalog does not know it */
export function requireModelRow(database: Database, key: string): number {
  const id = modelRow(database, key);
  if (id === null) {
    throw new EideticError(
      'MODEL_MISMATCH',
      `Found a descriptor of the model ${key}, which the catalog does not know; expected the model to be added first.`,
    );
  }
  return id;
}

/** See ModelRegistry.models. */
export function readModels(database: Database): KnownModel[] {
  const rows = database.prepare('SELECT key, manifest FROM models ORDER BY id').all() as Array<{
    key: string;
    manifest: string;
  }>;
  return rows.map(({ key, manifest }) => ({
    key,
    manifest: parseStored(manifest, `the model ${key}`, database),
  }));
}

/** See ModelRegistry.add. */
export function addModel(database: Database, key: string, manifest: ModelManifest): void {
  database
    .prepare('INSERT INTO models (key, manifest) VALUES (?, ?) ON CONFLICT (key) DO NOTHING')
    .run(key, JSON.stringify(manifest));
}
