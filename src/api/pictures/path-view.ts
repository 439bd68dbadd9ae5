import { basename, dirname, isAbsolute, join, sep } from 'node:path';
import type { PictureFilter } from '../../domain/filter.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Caller } from '../keys/caller.ts';
import type { FilterInput } from '../schemas/search-schema.ts';

/** How a caller sees the paths of this machine: whole only when it may administer. */
export interface PathView {
  show(path: string): string;
  /** A filter over paths as this caller sees them, as one over absolute paths. */
  toFilter(filter: FilterInput | undefined): PictureFilter;
}

export async function pathViewOf(engine: Engine, caller: Caller): Promise<PathView> {
  // Uploads show as `uploads/…`, below the library.
  const bases = [...(await engine.catalog.roots()), dirname(engine.uploads.root)];
  return createPathView(bases, caller.scopes.has('admin'));
}

/**
 * @param bases absolute folders; a path is shown below the longest one that holds it, without it the name alone
 * @param seesAll whether paths are shown whole, and may be given so
 */
export function createPathView(bases: readonly string[], seesAll: boolean): PathView {
  const longestFirst = bases.map(withSeparator).sort((a, b) => b.length - a.length);
  return {
    show(path) {
      if (seesAll) {
        return path;
      }
      const base = longestFirst.find((folder) => path.startsWith(folder));
      return base === undefined ? basename(path) : path.slice(base.length);
    },
    toFilter(filter = {}) {
      const { pathPrefix, pathGlob, ...facts } = filter;
      return {
        ...dropUndefined(facts),
        ...(pathPrefix === undefined
          ? {}
          : {
              pathPrefix:
                seesAll && isAbsolute(pathPrefix) ? pathPrefix : bases.map((base) => join(base, pathPrefix)),
            }),
        ...(pathGlob === undefined
          ? {}
          : {
              pathGlob:
                seesAll && isAbsolute(pathGlob)
                  ? pathGlob
                  : bases.map((base) => withSeparator(literalGlob(base)) + pathGlob),
            }),
      };
    },
  };
}

function withSeparator(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep;
}

/** A pattern that matches this text alone. */
function literalGlob(text: string): string {
  return text.replaceAll(/[*?[]/g, '[$&]');
}

function dropUndefined<Value extends object>(
  value: Value,
): { [Key in keyof Value]?: NonNullable<Value[Key]> } {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as {
    [Key in keyof Value]?: NonNullable<Value[Key]>;
  };
}
