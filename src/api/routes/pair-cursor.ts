import { EideticError } from '../../domain/errors.ts';
import type { PictureId } from '../../domain/picture.ts';

/** A place in a list of pairs by the ids of both: it holds also when the library changes between two pages. */
export interface PairPlace {
  readonly a: PictureId;
  readonly b: PictureId;
}

export function toPairCursor({ a, b }: PairPlace): string {
  return Buffer.from(`pairs:${a}:${b}`).toString('base64url');
}

/** Before all pairs without a cursor. @throws EideticError INVALID_INPUT when it is none of ours */
export function fromPairCursor(cursor: string | undefined): PairPlace {
  if (cursor === undefined) {
    return { a: 0, b: 0 };
  }
  const [, a, b] = /^pairs:(\d{1,15}):(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (a === undefined || b === undefined) {
    throw new EideticError('INVALID_INPUT', 'The cursor is not one of this server; start again without it.');
  }
  return { a: Number(a), b: Number(b) };
}
