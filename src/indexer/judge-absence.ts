import { lstat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Absence, away } from './absence.ts';
import type { DeviceTable } from './device-table.ts';
import { FolderFates, type MetByScan, type MissingFolder, type PresentFolder } from './folder-fates.ts';
import type { FolderNames } from './folder-names.ts';
import { ignoreRule, PassedOverFinder } from './scan-rules.ts';
import type { ScanTarget } from './scan-target.ts';

/** A known path that a scan did not find. */
export interface AbsentFile {
  readonly path: string;
  /** Where it was last seen; null matches anything. */
  readonly device: string | null;
  /** Bytes of a name that is not UTF-8; null for any other. */
  readonly rawName: Buffer | null;
}

const EMPTY =
  'it is empty; is a drive not mounted? If its files are really gone, index again with --allow-empty';
const OTHER_DEVICE =
  'its files were on another file system, which is not mounted now; mount it and index again, or with --allow-empty if they are really gone';
const UNSURE = 'it is there, but could not be looked at in this run; index again';

/**
 * Finds out why a scan did not find known paths, by asking the disk once more: what cannot be listed, is on another
 * device or is suddenly empty proves nothing. Quick when asked in the order of the paths.
 */
export class AbsenceJudge {
  readonly #target: ScanTarget;
  readonly #met: MetByScan;
  readonly #passedOver: PassedOverFinder;
  readonly #fates: FolderFates;

  constructor(target: ScanTarget, devices: DeviceTable, met: MetByScan) {
    this.#target = target;
    this.#met = met;
    const rule = ignoreRule(target.rules, target.ownFolders);
    this.#passedOver = new PassedOverFinder(rule, target.path);
    this.#fates = new FolderFates(target, rule, devices, met);
  }

  async judge(file: AbsentFile): Promise<Absence> {
    if (file.path === this.#target.path) {
      return this.#lookAgain(file);
    }
    const passedOver = this.#passedOver.at(file.path, false);
    if (passedOver !== null) {
      return { kind: 'passed over', ...passedOver };
    }
    const fate = await this.#fates.of(dirname(file.path));
    if (fate.kind !== 'there' && fate.kind !== 'missing') {
      return fate;
    }
    const listed = await (fate.kind === 'there' ? fate : fate.within).list();
    if (listed.kind !== 'names') {
      return listed;
    }
    const deepest = fate.kind === 'missing' ? join(listed.path, fate.name) : listed.path;
    return (
      mountedElsewhere(file, listed, deepest) ??
      suddenlyEmpty(listed) ??
      this.#judgeByNames(file, fate, listed)
    );
  }

  #judgeByNames(
    file: AbsentFile,
    fate: PresentFolder | MissingFolder,
    listed: FolderNames,
  ): Promise<Absence> | Absence {
    if (fate.kind === 'missing') {
      const isListed = listed.names.has(fate.name) && !fate.isTaken;
      return isListed ? away(join(listed.path, fate.name), UNSURE) : { kind: 'gone' };
    }
    const isListed =
      file.rawName === null
        ? listed.names.has(basename(file.path))
        : listed.rawNames.has(file.rawName.toString('latin1'));
    return isListed ? this.#lookAgain(file) : { kind: 'gone' };
  }

  /** What is at the path of a file whose name is listed, though the scan did not give it. */
  async #lookAgain({ path, rawName }: AbsentFile): Promise<Absence> {
    if (rawName !== null) {
      return away(path, UNSURE);
    }
    try {
      const stats = await lstat(path);
      if (stats.isDirectory()) {
        return { kind: 'folder' };
      }
      if (stats.isSymbolicLink() && !this.#target.rules.followSymlinks) {
        return { kind: 'passed over', place: path, reason: 'symbolic link' };
      }
      if (this.#met.seenAlready.has(path)) {
        return { kind: 'passed over', place: path, reason: 'seen already' };
      }
      return stats.isFile() || stats.isSymbolicLink() ? away(path, UNSURE) : { kind: 'gone' };
    } catch {
      return away(path, UNSURE);
    }
  }
}

function mountedElsewhere({ device }: AbsentFile, listed: FolderNames, place: string): Absence | null {
  const isElsewhere = device !== null && listed.device !== null && device !== listed.device;
  return isElsewhere ? away(place, OTHER_DEVICE, true) : null;
}

function suddenlyEmpty({ path, isEmpty }: FolderNames): Absence | null {
  return isEmpty ? away(path, EMPTY, true) : null;
}
