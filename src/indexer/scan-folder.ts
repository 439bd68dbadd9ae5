import type { Dirent, Stats } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { comparePaths } from '../domain/compare-paths.ts';
import { EideticError } from '../domain/errors.ts';
import { type FileFailure, failureOf } from '../domain/failure.ts';
import type { FileStamp } from '../domain/picture.ts';
import { describeSystemError } from './read-file.ts';
import { type IgnoreReason, type IgnoreRule, ignoreRule, type ScanOptions } from './scan-rules.ts';

/** What a scan meets besides files; filled while it runs. */
export interface ScanReport {
  readonly ignored: Map<IgnoreReason, number>;
  /** Folders and files that could not be looked at. What the catalog knows below them is left alone. */
  readonly unreadable: FileFailure[];
}

/** How many files are looked at together: stat waits for the disk, not for a core. */
const STATS_AT_ONCE = 64;

/**
 * Lists the regular files at or below a root, ascending by the UTF-8 bytes of their paths (the catalog's order).
 * Symbolic links are passed over unless followed; cycles end because a folder is entered once.
 * @param root absolute, without symbolic links
 */
export async function* scanFolder(
  root: string,
  options: ScanOptions,
  report: ScanReport,
): AsyncGenerator<FileStamp> {
  const scan: Scan = { root, rule: ignoreRule(options), options, report, seen: new Set() };
  const stats = await lstat(root);
  if (stats.isDirectory()) {
    scan.seen.add(identity(stats));
    yield* scanBelow(root, scan);
  } else {
    yield toStamp(root, stats);
  }
}

interface Scan {
  readonly root: string;
  readonly rule: IgnoreRule;
  readonly options: ScanOptions;
  readonly report: ScanReport;
  /** Device and inode of what was reached, where a link could lead to it again. */
  readonly seen: Set<string>;
}

interface Entry {
  readonly path: string;
  readonly stats: Stats;
}

async function* scanBelow(folder: string, scan: Scan): AsyncGenerator<FileStamp> {
  const names = await listFolder(folder, scan);
  for (let i = 0; i < names.length; i += STATS_AT_ONCE) {
    const chunk = names.slice(i, i + STATS_AT_ONCE);
    const entries = await Promise.all(chunk.map((name) => look(join(folder, name.name), scan)));
    for (const entry of entries) {
      if (entry?.stats.isDirectory()) {
        yield* scanBelow(entry.path, scan);
      } else if (entry !== null) {
        yield toStamp(entry.path, entry.stats);
      }
    }
  }
}

/** Names in path order: a folder sorts as if its separator were part of its name, as its files' paths do. */
async function listFolder(folder: string, scan: Scan): Promise<Array<{ name: string; key: string }>> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    addUnreadable(folder, 'The folder cannot be listed', error, scan);
    return [];
  }
  const names: Array<{ name: string; key: string }> = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && (await leadsToFolder(path, scan)));
    const reason = ignoreReason(entry, path, isFolder, scan);
    if (reason === null) {
      names.push({ name: entry.name, key: isFolder ? entry.name + sep : entry.name });
    } else {
      count(reason, scan);
    }
  }
  return names.sort((a, b) => comparePaths(a.key, b.key));
}

function ignoreReason(entry: Dirent, path: string, isFolder: boolean, scan: Scan): IgnoreReason | null {
  if (entry.isSymbolicLink() && !scan.options.followSymlinks) {
    return 'symbolic link';
  }
  if (entry.isFIFO() || entry.isSocket() || entry.isCharacterDevice() || entry.isBlockDevice()) {
    return 'special file';
  }
  return scan.rule(path, relative(scan.root, path), isFolder);
}

async function leadsToFolder(path: string, scan: Scan): Promise<boolean> {
  if (!scan.options.followSymlinks) {
    return false;
  }
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

async function look(path: string, scan: Scan): Promise<Entry | null> {
  let stats: Stats;
  try {
    stats = await (scan.options.followSymlinks ? stat(path) : lstat(path));
  } catch (error) {
    const isBadName = path.includes('\ufffd');
    addUnreadable(
      path,
      isBadName ? 'The name is not valid UTF-8; rename it' : 'The file cannot be read',
      error,
      scan,
    );
    return null;
  }
  if (!stats.isDirectory() && !stats.isFile()) {
    count('special file', scan);
    return null;
  }
  if (scan.options.followSymlinks && !markSeen(stats, scan)) {
    count('seen already', scan);
    return null;
  }
  return { path, stats };
}

function markSeen(stats: Stats, scan: Scan): boolean {
  const key = identity(stats);
  const isNew = !scan.seen.has(key);
  scan.seen.add(key);
  return isNew;
}

function identity(stats: Stats): string {
  return `${stats.dev}:${stats.ino}`;
}

function count(reason: IgnoreReason, scan: Scan): void {
  const { ignored } = scan.report;
  ignored.set(reason, (ignored.get(reason) ?? 0) + 1);
}

function addUnreadable(path: string, what: string, error: unknown, scan: Scan): void {
  const message = `${what}: ${describeSystemError(error)}. It is tried again in the next run.`;
  const stamp = { path, sizeBytes: 0, modifiedMs: 0 };
  scan.report.unreadable.push(failureOf(stamp, new EideticError('IMAGE_UNREADABLE', message), true));
}

function toStamp(path: string, stats: Stats): FileStamp {
  return { path, sizeBytes: stats.size, modifiedMs: stats.mtimeMs };
}
