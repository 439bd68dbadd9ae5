import { comparePaths } from '../domain/compare-paths.ts';
import { isBelow, type StoredRoot, shownPath } from './stored-roots.ts';

/**
 * Reads rows of one root, ascending by path, at most `limit`.
 * @param behind path below the root of the row before the first that is wanted; null for all rows
 */
export type ReadRoot<Row> = (root: StoredRoot, behind: string | null, limit: number) => Row[];

/**
 * A page of rows of all roots, ascending by the bytes of their absolute paths. Roots lie inside each other, so the
 * rows of one may lie between those of another.
 * @param after absolute path of the last row known already; null for the first page
 */
export function pageInPathOrder<Row extends { readonly path: string }>(
  roots: readonly StoredRoot[],
  after: string | null,
  limit: number,
  read: ReadRoot<Row>,
): Row[] {
  let page: Row[] = [];
  for (const root of roots.toSorted((a, b) => comparePaths(a.path, b.path))) {
    const last = page.at(-1);
    if (last !== undefined && page.length === limit && comparePaths(shownPath(root.path), last.path) > 0) {
      break; // the rows of this root and of those behind it all lie beyond the page
    }
    const start = startIn(root, after);
    if (start !== null) {
      page = [...page, ...read(root, start.behind, limit)]
        .sort((a, b) => comparePaths(a.path, b.path))
        .slice(0, limit);
    }
  }
  return page;
}

/** Where a root's rows behind a path begin; null when it has none there. */
function startIn(root: StoredRoot, after: string | null): { readonly behind: string | null } | null {
  if (after === null || comparePaths(after, shownPath(root.path)) < 0) {
    return { behind: null };
  }
  if (isBelow(after, root.path)) {
    return { behind: after.slice(root.path.length + 1) };
  }
  // '/a!' lies between '/a' itself and all that is below '/a'.
  return comparePaths(after, `${root.path}/`) < 0 ? { behind: '' } : null;
}
