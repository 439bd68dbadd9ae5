import type { Database } from 'better-sqlite3';
import type { CatalogBatch, CommitResult } from '../domain/catalog.ts';
import { EideticError } from '../domain/errors.ts';
import type { ModelManifest } from '../domain/model.ts';
import type { PictureId } from '../domain/picture.ts';
import { prepareCommitBatch } from './commit-batch.ts';
import { uploadsFolder } from './file-queries.ts';
import { nextGeneration } from './generation.ts';
import { pathsBelow } from './path-range.ts';

/** Everything that changes a catalog; each call is one transaction. See Catalog. */
export interface CatalogWrites {
  addModel(key: string, manifest: ModelManifest): void;
  activateModel(key: string): void;
  addRoots(paths: readonly string[]): void;
  removeRoots(paths: readonly string[]): void;
  keepUploadsIn(folder: string): void;
  commit(batch: CatalogBatch): CommitResult;
  pruneOrphans(): PictureId[];
}

export function catalogWrites(database: Database): CatalogWrites {
  return {
    addModel(key, manifest) {
      database
        .prepare(
          `INSERT INTO models (key, manifest, active)
           VALUES (?, ?, NOT EXISTS (SELECT 1 FROM models WHERE active = 1)) ON CONFLICT (key) DO NOTHING`,
        )
        .run(key, JSON.stringify(manifest));
    },
    activateModel: database.transaction((key: string): void => activateModel(database, key)).immediate,
    addRoots(paths) {
      database
        .prepare('INSERT INTO roots (path) SELECT value FROM json_each(?) WHERE true ON CONFLICT DO NOTHING')
        .run(JSON.stringify(paths));
    },
    removeRoots(paths) {
      database
        .prepare('DELETE FROM roots WHERE path IN (SELECT value FROM json_each(?))')
        .run(JSON.stringify(paths));
    },
    keepUploadsIn: database.transaction((folder: string): void => keepUploadsIn(database, folder)).immediate,
    commit: prepareCommitBatch(database),
    pruneOrphans: database.transaction((): PictureId[] => pruneOrphans(database)).immediate,
  };
}

function activateModel(database: Database, key: string): void {
  database.prepare('UPDATE models SET active = 0').run();
  const { changes } = database.prepare('UPDATE models SET active = 1 WHERE key = ?').run(key);
  if (changes !== 1) {
    throw new EideticError('MODEL_MISMATCH', `The catalog does not know the model ${key}.`);
  }
  nextGeneration(database);
}

function keepUploadsIn(database: Database, folder: string): void {
  const former = uploadsFolder(database);
  if (former === folder) {
    return;
  }
  database.prepare('UPDATE state SET uploads_folder = ?').run(folder);
  if (former !== null) {
    nextGeneration(database);
    database
      .prepare(
        `UPDATE OR REPLACE files SET path = @folder || substr(path, length(@former) + 1)
         WHERE path > @from AND path < @to`,
      )
      .run({ folder, former, ...pathsBelow(former) });
  }
}

function pruneOrphans(database: Database): PictureId[] {
  const orphans = database
    .prepare(
      'SELECT id FROM pictures p WHERE NOT EXISTS (SELECT 1 FROM files WHERE picture_id = p.id) ORDER BY id',
    )
    .pluck()
    .all() as PictureId[];
  if (orphans.length > 0) {
    const generation = nextGeneration(database);
    const ids = JSON.stringify(orphans);
    database
      .prepare('INSERT INTO removed_pictures (picture_id, generation) SELECT value, ? FROM json_each(?)')
      .run(generation, ids);
    database.prepare('DELETE FROM pictures WHERE id IN (SELECT value FROM json_each(?))').run(ids);
  }
  return orphans;
}
