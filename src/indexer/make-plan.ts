import { lstat, stat } from 'node:fs/promises';
import { sep } from 'node:path';
import type { Catalog, KnownFile } from '../domain/catalog.ts';
import { comparePaths } from '../domain/compare-paths.ts';
import { EideticError } from '../domain/errors.ts';
import { type FileFailure, failureOf } from '../domain/failure.ts';
import type { FileStamp } from '../domain/picture.ts';
import { type Change, compareFile, planChanges } from './plan-changes.ts';
import { describeSystemError } from './read-file.ts';
import { type ScanReport, scanFolder } from './scan-folder.ts';
import type { IgnoreReason, ScanOptions } from './scan-rules.ts';

/** What an index run has to do. */
export interface IndexPlan {
  /** Files to read, by path; `isNew` when the catalog does not know the path. */
  readonly pending: ReadonlyArray<FileStamp & { readonly isNew: boolean }>;
  /** Files the catalog knows that are gone. */
  readonly removed: readonly KnownFile[];
  /** Folders and files that could not be looked at. */
  readonly unreadable: readonly FileFailure[];
  /** Roots that are gone, with leave to forget them. */
  readonly goneRoots: readonly string[];
  readonly unchanged: number;
  /** Files that failed in an earlier run and have not changed since. */
  readonly stillFailed: number;
  readonly ignored: ReadonlyMap<IgnoreReason, number>;
}

export interface PlanRequest {
  /** Folders or files, absolute, without symbolic links, none inside another. */
  readonly roots: readonly string[];
  /** Single files beside the roots, absolute. */
  readonly listed: readonly string[];
  readonly modelKey: string;
  readonly scan: ScanOptions;
  /** Where the library keeps uploads, as the catalog names them: not scanned, and not gone for that. */
  readonly uploadsFolder: string;
  /** Whether unchanged files are read and embedded again. */
  readonly force: boolean;
  /** Whether a root that lost all its files may be emptied in the catalog too. */
  readonly allowEmpty: boolean;
}

/**
 * Compares the disk with the catalog.
 * @param onFound told the number of files found so far
 * @throws EideticError NOT_FOUND when a root is not there; INVALID_INPUT when a root is suddenly empty
 */
export async function makePlan(
  catalog: Catalog,
  request: PlanRequest,
  onFound: (files: number) => void,
  signal: AbortSignal,
): Promise<IndexPlan> {
  const draft = new DraftPlan(onFound);
  for (const root of request.roots) {
    const isThere = await isRootThere(root, request.allowEmpty);
    if (!isThere) {
      draft.goneRoots.push(root);
    }
    const found = draft.total;
    const lost = draft.removed.length;
    for await (const change of planChanges(
      isThere ? scanFolder(root, request.scan, draft) : noFiles(),
      exceptBelow(request.uploadsFolder, catalog.knownFiles(root, request.modelKey)),
      request.force,
    )) {
      draft.add(change);
      signal.throwIfAborted();
    }
    if (draft.total === found && draft.removed.length > lost && !request.allowEmpty) {
      throw suddenlyEmpty(root, draft.removed.length - lost);
    }
  }
  for (const path of [...new Set(request.listed)].sort(comparePaths)) {
    await planListedFile(path, catalog, request, draft);
    signal.throwIfAborted();
  }
  return draft.finish();
}

class DraftPlan implements ScanReport {
  readonly ignored = new Map<IgnoreReason, number>();
  readonly unreadable: FileFailure[] = [];
  readonly pending: Array<FileStamp & { isNew: boolean }> = [];
  readonly removed: KnownFile[] = [];
  readonly goneRoots: string[] = [];
  unchanged = 0;
  stillFailed = 0;
  readonly #onFound: (files: number) => void;

  constructor(onFound: (files: number) => void) {
    this.#onFound = onFound;
  }

  get total(): number {
    return this.pending.length + this.unchanged + this.stillFailed + this.unreadable.length;
  }

  add(change: Change): void {
    switch (change.kind) {
      case 'pending':
        this.pending.push({ ...change.file, isNew: change.isNew });
        break;
      case 'unchanged':
        this.unchanged++;
        break;
      case 'failed':
        this.stillFailed++;
        break;
      case 'removed':
        this.removed.push(change.file);
        return;
    }
    this.#onFound(this.total);
  }

  finish(): IndexPlan {
    const { pending, unreadable, goneRoots, unchanged, stillFailed, ignored } = this;
    // What lies below a folder that cannot be listed is unseen, not gone.
    const unseen = unreadable.map(({ path }) => path);
    const removed = this.removed.filter(
      ({ path }) => !unseen.some((folder) => path === folder || path.startsWith(folder + sep)),
    );
    return { pending, removed, unreadable, goneRoots, unchanged, stillFailed, ignored };
  }
}

async function isRootThere(root: string, mayBeGone: boolean): Promise<boolean> {
  try {
    await lstat(root);
    return true;
  } catch (cause) {
    if (mayBeGone && (cause as NodeJS.ErrnoException).code === 'ENOENT') {
      return false;
    }
    throw new EideticError(
      'NOT_FOUND',
      `Cannot index ${root}: ${describeSystemError(cause)}. Nothing was changed; name a folder that is there. If an indexed folder is really gone, --allow-empty forgets it.`,
      { cause },
    );
  }
}

async function* noFiles(): AsyncGenerator<FileStamp> {}

async function* exceptBelow(folder: string, files: AsyncIterable<KnownFile>): AsyncGenerator<KnownFile> {
  for await (const file of files) {
    if (!file.path.startsWith(folder + sep)) {
      yield file;
    }
  }
}

function suddenlyEmpty(root: string, files: number): EideticError {
  return new EideticError(
    'INVALID_INPUT',
    `Found no files in ${root} when the catalog knows ${files} of them; is a drive not mounted? Nothing was changed. If they are really gone, run again with --allow-empty.`,
  );
}

async function planListedFile(
  path: string,
  catalog: Catalog,
  request: PlanRequest,
  draft: DraftPlan,
): Promise<void> {
  const known = await catalog.knownFile(path, request.modelKey);
  try {
    const stats = await (request.scan.followSymlinks ? stat(path) : lstat(path));
    if (!stats.isFile()) {
      throw new Error('it is not a regular file');
    }
    const file = { path, sizeBytes: stats.size, modifiedMs: stats.mtimeMs };
    draft.add(known ? compareFile(file, known, request.force) : { kind: 'pending', file, isNew: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && known !== null) {
      draft.add({ kind: 'removed', file: known });
      return;
    }
    const message = `The listed file cannot be read: ${describeSystemError(error)}.`;
    const stamp = { path, sizeBytes: 0, modifiedMs: 0 };
    draft.unreadable.push(failureOf(stamp, new EideticError('NOT_FOUND', message), true));
  }
}
