import { stat } from 'node:fs/promises';
import { sep } from 'node:path';
import { identityOf } from './list-folder.ts';
import { isSameButForSpelling } from './spelled-on-disk.ts';

/**
 * A path by the names that a library's roots have: on a disk that does not tell upper from lower case, `pictures` and
 * `Pictures` are one folder, and one root; as two, each file of it would look like two copies.
 * @param path absolute, without symbolic links
 * @param roots those of the library, likewise
 */
export async function underKnownRoot(path: string, roots: readonly string[]): Promise<string> {
  const names = path.split(sep);
  for (const root of roots) {
    const ofRoot = root.split(sep);
    const depth = Math.min(names.length, ofRoot.length);
    const own = names.slice(0, depth).join(sep);
    const known = ofRoot.slice(0, depth).join(sep);
    if (own !== known && isSameButForSpelling(own, known) && (await areOneFile(own, known))) {
      return [known, ...names.slice(depth)].join(sep);
    }
  }
  return path;
}

async function areOneFile(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([a, b].map(identityAt));
  return one !== null && one === other;
}

async function identityAt(path: string | undefined): Promise<string | null> {
  return stat(path ?? '', { bigint: true }).then(identityOf, () => null);
}
