import type { CatalogPicture } from '../domain/picture-catalog.ts';
import { type PathLooks, type ThereFile, thereAt } from './path-look.ts';

/** One file with all paths of it that a report names. */
interface NamedFile {
  readonly sizeBytes: number;
  /** Bytes that removing all these paths frees: none while the file has names elsewhere too. */
  readonly freedBytes: number;
}

/** The files that are there of some pictures, each once, however many paths it has. */
export function filesThere(pictures: readonly CatalogPicture[], looks: PathLooks): NamedFile[] {
  const paths = new Map<string, ThereFile[]>();
  for (const { files } of pictures) {
    for (const { path } of files) {
      const there = thereAt(looks, path);
      if (there !== null) {
        const named = paths.get(there.identity) ?? [];
        named.push(there);
        paths.set(there.identity, named);
      }
    }
  }
  return [...paths.values()].map((named) => {
    const [{ sizeBytes, links }] = named as [ThereFile, ...ThereFile[]];
    const names = named.filter(({ isLink }) => !isLink).length;
    return { sizeBytes, freedBytes: names >= links ? sizeBytes : 0 };
  });
}

/**
 * Bytes that are freed when of pictures that are equal one file is kept, the largest. Further names of one file free
 * nothing, and neither does a file that has a hard link elsewhere, or of which only a symbolic link is known.
 */
export function freeableBytes(equal: readonly CatalogPicture[], looks: PathLooks): number {
  const [, ...others] = filesThere(equal, looks).sort(
    (a, b) => b.sizeBytes - a.sizeBytes || a.freedBytes - b.freedBytes,
  );
  return others.reduce((sum, { freedBytes }) => sum + freedBytes, 0);
}
