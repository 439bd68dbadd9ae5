import { basename } from 'node:path';
import picomatch from 'picomatch';

/** Why a path was passed over. Counted and printed, so that nothing is left out unsaid. */
export type IgnoreReason =
  | 'hidden'
  | 'system folder'
  | 'excluded'
  | 'symbolic link'
  | 'special file'
  | 'seen already';

export interface ScanOptions {
  /** Globs over the path below its root or the name alone (`*.xmp`, `trash/**`). */
  readonly exclude: readonly string[];
  /** Whether names that begin with a dot are scanned. */
  readonly includeHidden: boolean;
  /** Whether symbolic links are followed; a folder or file reached twice is taken once. */
  readonly followSymlinks: boolean;
  /** The library's own folder, never scanned. */
  readonly libraryFolder: string;
}

/** Folders that hold nobody's pictures: version control, packages, a NAS's thumbnails, a system's own. */
const SYSTEM_FOLDERS = new Set([
  '.git',
  'node_modules',
  '@eaDir',
  '#recycle',
  '$RECYCLE.BIN',
  'System Volume Information',
]);

/** Returns why a path is passed over, or null when it is scanned. */
export type IgnoreRule = (path: string, pathBelowRoot: string, isFolder: boolean) => IgnoreReason | null;

export function ignoreRule(options: ScanOptions): IgnoreRule {
  const isExcluded = picomatch([...options.exclude], { dot: true });
  return (path, pathBelowRoot, isFolder) => {
    const name = basename(path);
    if ((isFolder && SYSTEM_FOLDERS.has(name)) || path === options.libraryFolder) {
      return 'system folder';
    }
    if (!options.includeHidden && name.startsWith('.')) {
      return 'hidden';
    }
    return isExcluded(pathBelowRoot) || isExcluded(name) ? 'excluded' : null;
  };
}
