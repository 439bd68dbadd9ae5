import type { DescribedPicture } from './descriptor.ts';
import type { FailureCode, FileFailure, Retry } from './failure.ts';
import type { PictureFilter } from './filter.ts';
import type { KnownPage } from './known-page.ts';
import type { ContentHash, FileStamp, PictureId } from './picture.ts';
import type { Root, RootCounts, RootId, RootRules } from './roots.ts';

/** What the catalog knows of one path. At least one of the two is there. */
export interface KnownFile {
  /** Absolute. */
  readonly path: string;
  /** The picture it held when it was last read with success. */
  readonly indexed: {
    readonly stamp: FileStamp;
    readonly pictureId: PictureId;
    /** Whether the picture has descriptors of all models asked about. */
    readonly isDescribed: boolean;
  } | null;
  /** Why it was not indexed since. */
  readonly failure: {
    readonly stamp: FileStamp;
    readonly code: FailureCode;
    readonly retry: Retry;
    readonly conditions: string;
  } | null;
}

/** One file to commit, with its picture's description when the catalog lacks some of it. */
export interface IndexedFile {
  readonly stamp: FileStamp;
  readonly contentHash: ContentHash;
  readonly described: DescribedPicture | null;
}

/** What one transaction changes. */
export interface LedgerBatch {
  readonly files: readonly IndexedFile[];
  readonly failures: readonly FileFailure[];
  /**
   * Files seen with the size and time that the catalog knows, whose device, inode and change time it did not know or
   * that have others now although the bytes were found the same. Only these three are changed.
   */
  readonly restamped?: readonly FileStamp[];
  /** Paths that are gone, with their failures. Their pictures stay until {@link FileLedger.pruneOrphans}. */
  readonly removed: readonly string[];
  /**
   * Names that are not UTF-8 and are gone: the bytes of their absolute paths. Only the failures of exactly these go,
   * whatever else looks the same.
   */
  readonly removedNames?: readonly Uint8Array[];
}

export interface CommitResult {
  /** Of the removed paths: those that held a picture, and which. */
  readonly left: readonly LeftPath[];
  /** The pictures of the batch's files, in their order. */
  readonly pictures: readonly PictureId[];
  /** Of each of these files, whether it brought its picture: no file held it before. */
  readonly isNew: readonly boolean[];
}

/** What failed: a path, and its bytes where several look the same. See FileFailure. */
export interface FailedName {
  readonly path: string;
  readonly rawPath: Uint8Array | null;
}

/** A path that has left the catalog. */
export interface LeftPath {
  readonly path: string;
  readonly pictureId: PictureId;
}

/** How many files are wanted that hold a picture and came since a mark, behind the first `skip` of them. */
export interface WantedNewer {
  readonly pictureId: PictureId;
  readonly skip: number;
  readonly most: number;
}

/** A file that came since a mark. */
export interface NewerFile {
  readonly pictureId: PictureId;
  readonly path: string;
}

/** A known path whose file came since a mark by another name too. */
export interface FormerName {
  readonly path: string;
  /** The other name. */
  readonly newer: string;
  readonly pictureId: PictureId;
}

/** A moment, for which files came after it; only the ledger that gave it can tell. */
export type FileMark = string;

/** Files, roots and failures: what an index run compares the disk with, and where it writes. */
export interface FileLedger {
  /** Folders and files that persons named, ascending by path. */
  roots(): Promise<Root[]>;
  /** What each of them has, in no promised order. */
  countsByRoot(): Promise<RootCounts[]>;
  /**
   * Stores a root, or changes its rules. Files that the catalog knows below it become its own, unless a root inside
   * it has them.
   */
  putRoot(path: string, rules: RootRules): Promise<Root>;
  /** Forgets roots. What files they still have goes to the roots around them. */
  removeRoots(ids: readonly RootId[]): Promise<void>;

  /** Where uploads are kept, absolute; null before the first. */
  uploadsFolder(): Promise<string | null>;
  /** Remembers where uploads are kept; files that lay in the folder before have moved there with the library. */
  keepUploadsIn(folder: string): Promise<void>;

  /**
   * What is known of the paths at or below a root that belong to it and to no root inside it, ascending by the UTF-8
   * bytes of their paths. Names that are not UTF-8 are left out: see {@link FileLedger.failures}.
   * @param modelKeys the models that `isDescribed` asks about
   */
  knownFiles(root: RootId, modelKeys: readonly string[]): AsyncIterable<KnownFile>;
  /** The same in pages, some of which are read before they are asked for. */
  knownInPages(root: RootId, modelKeys: readonly string[]): AsyncIterable<KnownPage>;
  /** What is known of the files that were named one by one and lie below no named root, likewise. */
  knownListed(modelKeys: readonly string[]): AsyncIterable<KnownFile>;
  /** What is known of the files among the uploads, likewise. */
  knownUploads(modelKeys: readonly string[]): AsyncIterable<KnownFile>;
  knownFile(path: string, modelKeys: readonly string[]): Promise<KnownFile | null>;
  /** Paths of files whose pictures lack a descriptor of a model, ascending. */
  filesWithout(modelKey: string): AsyncIterable<string>;
  /**
   * Their number, but for those that have failed for good since (`changed`, or rotten): no model can describe what is
   * not there to be read.
   * @param places only those at or below these; all without them
   */
  countWithout(modelKey: string, places?: Pick<PictureFilter, 'pathPrefix'>): Promise<number>;
  /** The picture with these bytes, and which of these models have described it. */
  findByHash(
    contentHash: ContentHash,
    modelKeys: readonly string[],
  ): Promise<{ readonly id: PictureId; readonly describedBy: readonly string[] } | null>;

  /** The moment that a run begins. */
  newestFile(): Promise<FileMark>;
  /**
   * All or nothing: when the promise resolves, the batch survives a power cut.
   * @throws EideticError MODEL_MISMATCH when a descriptor's model is not known; NOT_FOUND when a file comes without
   *   description and its picture is not there (any more), or when the catalog's file is not where it was opened;
   *   STORAGE_FULL
   */
  commit(batch: LedgerBatch): Promise<CommitResult>;
  /**
   * Removes pictures that no file holds any more, but for those whose file gave its path to one of another device, and
   * is not known to be gone; returns their ids.
   */
  pruneOrphans(): Promise<PictureId[]>;

  /**
   * Files that hold these pictures and came since a mark, uploads left out; of each picture in the order in which they
   * came.
   */
  newerFiles(wanted: readonly WantedNewer[], cameAfter: FileMark): Promise<NewerFile[]>;
  /**
   * Known paths that were there at a mark and have another name since: a file that came since has the same device,
   * inode and picture. A path may come several times. Uploads are left out.
   */
  formerNames(cameAfter: FileMark): AsyncIterable<FormerName>;

  /**
   * Every failure, but for files that are no pictures; ascending by the bytes of its path.
   * @param after only those of paths behind this one, absolute; all without it
   */
  failures(after?: string): AsyncIterable<FileFailure>;
  /** Files that are no pictures, and what they are, likewise. */
  otherFiles(): AsyncIterable<FileFailure>;
  /**
   * Marks failures to be tried again in the next run, as if their cause lay elsewhere (`next-run`).
   * @returns how many there were: those that were mended meanwhile are not marked
   */
  retryFailures(failed: readonly FailedName[]): Promise<number>;
}
