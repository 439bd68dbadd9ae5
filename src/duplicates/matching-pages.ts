import type { PictureFilter } from '../domain/filter.ts';
import type { PictureId } from '../domain/picture.ts';
import type { PictureCatalog } from '../domain/picture-catalog.ts';

/** Ids of all pictures that match, ascending, so many at a time; no page is empty. */
export async function* matchingPages(
  catalog: Pick<PictureCatalog, 'matching'>,
  filter: PictureFilter,
  pageSize: number,
): AsyncGenerator<readonly PictureId[]> {
  for (let last = 0; ; ) {
    const ids = await catalog.matching(filter, pageSize, last);
    if (ids.length > 0) {
      yield ids;
    }
    if (ids.length < pageSize) {
      return;
    }
    last = ids[ids.length - 1] ?? last;
  }
}
