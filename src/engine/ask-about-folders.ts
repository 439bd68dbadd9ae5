import { EideticError } from '../domain/errors.ts';
import { isAtOrBelow } from '../domain/is-below.ts';
import type { PictureCatalog } from '../domain/picture-catalog.ts';
import { type Place, type ReportQuestion, WHOLE_LIBRARY } from '../duplicates/report-question.ts';
import { inKnownForm } from '../pictures/in-known-form.ts';

/** Folders and files that somebody names, see ReportQuestion. */
export interface NamedFolders {
  readonly across: readonly string[];
  readonly within: readonly string[];
  readonly reference: readonly string[];
}

/**
 * What a duplicate report is asked about.
 * @param find where the library has what is named, in any Unicode form; throws NOT_FOUND for what it does not have
 * @throws EideticError INVALID_INPUT when nothing could answer it; what `find` throws
 */
export async function askAboutFolders(
  pictures: PictureCatalog,
  { across, within, reference }: NamedFolders,
  find: (named: string) => Promise<Place>,
): Promise<ReportQuestion> {
  if (across.length + within.length + reference.length === 0) {
    return WHOLE_LIBRARY;
  }
  const places = async (named: readonly string[]) => {
    const found: Place[] = [];
    for (const one of named) {
      const { name, paths } = await find(one);
      const { pathPrefix = [] } = await inKnownForm(pictures, { pathPrefix: paths });
      found.push({ name, paths: [pathPrefix].flat() });
    }
    return found;
  };
  const question = {
    across: await places(across),
    within: await places(within),
    reference: await places(reference),
  };
  requireAnswers(question);
  return question;
}

function requireAnswers({ across, within, reference }: ReportQuestion): void {
  if (across.length > 0 && within.length > 0) {
    throw wrongQuestion('Found both folders to compare and folders to stay within; name either.');
  }
  if (across.length === 1) {
    throw wrongQuestion(
      `Found ${across[0]?.name} alone to compare across, expected two folders or more; to look at pairs within one, stay within it.`,
    );
  }
  const twice = across.find(({ paths }, i) => across.slice(0, i).some((one) => areSame(one.paths, paths)));
  if (twice !== undefined) {
    throw wrongQuestion(`Found ${twice.name} twice, expected different folders to compare.`);
  }
  const asked = [...across, ...within];
  const isIn = (place: Place, others: readonly Place[]) =>
    place.paths.every((path) =>
      others.some((other) => other.paths.some((folder) => isAtOrBelow(path, folder))),
    );
  if (asked.length > 0 && reference.length > 0 && asked.every((place) => isIn(place, reference))) {
    throw wrongQuestion(
      'All folders that are asked about lie in a reference, of which nothing could be dropped; name a smaller reference.',
    );
  }
  const apart = reference.find(
    (place) => asked.length > 0 && !isIn(place, asked) && !asked.some((one) => isIn(one, [place])),
  );
  if (apart !== undefined) {
    throw wrongQuestion(
      `The reference ${apart.name} lies outside of the folders that are asked about, so that nothing is compared with it; name it among them.`,
    );
  }
}

function areSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((path) => b.includes(path));
}

function wrongQuestion(message: string): EideticError {
  return new EideticError('INVALID_INPUT', message);
}
