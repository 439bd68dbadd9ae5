import { join } from 'node:path';
import { pathBelow } from '../domain/is-below.ts';
import type { DeviceTable } from './device-table.ts';
import { type FolderEntry, listFolder } from './list-folder.ts';
import type { IgnoreRule } from './scan-rules.ts';
import type { ScanTarget } from './scan-target.ts';

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
  const { entries, rawEntries, dev } = await listFolder(path);
  const names = new Set(entries.map(({ name }) => name));
  const rawNames = new Set(rawEntries.map(({ name }) => name.toString('latin1')));
  const all = [...entries, ...rawEntries.map(({ name, kind }) => ({ name: name.toString('utf8'), kind }))];
  const isEmpty = !all.some((entry) => wouldTake(entry, path, target, rule));
  return { path, device: devices.identityOf(dev, path), names, rawNames, isEmpty };
}

function wouldTake(
  { name, kind }: FolderEntry,
  folder: string,
  target: ScanTarget,
  rule: IgnoreRule,
): boolean {
  if (kind === 'link') {
    return target.rules.followSymlinks;
  }
  const path = join(folder, name);
  const isFolder = kind === 'folder';
  return (isFolder || kind === 'file') && rule(path, pathBelow(target.path, path), isFolder) === null;
}
