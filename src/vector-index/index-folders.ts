import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Digits of the model key in a folder's name: enough to tell a library's models apart. */
const KEY_DIGITS = 12;

/** A folder in which an index of a space and a model is saved, or was. */
export interface IndexFolder {
  /** Absolute. */
  readonly path: string;
  readonly name: string;
  /** Of the files in it. */
  readonly sizeBytes: number;
}

/** The name of the folder of a space's index. */
export function indexFolderName(space: { readonly spaceId: string; readonly modelKey: string }): string {
  return `${space.spaceId}-${space.modelKey.slice(0, KEY_DIGITS)}`;
}

const NAME = new RegExp(`^.+-[0-9a-f]{${KEY_DIGITS}}$`);

/** The index folders below a root, ascending by name; none when it is not there. */
export async function listIndexFolders(root: string): Promise<IndexFolder[]> {
  const names = (await readdir(root).catch(() => [])).filter((name) => NAME.test(name));
  return Promise.all(
    names.sort().map(async (name) => {
      const path = join(root, name);
      return { path, name, sizeBytes: await sizeOf(path) };
    }),
  );
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
