import { EideticError } from '../domain/errors.ts';

const SHA256_HEX = /^[0-9a-f]{64}$/;

/**
 * The bytes of a SHA-256 for a column.
 * @param hash 64 lowercase hex digits
 * @throws EideticError INVALID_INPUT for anything else: half a hash would be another picture's
 */
export function hashBlob(hash: string): Buffer {
  if (!SHA256_HEX.test(hash)) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found ${JSON.stringify(hash)} as a hash, expected 64 lowercase hex digits.`,
    );
  }
  return Buffer.from(hash, 'hex');
}

/** @param hash as for {@link hashBlob}, or null */
export function hashBlobOrNull(hash: string | null): Buffer | null {
  return hash === null ? null : hashBlob(hash);
}
