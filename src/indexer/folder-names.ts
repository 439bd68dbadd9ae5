import { isUtf8 } from 'node:buffer';
import type { Dirent } from 'node:fs';
import { join, relative } from 'node:path';
import type { DeviceTable } from './device-table.ts';
import { listFolder } from './list-folder.ts';
import type { ScanTarget } from './scan-folder.ts';
import type { IgnoreRule } from './scan-rules.ts';

/** What a folder is known to hold, and where. */
export interface FolderNames {
  readonly path: string;
  /** Null when it is not known. */
  readonly device: string | null;
  readonly names: ReadonlySet<string>;
  /** Those that are not UTF-8, a byte a character. */
  readonly rawNames: ReadonlySet<string>;
  /** Whether nothing is in it that a scan would take. */
  readonly isEmpty: boolean;
}

/**
 * Lists a folder at or below a root.
 * @param rule of the root
 * @throws see listFolder
 */
export async function readFolderNames(
  path: string,
  target: ScanTarget,
  rule: IgnoreRule,
  devices: DeviceTable,
): Promise<FolderNames> {
  const { entries, dev } = await listFolder(path);
  const names = new Set<string>();
  const rawNames = new Set<string>();
  for (const { name } of entries) {
    if (isUtf8(name)) {
      names.add(name.toString('utf8'));
    } else {
      rawNames.add(name.toString('latin1'));
    }
  }
  const isEmpty = !entries.some((entry) => wouldTake(entry, path, target, rule));
  return { path, device: devices.identityOf(dev, path), names, rawNames, isEmpty };
}

function wouldTake(entry: Dirent<Buffer>, folder: string, target: ScanTarget, rule: IgnoreRule): boolean {
  if (entry.isSymbolicLink()) {
    return target.rules.followSymlinks;
  }
  const path = join(folder, entry.name.toString('utf8'));
  const isOrdinary = entry.isDirectory() || entry.isFile();
  return isOrdinary && rule(path, relative(target.path, path), entry.isDirectory()) === null;
}
