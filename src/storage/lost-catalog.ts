import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EideticError } from '../domain/errors.ts';

/**
 * Refuses when a catalog is not there (or an empty file) and was: what is left of its library must not be taken for that
 * of one that was never made.
 * @throws EideticError CATALOG_DAMAGED
 */
export function refuseLostCatalog(file: string): void {
  const library = dirname(file);
  const left = [
    ...['uploads', 'indexes'].filter((name) => isFilledFolder(join(library, name))),
    // Another process may have made both since.
    ...(isFilledFile(`${file}-wal`) && !isFilledFile(file) ? ['the log catalog.sqlite-wal'] : []),
  ];
  if (left.length > 0) {
    throw new EideticError(
      'CATALOG_DAMAGED',
      `Found no catalog (or an empty file) at ${file}, though ${left.join(' and ')} of a library lie beside it; restore catalog.sqlite from a backup. ${BEGIN_ANEW}`,
    );
  }
}

/** What to do about a catalog of which there is no backup. */
export const BEGIN_ANEW =
  'Without a backup, move catalog.sqlite and what is named like it away, if it is there, and run "eidetic index --begin-anew FOLDER...": it makes a new catalog of the same folders, and takes the uploads back. Pictures and uploads are untouched by all this; what is lost are the rules of folders, decisions, and the numbers by which pictures were named.';

function isFilledFolder(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch {
    return false; // it is not there
  }
}

function isFilledFile(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;
}
