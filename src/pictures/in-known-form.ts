import type { PictureFilter } from '../domain/filter.ts';
import type { PictureCatalog } from '../domain/picture-catalog.ts';
import { unicodeForms } from '../domain/unicode-forms.ts';

/** Spellings of one path that are looked for; a path has as many as its names have forms, multiplied. */
const MOST_FORMS = 16;

/**
 * A filter with paths as the catalog has them. A name with an accent is written in several Unicode forms, and a Mac
 * keeps another than keyboards type. Where no file lies at or below a path as it is written, those places are meant
 * whose names look the same; where one does, only that is.
 */
export async function inKnownForm(
  pictures: Pick<PictureCatalog, 'matching'>,
  filter: PictureFilter,
): Promise<PictureFilter> {
  const { pathPrefix } = filter;
  const prefixes = typeof pathPrefix === 'string' ? [pathPrefix] : (pathPrefix ?? []);
  const isThere = async (prefix: string) => (await pictures.matching({ pathPrefix: prefix }, 1)).length > 0;
  if (prefixes.every((prefix) => unicodeForms(prefix).length === 1)) {
    return filter;
  }
  const known = await Promise.all(
    prefixes.map(async (prefix) => ((await isThere(prefix)) ? [prefix] : formsOf(prefix, isThere))),
  );
  return { ...filter, pathPrefix: known.flat() };
}

/** The path itself when no other is there. */
async function formsOf(path: string, isThere: (prefix: string) => Promise<boolean>): Promise<string[]> {
  const [first = '', ...names] = path.split('/');
  let found = [first];
  for (const [i, name] of names.entries()) {
    const forms = unicodeForms(name);
    const candidates = found.flatMap((folder) => forms.map((form) => `${folder}/${form}`));
    const isToBeAsked = forms.length > 1 || i === names.length - 1;
    const hasFiles = isToBeAsked ? await Promise.all(candidates.map(isThere)) : candidates.map(() => true);
    found = candidates.filter((_, n) => hasFiles[n]).slice(0, MOST_FORMS);
  }
  return found.length === 0 ? [path] : found;
}
