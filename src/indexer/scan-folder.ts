import type { BigIntStats } from 'node:fs';
import { lstat, stat } from 'node:fs/promises';
import { describeSystemError } from '../domain/describe-system-error.ts';
import type { DeviceTable } from './device-table.ts';
import { type FileLook, lookOf } from './file-look.ts';
import { stampOf } from './file-stamp.ts';
import { FolderWalk, type LookedName, type RunningScan } from './folder-walk.ts';
import { type FoundFile, type FoundRun, fileOfRun, isRun } from './found-files.ts';
import type { ScanReport } from './scan-report.ts';
import { ignoreRule } from './scan-rules.ts';
import type { ScanTarget } from './scan-target.ts';

/** See {@link scanInRuns}; a scan that knows files one by one gives them so. */
export type Scan = (
  target: ScanTarget,
  devices: DeviceTable,
  report: ScanReport,
) => AsyncIterable<FoundFile | FoundRun>;

/** See {@link scanInRuns}; file by file. */
export async function* scanFolder(
  target: ScanTarget,
  devices: DeviceTable,
  report: ScanReport,
): AsyncGenerator<FoundFile> {
  for await (const found of scanInRuns(target, devices, report)) {
    if (isRun(found)) {
      for (let at = found.from; at < found.to; at++) {
        yield fileOfRun(found, at, devices);
      }
    } else {
      yield found;
    }
  }
}

/**
 * Lists the regular files at or below a root, ascending by the UTF-8 bytes of their paths (the catalog's order).
 * Symbolic links are passed over unless followed. What is reached without a link keeps its name: links to it are
 * passed over, and what links alone lead to is taken once. Names that are not UTF-8 are told of and not entered.
 */
export async function* scanInRuns(
  target: ScanTarget,
  devices: DeviceTable,
  report: ScanReport,
): AsyncGenerator<FoundFile | FoundRun> {
  let stats: BigIntStats;
  try {
    stats = await lstat(target.path, { bigint: true });
  } catch (error) {
    await report.onUnlistable(target.path, describeSystemError(error));
    return;
  }
  if (stats.isDirectory()) {
    yield* scanBelow(target, devices, report);
  } else {
    report.onListed(target.path);
    yield { path: target.path, stamp: stampOf(target.path, lookOf(stats), devices) };
  }
}

async function* scanBelow(
  target: ScanTarget,
  devices: DeviceTable,
  report: ScanReport,
): AsyncGenerator<FoundFile | FoundRun> {
  const seen = new Set<string>();
  for (const path of [target.path, ...target.ownFolders]) {
    await markSeenAt(path, seen);
  }
  const scan: RunningScan = { target, rule: ignoreRule(target.rules, target.ownFolders), report };
  const walk = new FolderWalk(scan);
  try {
    await walk.enter({ path: target.path, isLinked: false });
    while (await walk.lookOn()) {
      for (let next = await walk.next(); next !== null; next = await walk.next()) {
        const taken = isRun(next) ? next : take(next, seen, scan, devices);
        if (taken === 'folder') {
          await walk.enter(next as LookedName);
        } else if (taken !== null) {
          yield taken;
        }
      }
    }
  } finally {
    await walk.close();
  }
}

/** A file, or that there is a folder; null for what is passed over. */
function take(
  name: LookedName,
  seen: Set<string>,
  { report }: RunningScan,
  devices: DeviceTable,
): FoundFile | 'folder' | null {
  if ('problem' in name) {
    return { path: name.path, stamp: null, problem: name.problem };
  }
  const { path, look } = name;
  if (look.kind === 'other') {
    report.onIgnored('special file', path);
    return null;
  }
  if (name.isLinked && !markSeen(look, seen)) {
    report.onIgnored('seen already', path);
    report.onSeenAlready(path);
    return null;
  }
  return look.kind === 'folder' ? 'folder' : { path, stamp: stampOf(path, look, devices) };
}

/** @returns whether it was not seen before */
function markSeen({ dev, inode }: FileLook, seen: Set<string>): boolean {
  const identity = `${dev}:${inode}`;
  const isNew = !seen.has(identity);
  seen.add(identity);
  return isNew;
}

async function markSeenAt(path: string, seen: Set<string>): Promise<void> {
  const stats = await stat(path, { bigint: true }).catch(() => null);
  if (stats !== null) {
    markSeen(lookOf(stats), seen);
  }
}
