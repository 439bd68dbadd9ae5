import { rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setModified } from './copy-attributes.ts';
import type { Journal } from './journal.ts';
import type { FolderTime, JournalEntry, Step } from './journal-entry.ts';
import { lstatOrNull } from './seen-file.ts';
import { removeSidecar } from './write-sidecar.ts';

/** The folders in which a step gives or takes names. */
export function foldersOf({ from, to }: Step): string[] {
  return [dirname(from), ...(to === null ? [] : [dirname(to)])];
}

/** What to write down before anything is changed in folders for the first time. @param missing those that will be made */
export async function noteFolders(
  { state }: Journal,
  folders: Iterable<string>,
  missing: ReadonlySet<string>,
): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = [];
  const parents = [...missing].map((path) => dirname(path));
  for (const path of new Set([...folders, ...parents])) {
    if (!state.folders.has(path) && !missing.has(path) && !state.made.has(path)) {
      const there = await lstatOrNull(path);
      if (there !== null) {
        entries.push({ kind: 'folder', path, modifiedNs: String(there.mtimeNs) });
      }
    }
  }
  return [...entries, ...[...missing].map((path) => ({ kind: 'made' as const, path }))];
}

/** What to write down after something was done in folders. */
export async function settledEntry(
  { state }: Journal,
  folders: Iterable<string>,
): Promise<JournalEntry & { kind: 'settled' }> {
  const settled: FolderTime[] = [];
  for (const path of new Set(folders)) {
    const there = state.folders.has(path) ? await lstatOrNull(path) : null;
    if (there !== null) {
      settled.push({ path, modifiedNs: String(there.mtimeNs) });
    }
  }
  return { kind: 'settled', folders: settled };
}

/** Writes down which folders somebody else has changed since. @param ours those in which something was under way */
export async function noteForeign(journal: Journal, ours: ReadonlySet<string>): Promise<void> {
  const foreign: string[] = [];
  for (const [path, { before, after, isForeign, isRestoring }] of journal.state.folders) {
    if (!isForeign && !isRestoring && !ours.has(path) && after !== null) {
      const now = (await lstatOrNull(path))?.mtimeNs;
      if (now !== after && now !== before) {
        foreign.push(path);
      }
    }
  }
  await journal.append(foreign.length === 0 ? [] : [{ kind: 'foreign', paths: foreign }]);
}

/**
 * Removes the sidecars that were written and the folders that were made, as far as they are as they were left, and gives
 * the others the times back that they had, as far as nobody else has changed them.
 */
export async function restoreFolders(journal: Journal): Promise<void> {
  const { state } = journal;
  const ours = [...state.folders].filter(([, { isForeign }]) => !isForeign).map(([path]) => path);
  await journal.append([{ kind: 'restoring', paths: ours }]);
  for (const sidecar of state.sidecars.values()) {
    await removeSidecar(sidecar);
  }
  for (const path of [...state.made].reverse()) {
    await rmdir(path).catch((error: NodeJS.ErrnoException) => {
      if (!STAYS.includes(error.code ?? '')) {
        throw error;
      }
    });
  }
  for (const path of ours) {
    const before = state.folders.get(path)?.before;
    const now = (await lstatOrNull(path))?.mtimeNs;
    if (before !== undefined && now !== undefined && now !== before) {
      await setModified(path, before);
    }
  }
  await journal.append([{ kind: 'restored' }]);
}

/** Somebody else uses it, or has removed it. */
const STAYS: readonly string[] = [
  'ENOTEMPTY',
  'EEXIST',
  'ENOENT',
  'EBUSY',
  'ENOTDIR',
  'EACCES',
  'EPERM',
  'EROFS',
];
