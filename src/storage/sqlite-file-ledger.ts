import { setImmediate } from 'node:timers/promises';
import type { FileLedger, KnownFile } from '../domain/file-ledger.ts';
import type { RootId } from '../domain/roots.ts';
import { FAILED_PATHS_PAGE, type FailedPath, failedPathsPage } from './failure-queries.ts';
import { FILES_WITHOUT_PAGE } from './files-without.ts';
import { KNOWN_FILES_PAGE, knownFile, knownFilesPage } from './known-files.ts';
import { knownPages } from './known-pages.ts';
import { formerNamesPage, type NewerRow, newerFiles } from './moved-files.ts';
import { paged } from './paged.ts';
import { findByHash } from './picture-by-hash.ts';
import { prepared } from './prepared.ts';
import type { SqliteConnections } from './sqlite-connections.ts';
import { namedRoots, type StoredRoot, storedRoots } from './stored-roots.ts';

/** Roots with more files pay for a count of all pictures. */
const PAGES_BEFORE_COUNTING = 5;

export function sqliteFileLedger(connections: SqliteConnections): FileLedger {
  const knownFiles = (root: RootId, modelKeys: readonly string[]) => {
    let pages = 0;
    let allDescribed: number | null = null;
    return paged<KnownFile>(KNOWN_FILES_PAGE, async (last) => {
      if (pages++ === PAGES_BEFORE_COUNTING) {
        allDescribed = await connections.survey('allDescribedAt', modelKeys);
      }
      const wanted = {
        ...{ rootId: root, modelKeys, allDescribed },
        ...{ after: last?.path ?? null, limit: KNOWN_FILES_PAGE },
      };
      return connections.read((database) => knownFilesPage(database, wanted));
    });
  };
  const rootOfKind = (wanted: StoredRoot['kind']) =>
    connections.read((database) => storedRoots(database).find(({ kind }) => kind === wanted) ?? null);
  async function* knownOfKind(kind: StoredRoot['kind'], modelKeys: readonly string[]) {
    const root = await rootOfKind(kind);
    if (root !== null) {
      yield* knownFiles(root.id, modelKeys);
    }
  }
  async function* notIndexed(kind: 'failure' | 'other', after: string | null = null) {
    const failedPaths = paged<FailedPath>(FAILED_PATHS_PAGE, (last) =>
      connections.read((database) => failedPathsPage(database, kind, last?.path ?? after)),
    );
    for await (const { failures } of failedPaths) {
      yield* failures;
    }
  }
  return {
    roots: () => connections.read(namedRoots),
    countsByRoot: () => connections.survey('countsByRoot'),
    putRoot: (path, rules) => connections.write('putRoot', path, rules),
    removeRoots: (ids) => connections.write('removeRoots', ids),

    async uploadsFolder() {
      return (await rootOfKind('uploads'))?.path ?? null;
    },
    keepUploadsIn: (folder) => connections.write('keepUploadsIn', folder),

    knownFiles,
    knownInPages: (root, modelKeys) => knownPages(connections, root, modelKeys),
    knownListed: (modelKeys) => knownOfKind('listed', modelKeys),
    knownUploads: (modelKeys) => knownOfKind('uploads', modelKeys),
    knownFile: (path, modelKeys) => connections.read((database) => knownFile(database, path, modelKeys)),
    filesWithout: (modelKey) =>
      paged<string>(FILES_WITHOUT_PAGE, (last) => connections.survey('filesWithoutPage', modelKey, last)),
    countWithout: (modelKey, places) => connections.survey('countWithout', modelKey, places),
    findByHash: (contentHash, modelKeys) =>
      connections.read((database) => findByHash(database, contentHash, modelKeys)),

    newestFile: () =>
      connections.read(
        (database) =>
          prepared(database, 'SELECT cast(coalesce(max(id), 0) AS TEXT) FROM files').pluck().get() as string,
      ),
    newerFiles: (wanted, cameAfter) =>
      connections.read((database) => newerFiles(database, wanted, Number(cameAfter))),
    async *formerNames(cameAfter) {
      const mark = Number(cameAfter);
      const read = (after: number) => connections.read((database) => formerNamesPage(database, mark, after));
      let page: readonly NewerRow[] = mark === 0 ? [] : await read(mark);
      for (let last = page.at(-1); last !== undefined; last = page.at(-1)) {
        yield* page.flatMap(({ former }) => (former === null ? [] : [former]));
        await setImmediate();
        page = await read(last.newerId);
      }
    },
    commit: (batch) => connections.write('commit', batch),
    async pruneOrphans() {
      const isDone = !connections.isReadOnly && (await connections.survey('haveAllAFile'));
      return isDone ? [] : connections.write('pruneOrphans');
    },

    failures: (after) => notIndexed('failure', after),
    otherFiles: () => notIndexed('other'),
    retryFailures: (failed) => connections.write('retryFailures', failed),
  };
}
