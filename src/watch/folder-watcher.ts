import type { Stats } from 'node:fs';
import { join, relative } from 'node:path';
import { watch } from 'chokidar';
import { EideticError } from '../domain/errors.ts';
import { ignoreRule } from '../indexer/scan-rules.ts';
import type { ScanTarget } from '../indexer/scan-target.ts';

/** What a watcher tells. Any of these may come too often or for nothing; the disk is asked what is true. */
export interface WatchListener {
  /** A file with this path may have come, changed or gone. */
  onFile(path: string): void;
  /** Folders have come or gone, or it is not known what has changed. */
  onFolder(): void;
  /** The system does not watch (all of) it. */
  onError(error: Error): void;
}

/** An open watcher. */
export interface FolderWatcher {
  close(): Promise<void>;
}

/**
 * Watches a folder and those below it, except what a scan passes over. Resolves when every change from then on is
 * told.
 *
 * Chokidar is kept to folders (files count as ignored), and its raw events tell which file a folder's watch is
 * about: one watch per folder instead of one per file.
 */
export async function watchFolder(target: ScanTarget, listener: WatchListener): Promise<FolderWatcher> {
  const { path: root, rules, innerRoots, ownFolders } = target;
  const rule = ignoreRule(rules, ownFolders);
  const isPassedOver = (path: string, isFolder: boolean) =>
    path !== root && (innerRoots.has(path) || rule(path, relative(root, path), isFolder) !== null);
  const watcher = watch(root, {
    ignored: (path: string, stats?: Stats) =>
      stats !== undefined && path !== root && (stats.isFile() || isPassedOver(path, stats.isDirectory())),
    ignoreInitial: true,
    followSymlinks: rules.followSymlinks,
    ignorePermissionErrors: true, // the scan makes them failures, each with its path
    atomic: false, // it would keep editors' backup files from us, and deletions for a while
  });
  watcher.on('addDir', () => listener.onFolder());
  watcher.on('unlinkDir', () => listener.onFolder());
  watcher.on('raw', (_event, name: string | null, details) => {
    const path = join((details as { watchedPath: string }).watchedPath, name ?? '');
    // Through a link one file has many paths; only a scan knows which one counts. And only it reads names as bytes:
    // what is not UTF-8 comes as text that may be another file's name.
    if (name === null || rules.followSymlinks || name.includes('\ufffd')) {
      listener.onFolder();
    } else if (!isPassedOver(path, false)) {
      listener.onFile(path);
    }
  });
  watcher.on('error', (error) => listener.onError(describeError(error as NodeJS.ErrnoException, root)));
  await new Promise<void>((resolve) => {
    watcher.once('ready', resolve);
    watcher.once('error', () => resolve());
  });
  return watcher;
}

/** The system's own words for "no more watches" are "no space left on device". */
export function describeError(error: NodeJS.ErrnoException, root: string): Error {
  const limit = { ENOSPC: 'max_user_watches', EMFILE: 'max_user_instances' }[error.code ?? ''];
  if (limit === undefined) {
    return error;
  }
  return new EideticError(
    'OVERLOADED',
    `The system watches no more folders than it does (fs.inotify.${limit} is reached), and ${root} needs one watch for each folder in it; raise it with "sudo sysctl fs.inotify.${limit}=NUMBER", or run "eidetic index" by the clock instead.`,
    { cause: error },
  );
}
