import type { PictureLimits } from '../domain/picture-limits.ts';
import type { RootRules } from '../domain/roots.ts';

/** What an index run is asked to do. */
export interface IndexRequest {
  /**
   * Folders or files, absolute, without symbolic links, none inside another; none, and nothing listed: the library's
   * own roots.
   */
  readonly roots: readonly string[];
  /** Single files beside the roots, absolute. */
  readonly listed: readonly string[];
  /** Likewise, those whose paths are not UTF-8, as bytes. */
  readonly listedNames?: readonly Uint8Array[];
  /** What is changed of the rules of these roots; what is not said stays, or is the default for a new root. */
  readonly rules: Partial<RootRules>;
  /** Whether files that the rules pass over may leave the library. */
  readonly acceptRules: boolean;
  /** Whether unchanged files are read and embedded again. */
  readonly force: boolean;
  /** Whether what is empty, or not there, may be emptied in the catalog too. */
  readonly allowEmpty: boolean;
  /** The library's own folder, never scanned. */
  readonly libraryFolder: string;
  /** Where the library keeps uploads, likewise. */
  readonly uploadsFolder: string;
  readonly limits: PictureLimits;
}

/** Whether nothing is named, so that a run is about all that the library knows. */
export function isWholeRun({
  roots,
  listed,
  listedNames = [],
}: Pick<IndexRequest, 'roots' | 'listed' | 'listedNames'>): boolean {
  return roots.length + listed.length + listedNames.length === 0;
}
