import type { CatalogPicture } from '../domain/picture-catalog.ts';
import { type AskedFiles, joinSpreads, type Spread } from './asked-files.ts';
import { type PathLooks, type ThereFile, thereAt } from './path-look.ts';

/** One file with all paths of it that a report names. */
interface NamedFile {
  readonly sizeBytes: number;
  /** Bytes that removing all these paths frees: none while the file has names elsewhere too, and none in a reference. */
  readonly freedBytes: number;
  /** Where it lies by all of them. */
  readonly spread: Spread;
}

/** The files that are there of some pictures, each once, however many paths it has. */
export function filesThere(
  pictures: readonly CatalogPicture[],
  looks: PathLooks,
  asked: AskedFiles,
): NamedFile[] {
  const paths = new Map<string, NamedPath[]>();
  for (const { files } of pictures) {
    for (const { path } of files) {
      const there = thereAt(looks, path);
      if (there !== null) {
        const named = paths.get(there.identity) ?? [];
        named.push({ ...there, path });
        paths.set(there.identity, named);
      }
    }
  }
  return [...paths.values()].map((named) => {
    const [{ sizeBytes, links }] = named as [NamedPath, ...NamedPath[]];
    const names = named.filter(({ isLink }) => !isLink).length;
    // A link in a reference keeps nothing: the file that it leads to can be removed elsewhere.
    const isReference = named.some(({ path, isLink }) => !isLink && asked.isReference(path));
    const { place } = named.map(({ path }) => asked.spreadOf(path)).reduce(joinSpreads);
    return {
      sizeBytes,
      freedBytes: names >= links && !isReference ? sizeBytes : 0,
      spread: { place, hasOthers: !isReference },
    };
  });
}

interface NamedPath extends ThereFile {
  readonly path: string;
}

/**
 * Bytes that are freed when of pictures that are equal those files are kept that lie in a reference, and where there are
 * none one file, the largest. Further names of one file free nothing, and neither does a file that has a hard link
 * elsewhere, or of which only a symbolic link is known.
 */
export function freeableBytes(equal: readonly CatalogPicture[], looks: PathLooks, asked: AskedFiles): number {
  const [, ...others] = filesThere(equal, looks, asked).sort(
    (a, b) =>
      Number(a.spread.hasOthers) - Number(b.spread.hasOthers) ||
      b.sizeBytes - a.sizeBytes ||
      a.freedBytes - b.freedBytes,
  );
  return others.reduce((sum, { freedBytes }) => sum + freedBytes, 0);
}
