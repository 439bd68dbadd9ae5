/** Catalog row id of a root. Never used again. */
export type RootId = number;

/** The rules under which a root is scanned. They belong to the root: every run, job and watcher uses them. */
export interface RootRules {
  /** Globs over the path below the root or the name alone (`*.xmp`, `trash/**`). */
  readonly exclude: readonly string[];
  /** Whether names that begin with a dot are scanned. */
  readonly includeHidden: boolean;
  /** Whether symbolic links are followed; a folder or file reached twice is taken once. */
  readonly followSymlinks: boolean;
}

/** What a root has, apart from roots inside it. */
export interface RootCounts {
  readonly root: RootId;
  /** Files that hold a picture. */
  readonly files: number;
  readonly pictures: number;
  readonly failures: number;
  /** Pictures in formats that are not read; they are no failures. */
  readonly unsupported: number;
  /** Files that are no pictures. */
  readonly others: number;
  /** Files that hold a picture and were not read since: counted among `files`, and among the three above. */
  readonly failedSince: number;
}

export const DEFAULT_ROOT_RULES: RootRules = { exclude: [], includeHidden: false, followSymlinks: false };

/** A folder (or file) that a person named, with the rules it is indexed under. */
export interface Root {
  readonly id: RootId;
  /** Absolute, without symbolic links. */
  readonly path: string;
  /** Null for one from before roots had rules: nobody knows under which it was indexed. */
  readonly rules: RootRules | null;
}

/** Whether two sets of rules are the same. */
export function areSameRules(a: RootRules, b: RootRules): boolean {
  return (
    a.includeHidden === b.includeHidden &&
    a.followSymlinks === b.followSymlinks &&
    JSON.stringify([...a.exclude].sort()) === JSON.stringify([...b.exclude].sort())
  );
}
