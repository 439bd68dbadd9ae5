import type { BigIntStats } from 'node:fs';
import { lstat, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { describeSystemError, isAbsent } from '../domain/describe-system-error.ts';
import { type Absence, away } from './absence.ts';
import type { DeviceTable } from './device-table.ts';
import { type FolderNames, readFolderNames } from './folder-names.ts';
import { FolderTrail } from './folder-trail.ts';
import type { IgnoreRule } from './scan-rules.ts';
import type { ScanTarget } from './scan-target.ts';
import { spelledIn } from './spelled-on-disk.ts';

/** What a scan met that explains why it did not give some files. */
export interface MetByScan {
  /** Folders and files that a link had led to before. */
  readonly seenAlready: ReadonlySet<string>;
  /** Folders that could not be listed, and why. */
  readonly unlistable: ReadonlyMap<string, string>;
}

/** A folder that is there, listed when someone asks. */
export interface PresentFolder {
  readonly kind: 'there';
  readonly list: () => Promise<({ readonly kind: 'names' } & FolderNames) | Absence>;
}

/** A folder that is not there, in the deepest one that is. */
export interface MissingFolder {
  readonly kind: 'missing';
  readonly within: PresentFolder;
  /** The name that is missing in it. */
  readonly name: string;
  /** Whether something else has that name. */
  readonly isTaken: boolean;
}

export type FolderFate = PresentFolder | MissingFolder | Absence;

const NOT_THERE =
  'it is not there; is a drive not mounted? If it is really gone, index again with --allow-empty';
const NO_FOLDER = 'it is no longer a folder; if its files are really gone, index again with --allow-empty';
const LEADS_NOWHERE = 'it is a symbolic link to what is not there; mount that and index again';

/** Finds out what became of folders in which known files lay. Quick when asked in the order of their paths. */
export class FolderFates {
  readonly #target: ScanTarget;
  readonly #rule: IgnoreRule;
  readonly #devices: DeviceTable;
  readonly #met: MetByScan;
  /** Of the folder that was last asked about, and those above it. */
  readonly #fates = new FolderTrail<FolderFate>();

  constructor(target: ScanTarget, rule: IgnoreRule, devices: DeviceTable, met: MetByScan) {
    this.#target = target;
    this.#rule = rule;
    this.#devices = devices;
    this.#met = met;
  }

  /** @param folder the root or below it */
  async of(folder: string): Promise<FolderFate> {
    for (const above of this.#fates.goTo(folder, this.#target.path)) {
      this.#fates.add(above, await this.#lookUp(above));
    }
    return this.#fates.get(folder) as FolderFate;
  }

  async #lookUp(folder: string): Promise<FolderFate> {
    const problem = this.#met.unlistable.get(folder);
    if (problem !== undefined) {
      return unlistable(folder, problem);
    }
    return folder === this.#target.path ? this.#lookAtRoot() : this.#lookBelow(folder);
  }

  async #lookAtRoot(): Promise<FolderFate> {
    const { path } = this.#target;
    try {
      const stats = await stat(path);
      return stats.isDirectory() ? this.#present(path) : away(path, NO_FOLDER, true);
    } catch (error) {
      return isAbsent(error) ? away(path, NOT_THERE, true) : unknowable(path, error);
    }
  }

  async #lookBelow(folder: string): Promise<FolderFate> {
    const above = this.#fates.get(dirname(folder)) as FolderFate;
    if (above.kind !== 'there') {
      return above;
    }
    return this.#met.seenAlready.has(folder)
      ? { kind: 'passed over', place: folder, reason: 'seen already' }
      : this.#lookAt(folder, above);
  }

  async #lookAt(folder: string, above: PresentFolder): Promise<FolderFate> {
    try {
      const stats = await this.#stat(folder);
      if (stats.isDirectory()) {
        // Where case does not count, it answers to a name that it no longer has.
        const name = basename(folder);
        const isCalledSo = (await spelledIn(dirname(folder), name)) === name;
        return isCalledSo ? this.#present(folder) : { kind: 'missing', within: above, name, isTaken: false };
      }
      if (stats.isSymbolicLink()) {
        return this.#target.rules.followSymlinks
          ? away(folder, LEADS_NOWHERE)
          : { kind: 'passed over', place: folder, reason: 'symbolic link' };
      }
      return { kind: 'missing', within: above, name: basename(folder), isTaken: true };
    } catch (error) {
      return isAbsent(error)
        ? { kind: 'missing', within: above, name: basename(folder), isTaken: false }
        : unknowable(folder, error);
    }
  }

  /** Through a link where links are followed, unless it leads nowhere. */
  async #stat(path: string): Promise<BigIntStats> {
    const itself = await lstat(path, { bigint: true });
    if (!itself.isSymbolicLink() || !this.#target.rules.followSymlinks) {
      return itself;
    }
    return stat(path, { bigint: true }).catch((error: unknown) => {
      if (isAbsent(error)) {
        return itself;
      }
      throw error;
    });
  }

  #present(path: string): PresentFolder {
    let listing: ReturnType<PresentFolder['list']> | null = null;
    return {
      kind: 'there',
      list: () => {
        listing ??= this.#list(path);
        return listing;
      },
    };
  }

  async #list(path: string): ReturnType<PresentFolder['list']> {
    try {
      const names = await readFolderNames(path, this.#target, this.#rule, this.#devices);
      return { kind: 'names', ...names };
    } catch (error) {
      return unlistable(path, describeSystemError(error));
    }
  }
}

function unlistable(path: string, problem: string): Absence {
  return away(path, `it cannot be listed: ${problem}; mend that and index again`);
}

function unknowable(path: string, error: unknown): Absence {
  return away(path, `it cannot be looked at: ${describeSystemError(error)}; mend that and index again`);
}
