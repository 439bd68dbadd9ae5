import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Folders of photos that EIDETIC_PHOTOS names, separated as in PATH; none when it is not set. */
export function photoFolders(): string[] {
  return (process.env['EIDETIC_PHOTOS'] ?? '').split(delimiter).filter((folder) => folder !== '');
}

/** Files with these endings below folders, in a stable order: by folder as given, then by path. */
export function filesBelow(folders: readonly string[], endings: RegExp): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => endings.test(name))
      .sort()
      .map((name) => join(folder, name)),
  );
}

/**
 * JPEG files of a collection of whole photos, in a stable order: below `collection` in the first folder of
 * EIDETIC_PHOTOS where there is one (what lies beside it there is damaged on purpose), else below that folder.
 */
export function realPhotos(): string[] {
  const [folder] = photoFolders();
  if (folder === undefined) {
    return [];
  }
  const collection = join(folder, 'collection');
  return filesBelow([existsSync(collection) ? collection : folder], /\.jpe?g$/i);
}

/** Paths, one a line. */
export function readList(list: string): string[] {
  return readFileSync(list, 'utf8')
    .split('\n')
    .filter((path) => path !== '');
}
