import { EideticError } from '../../domain/errors.ts';
import type { PictureCatalog } from '../../domain/picture-catalog.ts';
import type { Place, ReportQuestion } from '../../duplicates/report-question.ts';
import { askAboutFolders } from '../../engine/ask-about-folders.ts';
import { inKnownForm } from '../../pictures/in-known-form.ts';
import type { PathView } from '../../pictures/path-view.ts';

/** See questionShape. */
export interface ShownQuestion {
  readonly across?: readonly string[] | undefined;
  readonly within?: readonly string[] | undefined;
  readonly reference?: readonly string[] | undefined;
}

/**
 * What a duplicate report is asked about, by folders as the caller sees them.
 * @throws EideticError NOT_FOUND for a folder in which no picture lies; INVALID_INPUT when nothing could answer it
 */
export function questionOf(
  pictures: PictureCatalog,
  { across = [], within = [], reference = [] }: ShownQuestion,
  view: PathView,
): Promise<ReportQuestion> {
  return askAboutFolders(pictures, { across, within, reference }, (shown) =>
    findShownPlace(pictures, shown, view),
  );
}

/** One that is shown can lie in several folders. */
async function findShownPlace(pictures: PictureCatalog, shown: string, view: PathView): Promise<Place> {
  const paths: string[] = [];
  for (const path of view.below(shown)) {
    const filter = await inKnownForm(pictures, { pathPrefix: path });
    if ((await pictures.matching(filter, 1)).length > 0) {
      paths.push(path);
    }
  }
  if (paths.length === 0) {
    throw new EideticError(
      'NOT_FOUND',
      `No picture of the library lies at or below ${shown}; name a folder as answers show it.`,
    );
  }
  return { name: shown, paths };
}
