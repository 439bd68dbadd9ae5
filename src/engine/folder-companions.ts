import { readdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { type Companion, type CompanionKind, companionsIn } from '../curation/companions.ts';
import { isRawName, kindOfName } from '../imaging/name-kinds.ts';
import type { DeviceTable } from '../indexer/device-table.ts';
import { type SeenCompanion, seeCompanion } from './see-companion.ts';

/** A companion with its place. */
export interface PlacedCompanion {
  /** Absolute. */
  readonly path: string;
  readonly kind: CompanionKind;
  /** Absolute paths of what it belongs to. */
  readonly owners: readonly string[];
}

/** Knows what lies beside pictures; each folder is listed once, and each companion read once. */
export class FolderCompanions {
  readonly #devices: DeviceTable;
  readonly #listed = new Map<string, Promise<readonly PlacedCompanion[] | null>>();
  readonly #seen = new Map<string, Promise<SeenCompanion | null>>();

  constructor(devices: DeviceTable) {
    this.#devices = devices;
  }

  /** By their paths. @returns null when the folder cannot be listed */
  async of(path: string): Promise<readonly PlacedCompanion[] | null> {
    const folder = dirname(path);
    const listing = this.#listed.get(folder) ?? listCompanions(folder);
    this.#listed.set(folder, listing);
    return (await listing)?.filter(({ owners }) => owners.includes(path)) ?? null;
  }

  /** @returns null when it cannot be read */
  see(path: string): Promise<SeenCompanion | null> {
    const seeing = this.#seen.get(path) ?? seeCompanion(path, this.#devices);
    this.#seen.set(path, seeing);
    return seeing;
  }

  /** One beside another file that has the bytes of a companion, and is of its kind. */
  async equalBeside(companion: PlacedCompanion, path: string): Promise<SeenCompanion | null> {
    const own = await this.see(companion.path);
    for (const other of (await this.of(path)) ?? []) {
      if (own !== null && other.kind === companion.kind && isSameEnding(companion.path, other.path)) {
        const seen = await this.see(other.path);
        if (seen?.file.contentHash === own.file.contentHash) {
          return seen;
        }
      }
    }
    return null;
  }
}

async function listCompanions(folder: string): Promise<readonly PlacedCompanion[] | null> {
  let names: readonly string[];
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  } catch {
    return null;
  }
  const inFolder = ({ name, kind, owners }: Companion) => ({
    ...{ path: join(folder, name), kind },
    owners: owners.map((owner) => join(folder, owner)),
  });
  return companionsIn(names, (name) =>
    isRawName(name) ? 'raw' : kindOfName(name) === 'readable' ? 'picture' : 'other',
  ).map(inFolder);
}

/** Whether two companions are of one kind of file. */
export function isSameEnding(a: string, b: string): boolean {
  return extname(basename(a)).toLowerCase() === extname(basename(b)).toLowerCase();
}
