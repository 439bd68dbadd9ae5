import type { ErrorCode } from '../domain/errors.ts';
import type { Retry } from '../domain/failure.ts';
import type { FileStamp, PictureId } from '../domain/picture.ts';
import type { RootId, RootRules } from '../domain/roots.ts';
import { AwayPlaces } from './away-places.ts';
import { FileEndings } from './file-endings.ts';
import type { IgnoreReason } from './scan-rules.ts';
import { Spool } from './spool.ts';

/** A file to read. */
export interface PendingFile {
  readonly stamp: FileStamp;
  /** What it was when it was last read with success; null when the catalog does not know it. */
  readonly known: { readonly stamp: FileStamp; readonly pictureId: PictureId } | null;
  /** Whether nothing at all is known of its path: it may hold a picture whose file is gone elsewhere. */
  readonly isNew: boolean;
}

/** A known file in a place that is empty or not there now, and need not be lost: it may have moved. */
export interface MissedFile {
  readonly path: string;
  /** As told of it when it has not. See AwayPlace. */
  readonly place: string;
  readonly reason: string;
}

/** A folder or file that the scan could not look at. */
export interface ScanFailure {
  readonly path: string;
  /** Bytes of a path that is not UTF-8, as hex digits; null for any other. */
  readonly rawPath: string | null;
  readonly code: ErrorCode;
  readonly message: string;
  readonly retry: Retry;
}

/** What an index run has to do. Its lists may be longer than memory; they are read one after the other. */
export class IndexPlan {
  readonly pending: Spool<PendingFile>;
  /** Unchanged files with what the catalog did not know of them. */
  readonly restamped: Spool<FileStamp>;
  readonly failures: Spool<ScanFailure>;
  /** Paths of failures where there is a folder now that may be listed. */
  readonly mended: Spool<string>;
  /** Known paths that are gone from disk. */
  readonly removed: Spool<string>;
  /** Known paths with pictures in places that are empty or not there, or where other file systems are now. */
  readonly missed: Spool<MissedFile>;
  /** Known paths that the rules pass over, with leave to let them go. */
  readonly excluded: Spool<string>;
  /** Names that are not UTF-8 and are gone: the bytes of their paths, as hex digits. */
  readonly removedNames: Spool<string>;
  /** Roots that were listed and are new or have other rules now. */
  readonly rootsToStore: Array<{ readonly path: string; readonly rules: RootRules }> = [];
  /** Roots that are gone, with leave to forget them. */
  readonly goneRoots: RootId[] = [];
  readonly ignored = new Map<IgnoreReason, number>();
  readonly away = new AwayPlaces();
  unchanged = 0;
  /** Files that failed in an earlier run and have not changed since. */
  stillFailed = 0;
  /** Files that were no pictures, or none that Eidetic reads, in an earlier run, and have not changed since. */
  stillLeftOut = 0;
  /** Those, and such as are met later in the run. */
  readonly leftOut = { unsupported: new FileEndings(), other: new FileEndings() };
  /** Of the failures: names that are not UTF-8 and were not there before. What they hold, nobody knows. */
  newBadNames = 0;

  /** Everything besides a file itself that decides whether it can be read; of a path. See conditionsOf. */
  readonly conditionsOf: (path: string) => string;

  /** @param spoolFolder see {@link Spool} */
  constructor(spoolFolder: string, conditionsOf: (path: string) => string) {
    this.conditionsOf = conditionsOf;
    this.pending = new Spool(spoolFolder);
    this.restamped = new Spool(spoolFolder);
    this.failures = new Spool(spoolFolder);
    this.mended = new Spool(spoolFolder);
    this.removed = new Spool(spoolFolder);
    this.missed = new Spool(spoolFolder);
    this.excluded = new Spool(spoolFolder);
    this.removedNames = new Spool(spoolFolder);
  }

  /** Files met, and folders that could not be listed. */
  get found(): number {
    const { pending, unchanged, stillFailed, stillLeftOut, failures } = this;
    return pending.count + unchanged + stillFailed + stillLeftOut + failures.count;
  }

  async close(): Promise<void> {
    const { pending, restamped, failures, mended, removed, missed, excluded, removedNames } = this;
    const spools = [pending, restamped, failures, mended, removed, missed, excluded, removedNames];
    await Promise.all(spools.map((spool) => spool.close()));
  }
}
