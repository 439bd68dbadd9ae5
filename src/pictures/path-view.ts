import { basename, isAbsolute, join, sep } from 'node:path';
import type { PictureFilter } from '../domain/filter.ts';

/** How somebody sees the paths of this machine: whole only when they may administer it. */
export interface PathView {
  show(path: string): string;
  /** The absolute paths that are shown as this one; who sees all may name them whole. */
  locate(shown: string): readonly string[];
  /** The absolute paths that a folder or file as it is shown may be; what is shown may lie at or below them. */
  below(shown: string): readonly string[];
  /** A filter over paths as they are shown here, as one over absolute paths. */
  toFilter(filter: ShownFilter): PictureFilter;
}

/** A filter whose path is one as it is shown; what is undefined was not given. */
export type ShownFilter = {
  readonly [Name in Exclude<keyof PictureFilter, 'pathPrefix'>]?: PictureFilter[Name] | undefined;
} & { readonly pathPrefix?: string | undefined };

/**
 * @param bases absolute folders; a path is shown below the longest one that holds it, without it the name alone
 * @param seesAll whether paths are shown whole, and may be given so
 */
export function createPathView(bases: readonly string[], seesAll: boolean): PathView {
  const longestFirst = bases.map(withSeparator).sort((a, b) => b.length - a.length);
  const toAbsolute = (path: string) =>
    seesAll && isAbsolute(path) ? [path] : bases.map((base) => join(base, path));
  const show = (path: string) => {
    if (seesAll) {
      return path;
    }
    const base = longestFirst.find((folder) => path.startsWith(folder));
    return base === undefined ? basename(path) : path.slice(base.length);
  };
  return {
    show,
    locate: (shown) => toAbsolute(shown).filter((path) => seesAll || show(path) === shown),
    below: toAbsolute,
    toFilter({ pathPrefix, ...facts }) {
      const given = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
      return pathPrefix === undefined ? given : { ...given, pathPrefix: toAbsolute(pathPrefix) };
    },
  };
}

function withSeparator(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep;
}
