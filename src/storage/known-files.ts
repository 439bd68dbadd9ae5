import type { Database } from 'better-sqlite3';
import type { KnownFile } from '../domain/file-ledger.ts';
import { EMPTY_PAGE, type KnownPage, knownFileAt } from '../domain/known-page.ts';
import type { RootId } from '../domain/roots.ts';
import { lastGeneration } from './commits.ts';
import { knownRows } from './known-rows.ts';
import { snapshot } from './snapshot.ts';
import { placeOf, storedRoots } from './stored-roots.ts';

/** Files read in one go: some 5 milliseconds. */
export const KNOWN_FILES_PAGE = 1_000;

/** Which files are read in one go, and what is asked about them. */
export interface WantedPage {
  readonly rootId: RootId;
  readonly modelKeys: readonly string[];
  /** Absolute path of the last one known already; null for the first page. */
  readonly after: string | null;
  /** See allDescribedAt; null when it is not known. */
  readonly allDescribed: number | null;
  /** How many at most. */
  readonly limit: number;
}

/** A page of what is known of a root's paths, ascending; an empty one when the root is not there. */
export function knownPage(
  database: Database,
  { rootId, modelKeys, after, allDescribed, limit }: WantedPage,
): KnownPage {
  return snapshot(database, () => {
    const root = storedRoots(database).find(({ id }) => id === rootId);
    if (root === undefined) {
      return EMPTY_PAGE;
    }
    const path = after === null || after === root.path ? '' : after.slice(root.path.length + 1);
    const comparison = after === null ? '>=' : '>';
    const models = allDescribed === lastGeneration(database) ? null : modelKeys;
    return knownRows(database, { rootId, path }, root.path, { comparison, models, limit });
  });
}

/** The same, file by file. */
export function knownFilesPage(database: Database, wanted: WantedPage): KnownFile[] {
  return filesOf(knownPage(database, wanted));
}

/** See FileLedger.knownFile. */
export function knownFile(database: Database, path: string, modelKeys: readonly string[]): KnownFile | null {
  return snapshot(database, () => {
    const roots = storedRoots(database);
    const place = placeOf(roots, path);
    const root = roots.find(({ id }) => id === place?.rootId);
    if (place === null || root === undefined) {
      return null;
    }
    const wanted = { comparison: '=', models: modelKeys, limit: 1 } as const;
    const [known = null] = filesOf(knownRows(database, place, root.path, wanted));
    return known;
  });
}

function filesOf(page: KnownPage): KnownFile[] {
  return page.names.map((_, at) => knownFileAt(page, at));
}
