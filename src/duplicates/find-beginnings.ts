import type { PictureId } from '../domain/picture.ts';
import type { PictureCatalog } from '../domain/picture-catalog.ts';
import { AskedFiles } from './asked-files.ts';
import type { AskedCounts } from './count-asked.ts';
import { matchingPages } from './matching-pages.ts';
import type { Place, ReportQuestion } from './report-question.ts';

/** Pictures read at a time. */
const PAGE = 1_000;

/**
 * The pictures that looking for pairs begins at, so that it costs what the question is worth: of folders that are compared
 * all but the largest, and elsewhere what lies in a reference alone is met by the others.
 * @returns whether it begins at a picture that the question is about
 */
export async function findBeginnings(
  catalog: PictureCatalog,
  question: ReportQuestion,
  counts: AskedCounts,
): Promise<(id: PictureId) => boolean> {
  const { across, reference } = question;
  if (across.length > 0) {
    const largest = counts.across.indexOf(Math.max(...counts.across));
    const smaller = across.filter((_, i) => i !== largest);
    const begun = new Set<PictureId>();
    for await (const ids of picturesIn(catalog, smaller)) {
      for (const id of ids) begun.add(id);
    }
    return (id) => begun.has(id);
  }
  if (reference.length > 0) {
    const passedOver = await onlyInReference(catalog, question);
    return (id) => !passedOver.has(id);
  }
  return () => true;
}

async function onlyInReference(
  catalog: PictureCatalog,
  question: ReportQuestion,
): Promise<ReadonlySet<PictureId>> {
  const asked = new AskedFiles(question);
  const found = new Set<PictureId>();
  for await (const ids of picturesIn(catalog, question.reference)) {
    for (const picture of await catalog.pictures(ids, asked.filter)) {
      if (asked.trim(picture)?.files.every(({ path }) => asked.isReference(path)) === true) {
        found.add(picture.id);
      }
    }
  }
  return found;
}

function picturesIn(catalog: PictureCatalog, places: readonly Place[]): AsyncGenerator<readonly PictureId[]> {
  return matchingPages(catalog, { pathPrefix: places.flatMap(({ paths }) => paths) }, PAGE);
}
