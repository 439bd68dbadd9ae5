import type { Database } from 'better-sqlite3';
import type { Embedding } from '../domain/embedding.ts';
import { EideticError } from '../domain/errors.ts';
import type { PartId, PictureId } from '../domain/picture.ts';
import { ABSOLUTE_PATH } from './stored-roots.ts';

/** A stored unit vector may differ from length 1 by float32 rounding alone. */
const LENGTH_TOLERANCE = 1e-3;

/** Little-endian float32, 4 bytes a dimension. */
export function toBlob(embedding: Embedding): Buffer {
  return Buffer.from(embedding.buffer, embedding.byteOffset, embedding.byteLength);
}

/**
 * @param part whose vector it is, and
 * @param database where it was read, for the message
 * @throws EideticError CATALOG_DAMAGED when the bytes are not a vector of length 1
 */
export function fromBlob(blob: Buffer, part: PartId, database: Database): Embedding {
  // Copied: a row's bytes need not be aligned to 4, and die with the statement.
  const bytes = new Uint8Array(blob);
  if (bytes.byteLength === 0 || bytes.byteLength % 4 !== 0) {
    throw damaged(database, part, `${bytes.byteLength} bytes`);
  }
  const vector = new Float32Array(bytes.buffer);
  let squares = 0;
  for (let i = 0; i < vector.length; i++) {
    squares += (vector[i] as number) ** 2;
  }
  if (!(Math.abs(Math.sqrt(squares) - 1) < LENGTH_TOLERANCE)) {
    throw damaged(database, part, `a vector of length ${Math.sqrt(squares)}`);
  }
  return vector as Embedding;
}

function damaged(database: Database, part: PartId, found: string): EideticError {
  const [picture, file] = (database
    .prepare(
      `SELECT picture_id, (SELECT ${ABSOLUTE_PATH} FROM files f JOIN roots r ON r.id = f.root_id
         WHERE f.picture_id = p.picture_id LIMIT 1)
       FROM parts p WHERE id = ?`,
    )
    .raw()
    .get(part) as [PictureId, string | null] | undefined) ?? ['that is not there', null];
  return new EideticError(
    'CATALOG_DAMAGED',
    `Found ${found} as a descriptor of picture ${picture} (${file ?? 'no file holds it any more'}), expected a vector of length 1; run "eidetic index --force" to embed it again (delete and upload again what was uploaded).`,
  );
}
