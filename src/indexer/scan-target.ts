import type { RootRules } from '../domain/roots.ts';

/** A folder or file to scan. */
export interface ScanTarget {
  /** Absolute, without symbolic links. */
  readonly path: string;
  readonly rules: RootRules;
  /** Roots inside it: they have rules of their own and are scanned by themselves. */
  readonly innerRoots: ReadonlySet<string>;
  /** The library's own folders, never scanned. */
  readonly ownFolders: ReadonlySet<string>;
}
