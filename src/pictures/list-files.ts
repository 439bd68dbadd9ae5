import { createHash } from 'node:crypto';
import { EideticError } from '../domain/errors.ts';
import type { CatalogPicture, PictureFile } from '../domain/picture-catalog.ts';

/** Files of one picture, ascending by path. */
export interface ListedFiles {
  readonly files: readonly PictureFile[];
  /** For the next page; null when this is the last. */
  readonly nextCursor: string | null;
}

/**
 * One page of a picture's files.
 * @param limit 1 or more
 * @param cursor nextCursor of the page before; undefined for the first
 * @throws EideticError INVALID_INPUT for a cursor that is none, or when the last file of the page before is gone
 */
export function listFiles(
  { files }: Pick<CatalogPicture, 'files'>,
  limit: number,
  cursor: string | undefined,
): ListedFiles {
  const start = cursor === undefined ? 0 : placeBehind(files, cursor);
  const page = files.slice(start, start + limit);
  const last = page.at(-1);
  const end = start + page.length;
  return {
    files: page,
    nextCursor:
      last === undefined || end >= files.length
        ? null
        : Buffer.from(`files:${end - 1}:${digestOf(last)}`).toString('base64url'),
  };
}

/** The cursor names a file by its digest, since not everybody may see its path, and where it was. */
function placeBehind(files: readonly PictureFile[], cursor: string): number {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, place = '', digest] = /^files:(\d{1,15}):([\w-]{43})$/.exec(text) ?? [];
  if (digest === undefined) {
    throw new EideticError('INVALID_INPUT', 'The cursor is not one of this server; start again without it.');
  }
  const expected = files[Number(place)];
  const isThere = expected !== undefined && digestOf(expected) === digest;
  const found = isThere ? Number(place) : files.findIndex((file) => digestOf(file) === digest);
  if (found < 0) {
    throw new EideticError(
      'INVALID_INPUT',
      'The last file of the page before has left the picture meanwhile; start again without a cursor.',
    );
  }
  return found + 1;
}

function digestOf({ path }: PictureFile): string {
  return createHash('sha256').update(path).digest('base64url');
}
