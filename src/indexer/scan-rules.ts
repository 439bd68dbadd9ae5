import { dirname, sep } from 'node:path';
import picomatch from 'picomatch';
import { pathBelow } from '../domain/is-below.ts';
import type { RootRules } from '../domain/roots.ts';
import { FolderTrail } from './folder-trail.ts';

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
  // Typed as a keyboard writes it, and stored as a Mac does: to who excluded it, it is one name.
  const matches = picomatch(
    rules.exclude.map((glob) => glob.normalize('NFC')),
    { dot: true },
  );
  const isExcluded = (name: string) => rules.exclude.length > 0 && matches(name.normalize('NFC'));
  return (path, pathBelowRoot, isFolder) => {
    const name = path.slice(path.lastIndexOf(sep) + 1);
    if (isFolder && (SYSTEM_FOLDERS.has(name) || ownFolders.has(path))) {
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

/** Finds what is passed over for its name, in a root. Quick when asked in the order of paths, however deep they lie. */
export class PassedOverFinder {
  readonly #rule: IgnoreRule;
  readonly #root: string;
  /** Of the folders above the path that was last asked about. */
  readonly #known = new FolderTrail<PassedOver | null>();

  constructor(rule: IgnoreRule, root: string) {
    this.#rule = rule;
    this.#root = root;
  }

  /**
   * The outermost of a path and the folders above it that is passed over for its name; null when none is.
   * @param path the root or below it
   */
  at(path: string, isFolder: boolean): PassedOver | null {
    if (path === this.#root) {
      return null;
    }
    const folder = dirname(path);
    for (const above of this.#known.goTo(folder, this.#root)) {
      const isRoot = above === this.#root;
      this.#known.add(above, isRoot ? null : (this.#known.get(dirname(above)) ?? this.#byName(above, true)));
    }
    return this.#known.get(folder) ?? this.#byName(path, isFolder);
  }

  #byName(path: string, isFolder: boolean): PassedOver | null {
    const reason = this.#rule(path, pathBelow(this.#root, path), isFolder);
    return reason === null ? null : { place: path, reason };
  }
}
