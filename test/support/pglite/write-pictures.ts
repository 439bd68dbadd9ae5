import type { DescribedPicture } from '../../../src/domain/descriptor.ts';
import { EideticError } from '../../../src/domain/errors.ts';
import type { IndexedFile } from '../../../src/domain/file-ledger.ts';
import type { ContentHash, PartId, PictureId } from '../../../src/domain/picture.ts';
import type { Query } from './pglite-connection.ts';
import { type FiledVector, writeVectors } from './write-vectors.ts';

type DescribedFile = IndexedFile & { readonly described: DescribedPicture };

/**
 * Writes what files tell of their pictures, and makes those that are new, in the order of the files.
 * @returns the pictures of the files, in their order
 * @throws EideticError NOT_FOUND when a file tells nothing and its picture is not there; MODEL_MISMATCH
 */
export async function writePictures(query: Query, files: readonly IndexedFile[]): Promise<PictureId[]> {
  const described = [...new Map(files.filter(isDescribed).map((file) => [file.contentHash, file])).values()];
  await writeFacts(query, described);
  const idOf = await idsByHash(query, files);
  const ids = files.map((file) => {
    const id = idOf.get(file.contentHash);
    if (id === undefined) {
      throw new EideticError(
        'NOT_FOUND',
        `The picture of ${file.stamp.path} left the catalog while the file was being added, and nothing was written; add the file again.`,
      );
    }
    return id;
  });
  const wholeOf = await makeWholes(query, [...new Set(ids)]);
  const vectors = described.flatMap((file) =>
    vectorsOf(file, wholeOf.get(idOf.get(file.contentHash) as PictureId) as PartId),
  );
  await writeVectors(query, vectors);
  return ids;
}

function isDescribed(file: IndexedFile): file is DescribedFile {
  return file.described !== null;
}

/** What nobody looked at this time stays as it was found before: the bytes are the same. */
async function writeFacts(query: Query, files: readonly DescribedFile[]): Promise<void> {
  const rows = files.map(({ contentHash, stamp, described: { facts } }) => ({
    ...facts,
    contentHash,
    sizeBytes: stamp.sizeBytes,
  }));
  await query(
    `INSERT INTO pictures AS p (content_hash, size_bytes, format, width, height, pages, bit_depth,
       image_data_hash, taken_at, camera, latitude, longitude)
     SELECT decode("contentHash", 'hex'), "sizeBytes", format, width, height, pages, "bitDepth",
       decode("imageDataHash", 'hex'), "takenAt", camera,
       latitude, longitude
     FROM json_to_recordset($1::json) AS f ("contentHash" text, "sizeBytes" bigint, format text, width integer,
       height integer, pages integer, "bitDepth" integer, "imageDataHash" text, "takenAt" text, camera text, latitude double precision, longitude double precision)
     ON CONFLICT (content_hash) DO UPDATE SET size_bytes = excluded.size_bytes, format = excluded.format,
       width = excluded.width, height = excluded.height,
       pages = coalesce(excluded.pages, p.pages), bit_depth = coalesce(excluded.bit_depth, p.bit_depth),
       image_data_hash = coalesce(excluded.image_data_hash, p.image_data_hash),
       taken_at = excluded.taken_at, camera = excluded.camera,
       latitude = excluded.latitude, longitude = excluded.longitude`,
    [JSON.stringify(rows)],
  );
}

/** Locked against being pruned until the files are there. */
async function idsByHash(
  query: Query,
  files: readonly IndexedFile[],
): Promise<ReadonlyMap<ContentHash, PictureId>> {
  const rows = await query<{ id: PictureId; hash: ContentHash }>(
    `SELECT id, encode(content_hash, 'hex') AS hash FROM pictures
     WHERE content_hash IN (SELECT decode(hash, 'hex') FROM unnest($1::text[]) AS hash) ORDER BY id FOR KEY SHARE`,
    [files.map(({ contentHash }) => contentHash)],
  );
  return new Map(rows.map(({ id, hash }) => [hash, id]));
}

/** The parts that are the wholes of pictures, made where they are not there. */
async function makeWholes(
  query: Query,
  pictures: readonly PictureId[],
): Promise<ReadonlyMap<PictureId, PartId>> {
  await query(
    `INSERT INTO parts (picture_id, kind) SELECT picture, 'whole' FROM unnest($1::bigint[]) AS picture
     ON CONFLICT (picture_id) WHERE kind = 'whole' DO NOTHING`,
    [pictures],
  );
  const rows = await query<{ id: PartId; picture: PictureId }>(
    `SELECT id, picture_id AS picture FROM parts WHERE kind = 'whole' AND picture_id = ANY($1::bigint[])`,
    [pictures],
  );
  return new Map(rows.map(({ id, picture }) => [picture, id]));
}

function vectorsOf({ described }: DescribedFile, part: PartId): FiledVector[] {
  return Object.entries(described.descriptors).flatMap(([modelKey, descriptor]) =>
    Object.entries(descriptor).map(([name, vector]) => ({ ...vector, part, modelKey, name })),
  );
}
