import { readdir } from 'node:fs/promises';
import { basename, dirname, extname, join, sep } from 'node:path';

/** A sign that a program keeps a catalog of the pictures in a folder. */
export interface ManagedFolder {
  /** The folder that was indexed. */
  readonly root: string;
  readonly program: string;
  /** What was found. */
  readonly sign: string;
}

/** Subfolders that are looked into: a catalog lies at the top, or one below. */
const MOST_SUBFOLDERS = 200;

/** By the names of files and folders. */
const SIGNS: ReadonlyArray<readonly [program: string, isSign: (name: string) => boolean]> = [
  ['Lightroom', (name) => extname(name).toLowerCase() === '.lrcat'],
  ['digiKam', (name) => name.toLowerCase() === 'digikam4.db'],
  ['Immich', (name) => name === '.immich'],
  ['iCloud', (name) => extname(name).toLowerCase() === '.icloud'],
  ['Apple Photos', (name) => extname(name).toLowerCase() === '.photoslibrary'],
];

/**
 * Looks for programs that keep catalogs of pictures in these folders: what is moved behind their back they take for lost. Looks
 * at names alone, in a folder, the ones in it, and the ones around it.
 * @param roots absolute
 */
export async function managedFolders(roots: readonly string[]): Promise<ManagedFolder[]> {
  const found: ManagedFolder[] = [];
  for (const root of roots) {
    const paths = [...foldersAround(root), ...(await pathsNear(root))];
    for (const [program, isSign] of SIGNS) {
      const sign = paths.find((path) => isSign(basename(path)));
      if (sign !== undefined) {
        found.push({ root, program, sign });
      }
    }
  }
  return found;
}

/** The folder itself and those that it lies in. */
function foldersAround(root: string): string[] {
  const names = root.split(sep);
  return names.map((_, i) => names.slice(0, i + 1).join(sep));
}

async function pathsNear(root: string): Promise<string[]> {
  const own = await listed(root);
  const folders = own.filter(({ isFolder }) => isFolder).slice(0, MOST_SUBFOLDERS);
  const below = await Promise.all(folders.map(({ path }) => listed(path)));
  return [...(await listed(dirname(root))), ...own, ...below.flat()].map(({ path }) => path);
}

/** Nothing where it cannot be listed. */
async function listed(folder: string): Promise<Array<{ readonly path: string; readonly isFolder: boolean }>> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.map((entry) => ({ path: join(folder, entry.name), isFolder: entry.isDirectory() }));
  } catch {
    return [];
  }
}
