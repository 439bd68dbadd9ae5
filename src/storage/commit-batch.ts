import type { Database, Statement } from 'better-sqlite3';
import type { CatalogBatch, CommitResult, IndexedFile } from '../domain/catalog.ts';
import type { DescribedPicture, Descriptor } from '../domain/descriptor.ts';
import { EideticError } from '../domain/errors.ts';
import type { FileFailure } from '../domain/failure.ts';
import type { PictureId } from '../domain/picture.ts';
import { nextGeneration } from './generation.ts';
import { toBlob } from './vector-blob.ts';

/** Writes batches; its statements are prepared once. */
export type CommitBatch = (batch: CatalogBatch) => CommitResult;

export function prepareCommitBatch(database: Database): CommitBatch {
  const statements = prepareStatements(database);
  return database.transaction((batch: CatalogBatch): CommitResult => {
    const modelId = statements.model.get(batch.modelKey) as number | undefined;
    if (modelId === undefined) {
      throw new EideticError('MODEL_MISMATCH', `The catalog does not know the model ${batch.modelKey}.`);
    }
    const generation = nextGeneration(database);
    const described: Array<{ id: PictureId; descriptor: Descriptor }> = [];
    for (const file of batch.files) {
      const id = writePicture(statements, file);
      statements.indexedFile.run(file.path, file.sizeBytes, file.modifiedMs, id);
      if (file.described !== null) {
        const { descriptor } = file.described;
        statements.descriptor.run(modelId, id, generation, toBlob(descriptor.cls), toBlob(descriptor.gem));
        described.push({ id, descriptor });
      }
    }
    for (const failure of batch.failures) {
      writeFailure(statements, failure);
    }
    for (const path of batch.removed) {
      statements.removeFile.run(path);
    }
    return { generation, described };
  }).immediate;
}

type Statements = ReturnType<typeof prepareStatements>;

function prepareStatements(database: Database) {
  const pluck = (sql: string): Statement => database.prepare(sql).pluck();
  return {
    model: pluck('SELECT id FROM models WHERE key = ?'),
    pictureByHash: pluck('SELECT id FROM pictures WHERE content_hash = ?'),
    picture: pluck(`
      INSERT INTO pictures (content_hash, size_bytes, format, width, height, pixel_hash,
        taken_at, camera, latitude, longitude)
      VALUES (@contentHash, @sizeBytes, @format, @width, @height, @pixelHash, @takenAt, @camera, @latitude, @longitude)
      ON CONFLICT (content_hash) DO UPDATE SET size_bytes = excluded.size_bytes, format = excluded.format,
        width = excluded.width, height = excluded.height, pixel_hash = excluded.pixel_hash,
        taken_at = excluded.taken_at, camera = excluded.camera,
        latitude = excluded.latitude, longitude = excluded.longitude
      RETURNING id`),
    indexedFile: database.prepare(`
      INSERT INTO files (path, size_bytes, modified_ms, picture_id) VALUES (?, ?, ?, ?)
      ON CONFLICT (path) DO UPDATE SET size_bytes = excluded.size_bytes, modified_ms = excluded.modified_ms,
        picture_id = excluded.picture_id,
        failure_code = NULL, failure_message = NULL, failed_at = NULL, failure_transient = NULL`),
    failedFile: database.prepare(`
      INSERT INTO files (path, size_bytes, modified_ms, failure_code, failure_message, failed_at, failure_transient)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (path) DO UPDATE SET size_bytes = excluded.size_bytes, modified_ms = excluded.modified_ms,
        picture_id = NULL, failure_code = excluded.failure_code, failure_message = excluded.failure_message,
        failed_at = excluded.failed_at, failure_transient = excluded.failure_transient`),
    removeFile: database.prepare('DELETE FROM files WHERE path = ?'),
    descriptor: database.prepare(`
      INSERT INTO descriptors (model_id, picture_id, generation, cls, gem) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (model_id, picture_id) DO UPDATE SET generation = excluded.generation,
        cls = excluded.cls, gem = excluded.gem`),
  };
}

function writePicture(statements: Statements, file: IndexedFile): PictureId {
  const contentHash = Buffer.from(file.contentHash, 'hex');
  if (file.described !== null) {
    return statements.picture.get(pictureRow(contentHash, file.sizeBytes, file.described)) as PictureId;
  }
  const id = statements.pictureByHash.get(contentHash) as PictureId | undefined;
  if (id === undefined) {
    // The orphan this file was going to revive is gone: only a second writer could do that, and the lock forbids it.
    throw new Error(`no picture ${file.contentHash} in the catalog for ${file.path}`);
  }
  return id;
}

function pictureRow(contentHash: Buffer, sizeBytes: number, { facts }: DescribedPicture) {
  return { ...facts, contentHash, sizeBytes, pixelHash: Buffer.from(facts.pixelHash, 'hex') };
}

function writeFailure(statements: Statements, failure: FileFailure): void {
  statements.failedFile.run(
    failure.path,
    failure.sizeBytes,
    failure.modifiedMs,
    failure.code,
    failure.message,
    failure.failedAt,
    failure.transient ? 1 : 0,
  );
}
