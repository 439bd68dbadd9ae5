import { basename, dirname, relative } from 'node:path';
import picomatch from 'picomatch';
import type { RootRules } from '../domain/roots.ts';

/** Why a path was passed over. Counted and printed, so that nothing is left out unsaid. */
export type IgnoreReason =
  | 'hidden'
  | 'system folder'
  | 'excluded'
  | 'symbolic link'
  | 'special file'
  | 'seen already';

/** Folders that hold nobody's pictures: version control, packages, a NAS's thumbnails, a system's own. */
const SYSTEM_FOLDERS = new Set([
  '.git',
  'node_modules',
  '@eaDir',
  '#recycle',
  '$RECYCLE.BIN',
  'System Volume Information',
]);

/** Returns why a path is passed over for its name, or null when it is scanned. */
export type IgnoreRule = (path: string, pathBelowRoot: string, isFolder: boolean) => IgnoreReason | null;

/** @param ownFolders the library's own, never scanned */
export function ignoreRule(rules: RootRules, ownFolders: ReadonlySet<string>): IgnoreRule {
  const isExcluded = picomatch([...rules.exclude], { dot: true });
  return (path, pathBelowRoot, isFolder) => {
    const name = basename(path);
    if ((isFolder && SYSTEM_FOLDERS.has(name)) || ownFolders.has(path)) {
      return 'system folder';
    }
    if (!rules.includeHidden && name.startsWith('.')) {
      return 'hidden';
    }
    return isExcluded(pathBelowRoot) || isExcluded(name) ? 'excluded' : null;
  };
}

/** A folder or file that is passed over, with what is below it. */
export interface PassedOver {
  readonly place: string;
  readonly reason: IgnoreReason;
}

/**
 * Finds the outermost of a path and the folders above it, below a root, that is passed over for its name.
 * @param path below the root
 */
export function passedOverAt(
  rule: IgnoreRule,
  root: string,
  path: string,
  isFolder: boolean,
): PassedOver | null {
  if (path === root) {
    return null;
  }
  const above = passedOverAt(rule, root, dirname(path), true);
  if (above !== null) {
    return above;
  }
  const reason = rule(path, relative(root, path), isFolder);
  return reason === null ? null : { place: path, reason };
}
