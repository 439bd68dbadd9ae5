import { opendir } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { describeSystemError } from '../domain/describe-system-error.ts';
import { lookAtRoot } from './look-at-root.ts';

/** Whether what was indexed at a path can be seen now. */
export type FolderLook =
  | { readonly state: 'there'; readonly reason: null }
  /** It is there with nothing in it, as where a drive is not mounted. */
  | { readonly state: 'empty'; readonly reason: null }
  /** @property reason why nothing of it can be seen, as half a sentence */
  | { readonly state: 'away'; readonly reason: string }
  /** Its disk has not answered in time. */
  | { readonly state: 'unknown'; readonly reason: null };

/** Looks at folders. @returns a look for each path, in their order */
export type LookAtFolders = (paths: readonly string[]) => Promise<FolderLook[]>;

const UNKNOWN: FolderLook = { state: 'unknown', reason: null };

/** Long enough for a sleeping disk's directory in memory, short enough to wait for; milliseconds. */
const PATIENCE_MS = 1_500;

/**
 * Makes looks for a server: they go one after the other and are shared by all who ask meanwhile, so that a disk that
 * never answers holds one thread of the system's, and no answer.
 * @param look at one path; stands in for the disk in tests
 */
export function folderLooks(look = lookNow, patienceMs = PATIENCE_MS): LookAtFolders {
  const seen = new Map<string, FolderLook>();
  let walking: Promise<void> | null = null;
  const walk = async (paths: readonly string[]) => {
    seen.clear();
    for (const path of paths) {
      seen.set(path, await look(path));
    }
  };
  return async (paths) => {
    walking ??= walk(paths).finally(() => {
      walking = null;
    });
    const over = new AbortController();
    await Promise.race([
      walking,
      setTimeout(patienceMs, undefined, { signal: over.signal }).catch(() => {}),
    ]).finally(() => over.abort());
    return paths.map((path) => seen.get(path) ?? UNKNOWN);
  };
}

async function lookNow(path: string): Promise<FolderLook> {
  const root = await lookAtRoot(path);
  if (root.kind !== 'there') {
    return { state: 'away', reason: root.reason };
  }
  try {
    const folder = await opendir(path);
    const first = await folder.read().finally(() => folder.close());
    return { state: first === null ? 'empty' : 'there', reason: null };
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR'
      ? { state: 'there', reason: null } // a file that was named by itself
      : { state: 'away', reason: describeSystemError(error) };
  }
}
