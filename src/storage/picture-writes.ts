import type { Database } from 'better-sqlite3';
import type { DescribedPicture } from '../domain/descriptor.ts';
import { EideticError } from '../domain/errors.ts';
import type { IndexedFile } from '../domain/file-ledger.ts';
import type { PartId, PictureId } from '../domain/picture.ts';
import { hashBlob, hashBlobOrNull } from './hash-blob.ts';
import { requireModelRow } from './model-rows.ts';
import { prepared } from './prepared.ts';
import { writeVector } from './vector-writes.ts';

/**
 * Writes what a file tells of its picture, and makes the picture when it is new.
 * @returns its id
 * @throws EideticError NOT_FOUND when the file tells nothing and the picture is not there; MODEL_MISMATCH
 */
export function writePicture(database: Database, file: IndexedFile, generation: number): PictureId {
  const contentHash = hashBlob(file.contentHash);
  if (file.described === null) {
    return knownPicture(database, contentHash, file.stamp.path);
  }
  const id = writeFacts(database, contentHash, file.stamp.sizeBytes, file.described);
  const part = wholeOf(database, id);
  for (const [modelKey, descriptor] of Object.entries(file.described.descriptors)) {
    const model = requireModelRow(database, modelKey);
    for (const [name, vector] of Object.entries(descriptor)) {
      writeVector(database, { model, name, generation }, { ...vector, part });
    }
  }
  return id;
}

function knownPicture(database: Database, contentHash: Buffer, path: string): PictureId {
  const id = prepared(database, 'SELECT id FROM pictures WHERE content_hash = ?').pluck().get(contentHash);
  if (id === undefined) {
    throw new EideticError(
      'NOT_FOUND',
      `The picture of ${path} left the catalog while the file was being added, and nothing was written; add the file again.`,
    );
  }
  return id as PictureId;
}

/**
 * What nobody looked at this time stays as it was found before: the bytes are the same. So do the pixels, which others
 * look at: see keepPixels.
 */
function writeFacts(
  database: Database,
  contentHash: Buffer,
  sizeBytes: number,
  { facts }: DescribedPicture,
): PictureId {
  return prepared(
    database,
    `INSERT INTO pictures (content_hash, size_bytes, format, width, height, pages, bit_depth,
       image_data_hash, taken_at, camera, latitude, longitude)
     VALUES (@contentHash, @sizeBytes, @format, @width, @height, @pages, @bitDepth,
       @imageDataHash, @takenAt, @camera, @latitude, @longitude)
     ON CONFLICT (content_hash) DO UPDATE SET size_bytes = excluded.size_bytes, format = excluded.format,
       width = excluded.width, height = excluded.height,
       pages = coalesce(excluded.pages, pages), bit_depth = coalesce(excluded.bit_depth, bit_depth),
       image_data_hash = coalesce(excluded.image_data_hash, image_data_hash),
       taken_at = excluded.taken_at, camera = excluded.camera,
       latitude = excluded.latitude, longitude = excluded.longitude
     RETURNING id`,
  )
    .pluck()
    .get({
      ...facts,
      contentHash,
      sizeBytes,
      imageDataHash: hashBlobOrNull(facts.imageDataHash),
    }) as PictureId;
}

/** The part that is the whole of a picture, made when it is not there. */
function wholeOf(database: Database, picture: PictureId): PartId {
  const known = prepared(database, `SELECT id FROM parts WHERE picture_id = ? AND kind = 'whole'`)
    .pluck()
    .get(picture);
  const part =
    known ??
    prepared(database, `INSERT INTO parts (picture_id, kind) VALUES (?, 'whole') RETURNING id`)
      .pluck()
      .get(picture);
  return part as PartId;
}
