import type { Database } from 'better-sqlite3';
import type { Root, RootId, RootRules } from '../domain/roots.ts';
import { parseStored } from './parse-stored.ts';
import { prepared } from './prepared.ts';

/** A row of `roots`. */
export interface StoredRoot {
  readonly id: RootId;
  readonly kind: 'named' | 'listed' | 'uploads';
  /** Absolute, never with '/' at its end: '' is the root of the file system. */
  readonly path: string;
}

/** Where a path stands in `files` and `failures`. */
export interface Place {
  readonly rootId: RootId;
  /** Below the root's path; '' for that path itself. */
  readonly path: string;
}

/**
 * All roots, those first that have a path rather than others: the uploads have all that lies below their folder, then
 * the longest named root at or above a path has it, and last the root of files that were named one by one.
 */
export function storedRoots(database: Database): StoredRoot[] {
  return prepared(
    database,
    `SELECT id, kind, path FROM roots ORDER BY kind = 'uploads' DESC, kind = 'named' DESC, length(path) DESC`,
  ).all() as StoredRoot[];
}

/** See FileLedger.roots. */
export function namedRoots(database: Database): Root[] {
  const rows = prepared(
    database,
    `SELECT id, path, rules FROM roots WHERE kind = 'named' ORDER BY path`,
  ).all();
  return (rows as Array<{ id: RootId; path: string; rules: string | null }>).map(({ id, path, rules }) => ({
    id,
    path: shownPath(path),
    rules: rules === null ? null : parseStored<RootRules>(rules, `the rules of ${path}`, database),
  }));
}

/**
 * Where a path stands, by the roots as {@link storedRoots} gives them.
 * @param path absolute
 * @returns null when no root has it, not even the one of files that were named one by one
 */
export function placeOf(roots: readonly StoredRoot[], path: string): Place | null {
  const plain = withoutEndingSlash(path);
  const owner = roots.find((root) => mayHave(root, plain));
  return owner === undefined ? null : { rootId: owner.id, path: plain.slice(owner.path.length + 1) };
}

/** Whether a path may be a root's own, when no other has it rather. The folder of uploads itself is none of them. */
export function mayHave(root: StoredRoot, path: string): boolean {
  return isBelow(path, root.path) || (path === root.path && root.kind !== 'uploads');
}

/** Whether a path lies below a folder; both without '/' at the end. */
export function isBelow(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`);
}

/** The path of a root as persons write it. */
export function shownPath(path: string): string {
  return path === '' ? '/' : path;
}

export function withoutEndingSlash(path: string): string {
  return path.replace(/\/+$/, '');
}

/** Absolute path of a file or failure of a root. */
export function absolutePath(rootPath: string, path: string): string {
  return path === '' ? shownPath(rootPath) : `${rootPath}/${path}`;
}

/** {@link absolutePath} in SQL: of a row `f` of `files` or `failures` and its row `r` of `roots`. */
export const ABSOLUTE_PATH = `iif(f.path = '', iif(r.path = '', '/', r.path), r.path || '/' || f.path)`;
