import type { Embedding } from '../domain/embedding.ts';
import { EideticError } from '../domain/errors.ts';

/** A stored unit vector may differ from length 1 by float32 rounding alone. */
const LENGTH_TOLERANCE = 1e-3;

/** Little-endian float32, 4 bytes a dimension. */
export function toBlob(embedding: Embedding): Buffer {
  return Buffer.from(embedding.buffer, embedding.byteOffset, embedding.byteLength);
}

/**
 * @param id whose vector it is, for the message
 * @throws EideticError CATALOG_DAMAGED when the bytes are not a vector of length 1
 */
export function fromBlob(blob: Buffer, id: number): Embedding {
  // Copied: a row's bytes need not be aligned to 4, and die with the statement.
  const bytes = new Uint8Array(blob);
  if (bytes.byteLength === 0 || bytes.byteLength % 4 !== 0) {
    throw damaged(id, `${bytes.byteLength} bytes`);
  }
  const vector = new Float32Array(bytes.buffer);
  let squares = 0;
  for (let i = 0; i < vector.length; i++) {
    squares += (vector[i] as number) ** 2;
  }
  if (!(Math.abs(Math.sqrt(squares) - 1) < LENGTH_TOLERANCE)) {
    throw damaged(id, `a vector of length ${Math.sqrt(squares)}`);
  }
  return vector as Embedding;
}

function damaged(id: number, found: string): EideticError {
  return new EideticError(
    'CATALOG_DAMAGED',
    `Found ${found} as the descriptor of picture ${id}, expected a vector of length 1; run "eidetic index --force" to embed it again.`,
  );
}
