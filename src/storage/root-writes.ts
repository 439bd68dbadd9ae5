import type { Database } from 'better-sqlite3';
import type { Root, RootId, RootRules } from '../domain/roots.ts';
import { beginCommit } from './commits.ts';
import { moveBetweenRoots } from './move-between-roots.ts';
import { ALL_PATHS, pathsBelow } from './path-range.ts';
import {
  isBelow,
  mayHave,
  type StoredRoot,
  shownPath,
  storedRoots,
  withoutEndingSlash,
} from './stored-roots.ts';

/** See FileLedger.putRoot. */
export function putRoot(database: Database, path: string, rules: RootRules): Root {
  const stored = withoutEndingSlash(path);
  const id = database
    .prepare(
      `INSERT INTO roots (kind, path, rules) VALUES ('named', ?, ?)
       ON CONFLICT (kind, path) DO UPDATE SET rules = excluded.rules RETURNING id`,
    )
    .pluck()
    .get(stored, JSON.stringify(rules)) as RootId;
  const root: StoredRoot = { id, kind: 'named', path: stored };
  for (const around of storedRoots(database)) {
    if (around.id !== id && around.kind !== 'uploads' && mayHave(around, stored)) {
      const exact = stored.slice(around.path.length + 1);
      moveBetweenRoots(database, { root: around, exact, range: pathsBelow(exact) }, root);
    }
  }
  return { id, path: shownPath(stored), rules };
}

/** See FileLedger.removeRoots. */
export function removeRoots(database: Database, ids: readonly RootId[]): void {
  for (const id of ids) {
    const roots = storedRoots(database);
    const root = roots.find((one) => one.id === id);
    if (root?.kind === 'named') {
      const around = roots.find((one) => one.id !== id && mayHave(one, root.path));
      moveBetweenRoots(database, { root, exact: null, range: ALL_PATHS }, around ?? makeListedRoot(database));
      database.prepare('DELETE FROM roots WHERE id = ?').run(id);
    }
  }
}

/** Makes the root of files that were named one by one, when nothing else has a path. */
export function makeListedRoot(database: Database): StoredRoot {
  const id = database
    .prepare(`INSERT INTO roots (kind, path) VALUES ('listed', '') RETURNING id`)
    .pluck()
    .get();
  return { id: id as RootId, kind: 'listed', path: '' };
}

/** See FileLedger.keepUploadsIn. */
export function keepUploadsIn(database: Database, folder: string): void {
  const path = withoutEndingSlash(folder);
  const former = storedRoots(database).find(({ kind }) => kind === 'uploads');
  if (former?.path === path) {
    return;
  }
  const uploads = former === undefined ? makeUploadsRoot(database, path) : { ...former, path };
  if (former !== undefined) {
    beginCommit(database);
    database.prepare('UPDATE roots SET path = ? WHERE id = ?').run(path, former.id);
  }
  for (const root of storedRoots(database)) {
    if (isBelow(root.path, path)) {
      moveBetweenRoots(database, { root, exact: null, range: ALL_PATHS }, uploads);
    } else if (root.kind !== 'uploads' && mayHave(root, path)) {
      const range = pathsBelow(path.slice(root.path.length + 1));
      moveBetweenRoots(database, { root, exact: null, range }, uploads);
    }
  }
}

function makeUploadsRoot(database: Database, path: string): StoredRoot {
  const id = database
    .prepare(`INSERT INTO roots (kind, path) VALUES ('uploads', ?) RETURNING id`)
    .pluck()
    .get(path);
  return { id: id as RootId, kind: 'uploads', path };
}
