/**
 * What is at a path that a report names, looked at just now: the file as it was indexed; another one, or the same
 * changed since; or nothing that can be seen.
 */
export type PathLook =
  | ({ readonly kind: 'there' } & ThereFile)
  | { readonly kind: 'changed' }
  | { readonly kind: 'away' };

/** A file that is there. */
export interface ThereFile {
  /** Equal for two paths of one file. */
  readonly identity: string;
  readonly sizeBytes: number;
  /** Names that it has on its file system, whether or not the library knows them. */
  readonly links: number;
  /** Whether the path is a symbolic link to it. */
  readonly isLink: boolean;
  /** Whether it is the library's own copy of what was uploaded. */
  readonly isUpload: boolean;
}

/** See PathLook; of a path that was not looked at it knows nothing, which is as good as away. */
export type PathLooks = ReadonlyMap<string, PathLook>;

export function thereAt(looks: PathLooks, path: string): ThereFile | null {
  const look = looks.get(path);
  return look?.kind === 'there' ? look : null;
}
