import { EideticError } from '../domain/errors.ts';
import type { PictureId } from '../domain/picture.ts';

/** A place in a list by ascending id: behind this one. Opaque to clients, so that it may come to mean more. */
export function toCursor(after: PictureId): string {
  return Buffer.from(`after:${after}`).toString('base64url');
}

/** @throws EideticError INVALID_INPUT when it is none of ours */
export function fromCursor(cursor: string | undefined): PictureId {
  if (cursor === undefined) {
    return 0;
  }
  const digits = /^after:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  if (digits === undefined) {
    throw new EideticError('INVALID_INPUT', 'The cursor is not one of this server; start again without it.');
  }
  return Number(digits);
}
