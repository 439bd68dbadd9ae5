import { lstat } from 'node:fs/promises';
import type { PictureId } from '../domain/picture.ts';
import type { CatalogPicture } from '../domain/picture-catalog.ts';

/**
 * The pictures of which no file can be seen at the moment. One file is looked at after the other, and none after the
 * first that is there.
 * @param signal ends it; rejects with the signal's reason
 */
export async function picturesAway(
  pictures: ReadonlyArray<Pick<CatalogPicture, 'id' | 'files'>>,
  signal: AbortSignal,
): Promise<PictureId[]> {
  const away: PictureId[] = [];
  for (const { id, files } of pictures) {
    if (!(await isAnyThere(files, signal))) {
      away.push(id);
    }
  }
  return away;
}

async function isAnyThere(files: CatalogPicture['files'], signal: AbortSignal): Promise<boolean> {
  for (const { path } of files) {
    signal.throwIfAborted();
    const isThere = await lstat(path).then(
      () => true,
      () => false,
    );
    if (isThere) {
      return true;
    }
  }
  return false;
}
