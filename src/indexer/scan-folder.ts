import { isUtf8 } from 'node:buffer';
import type { BigIntStats, Dirent } from 'node:fs';
import { lstat, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { comparePaths } from '../domain/compare-paths.ts';
import { isAtOrBelow } from '../domain/is-below.ts';
import type { FileStamp } from '../domain/picture.ts';
import type { RootRules } from '../domain/roots.ts';
import { describeSystemError, isAbsent } from './describe-system-error.ts';
import type { DeviceTable } from './device-table.ts';
import { stampOf } from './file-stamp.ts';
import { type FolderListing, identityOf, isStillThere, listFolder } from './list-folder.ts';
import { type IgnoreReason, type IgnoreRule, ignoreRule, passedOverAt } from './scan-rules.ts';

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

/** A regular file, or a name in a folder that nobody could look at. */
export type FoundFile =
  | { readonly path: string; readonly stamp: FileStamp }
  | { readonly path: string; readonly stamp: null; readonly problem: string };

/** Told of what a scan meets besides files; never of two things at once. */
export interface ScanReport {
  onListed(folder: string): void;
  onIgnored(reason: IgnoreReason): void;
  /** A folder or file that a link has led to before. */
  onSeenAlready(path: string): void;
  /** A folder whose names nobody knows. */
  onUnlistable(folder: string, problem: string): Promise<void>;
  /** @param rawPath bytes of its path @param shown how that looks as text, with U+FFFD in it */
  onBadName(rawPath: Uint8Array, shown: string): Promise<void>;
}

/** See {@link scanFolder}. */
export type Scan = (target: ScanTarget, devices: DeviceTable, report: ScanReport) => AsyncIterable<FoundFile>;

/** How many files are looked at together: stat waits for the disk, not for a core. */
const STATS_AT_ONCE = 64;

/**
 * Lists the regular files at or below a root, ascending by the UTF-8 bytes of their paths (the catalog's order).
 * Symbolic links are passed over unless followed. What is reached without a link keeps its name: links to it are
 * passed over, and what links alone lead to is taken once. Names that are not UTF-8 are told of and not entered.
 */
export async function* scanFolder(
  target: ScanTarget,
  devices: DeviceTable,
  report: ScanReport,
): AsyncGenerator<FoundFile> {
  const rule = ignoreRule(target.rules, target.ownFolders);
  const seen = new Set<string>();
  const scan: RunningScan = { target, rule, devices, report, seen };
  let stats: BigIntStats;
  try {
    stats = await lstat(target.path, { bigint: true });
  } catch (error) {
    await report.onUnlistable(target.path, describeSystemError(error));
    return;
  }
  if (stats.isDirectory()) {
    for (const path of [target.path, ...target.ownFolders]) {
      await markSeenAt(path, seen);
    }
    yield* scanBelow({ path: target.path, isLinked: false }, scan);
  } else {
    report.onListed(target.path);
    yield { path: target.path, stamp: stampOf(target.path, stats, devices) };
  }
}

interface RunningScan {
  readonly target: ScanTarget;
  readonly rule: IgnoreRule;
  readonly devices: DeviceTable;
  readonly report: ScanReport;
  /** What links have led to; the root, around which a link may lead; and what is not to be scanned by another name. */
  readonly seen: Set<string>;
}

/** A folder to scan. */
interface Folder {
  readonly path: string;
  /** Whether a link led to it. */
  readonly isLinked: boolean;
}

/** A name to look at. */
interface Name extends Folder {
  readonly isFolder: boolean;
  readonly isLink: boolean;
  /** By which names are sorted: a folder as if its separator were part of its name, as its files' paths do. */
  readonly key: string;
}

async function* scanBelow(folder: Folder, scan: RunningScan): AsyncGenerator<FoundFile> {
  const listing = await list(folder.path, scan);
  if (listing === null) {
    return;
  }
  const names = await namesToScan(folder, listing, scan);
  for (let i = 0; i < names.length; i += STATS_AT_ONCE) {
    const chunk = names.slice(i, i + STATS_AT_ONCE);
    const looks = await Promise.all(chunk.map((name) => look(name, listing, scan)));
    for (const [index, seen] of looks.entries()) {
      yield* take(chunk[index] as Name, seen, scan);
    }
  }
}

async function list(folder: string, scan: RunningScan): Promise<FolderListing | null> {
  try {
    const listing = await listFolder(folder);
    scan.report.onListed(folder);
    return listing;
  } catch (error) {
    await scan.report.onUnlistable(folder, describeSystemError(error));
    return null;
  }
}

async function namesToScan(folder: Folder, listing: FolderListing, scan: RunningScan): Promise<Name[]> {
  const names: Name[] = [];
  for (const entry of listing.entries) {
    const shown = entry.name.toString('utf8');
    const path = join(folder.path, shown);
    const isLink = entry.isSymbolicLink();
    const isFolder = entry.isDirectory() || (isLink && (await leadsToFolder(path, scan)));
    const reason = await ignoreReason(entry, path, isFolder, scan);
    if (reason !== null) {
      scan.report.onIgnored(reason);
    } else if (!isUtf8(entry.name)) {
      await scan.report.onBadName(Buffer.concat([Buffer.from(join(folder.path, sep)), entry.name]), path);
    } else if (!scan.target.innerRoots.has(path)) {
      const isLinked = isLink || folder.isLinked;
      names.push({ path, isLinked, isFolder, isLink, key: isFolder ? shown + sep : shown });
    }
  }
  return names.sort((a, b) => comparePaths(a.key, b.key));
}

async function ignoreReason(
  entry: Dirent<Buffer>,
  path: string,
  isFolder: boolean,
  scan: RunningScan,
): Promise<IgnoreReason | null> {
  if (entry.isSymbolicLink() && !scan.target.rules.followSymlinks) {
    return 'symbolic link';
  }
  if (entry.isFIFO() || entry.isSocket() || entry.isCharacterDevice() || entry.isBlockDevice()) {
    return 'special file';
  }
  const reason = scan.rule(path, relative(scan.target.path, path), isFolder);
  if (reason === null && entry.isSymbolicLink() && (await isScannedAnyway(path, isFolder, scan))) {
    scan.report.onSeenAlready(path);
    return 'seen already';
  }
  return reason;
}

async function leadsToFolder(path: string, scan: RunningScan): Promise<boolean> {
  if (!scan.target.rules.followSymlinks) {
    return false;
  }
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

/** Whether what a link leads to is reached without a link too. */
async function isScannedAnyway(
  link: string,
  isFolder: boolean,
  { target, rule }: RunningScan,
): Promise<boolean> {
  const path = await realpath(link).catch(() => null);
  if (path === null || !isAtOrBelow(path, target.path)) {
    return false;
  }
  const isOfAnother = [...target.innerRoots].some((inner) => isAtOrBelow(path, inner));
  return !isOfAnother && passedOverAt(rule, target.path, path, isFolder) === null;
}

/** What is at a name, or why nobody knows; null when it has gone since it was listed. */
async function look(
  { path, isLink }: Name,
  listing: FolderListing,
  scan: RunningScan,
): Promise<{ readonly stats: BigIntStats } | { readonly problem: string } | null> {
  const lookAt = scan.target.rules.followSymlinks ? stat : lstat;
  try {
    return { stats: await lookAt(path, { bigint: true }) };
  } catch (error) {
    // A folder whose file system went away has none of its names either; and a link is there, whatever it leads to.
    const hasGone = isAbsent(error) && !isLink && (await isStillThere(listing));
    return hasGone ? null : { problem: describeSystemError(error) };
  }
}

async function* take(
  name: Name,
  seen: Awaited<ReturnType<typeof look>>,
  scan: RunningScan,
): AsyncGenerator<FoundFile> {
  if (seen === null) {
    return;
  }
  if ('stats' in seen) {
    yield* takeSeen(name, seen.stats, scan);
  } else if (name.isFolder) {
    await scan.report.onUnlistable(name.path, seen.problem);
  } else {
    yield { path: name.path, stamp: null, problem: seen.problem };
  }
}

async function* takeSeen(name: Name, stats: BigIntStats, scan: RunningScan): AsyncGenerator<FoundFile> {
  if (!stats.isDirectory() && !stats.isFile()) {
    scan.report.onIgnored('special file');
  } else if (name.isLinked && !markSeen(stats, scan.seen)) {
    scan.report.onIgnored('seen already');
    scan.report.onSeenAlready(name.path);
  } else if (stats.isDirectory()) {
    yield* scanBelow(name, scan);
  } else {
    yield { path: name.path, stamp: stampOf(name.path, stats, scan.devices) };
  }
}

/** @returns whether it was not seen before */
function markSeen(stats: BigIntStats, seen: Set<string>): boolean {
  const identity = identityOf(stats);
  const isNew = !seen.has(identity);
  seen.add(identity);
  return isNew;
}

async function markSeenAt(path: string, seen: Set<string>): Promise<void> {
  const stats = await stat(path, { bigint: true }).catch(() => null);
  if (stats !== null) {
    markSeen(stats, seen);
  }
}
