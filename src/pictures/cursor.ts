import { EideticError } from '../domain/errors.ts';
import type { PictureId } from '../domain/picture.ts';

/** Which way a list by id goes: behind a place lie higher ids, or lower ones. */
export type CursorSide = 'after' | 'before';

/** A place in a list by id. Opaque to clients, so that it may come to mean more. */
export function toCursor(id: PictureId, side: CursorSide = 'after'): string {
  return Buffer.from(`${side}:${id}`).toString('base64url');
}

/**
 * The id that a page begins behind; one that every id is behind when there is no cursor.
 * @throws EideticError INVALID_INPUT when it is none of ours, or one of a list that goes the other way
 */
export function fromCursor(cursor: string | undefined, side: CursorSide = 'after'): PictureId {
  if (cursor === undefined) {
    return side === 'after' ? 0 : Number.MAX_SAFE_INTEGER;
  }
  const [, found, digits] = /^(after|before):(\d{1,15})$/.exec(textOf(cursor)) ?? [];
  if (found !== side) {
    throw new EideticError(
      'INVALID_INPUT',
      found === undefined
        ? 'The cursor is not one of this server; start again without it.'
        : 'The cursor is one of the other order; name the order that it came from, or start again without it.',
    );
  }
  return Number(digits);
}

function textOf(cursor: string): string {
  return Buffer.from(cursor, 'base64url').toString();
}
