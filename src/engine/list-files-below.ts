import { realpath } from 'node:fs/promises';
import { EideticError } from '../domain/errors.ts';
import type { FailureCode } from '../domain/failure.ts';
import { readableBytes } from '../domain/readable-bytes.ts';
import { DEFAULT_ROOT_RULES } from '../domain/roots.ts';
import type { DeviceTable } from '../indexer/device-table.ts';
import { lookAtRoot } from '../indexer/look-at-root.ts';
import { scanFolder } from '../indexer/scan-folder.ts';

/** Why something takes no part. */
export interface PathProblem {
  readonly path: string;
  readonly code: FailureCode;
  readonly message: string;
}

/** The files at or below folders, and what cannot be listed. */
export interface ListedFiles {
  /** Absolute, by folder and path. */
  readonly paths: readonly string[];
  readonly problems: readonly PathProblem[];
  /** How many names were passed over, by reason. */
  readonly passedOver: ReadonlyMap<string, number>;
}

interface ListSettings {
  /** The library's folder, which is not entered; it need not be there. */
  readonly library: string;
  readonly devices: DeviceTable;
  /** What is to be done with the folders, for the message. */
  readonly purpose: string;
}

/**
 * Lists the files at or below folders, or files that are named themselves, by the rules of an index run without flags.
 * @throws EideticError NOT_FOUND for a folder that is not there; the signal's reason
 */
export async function listFilesBelow(
  folders: readonly string[],
  { library, devices, purpose }: ListSettings,
  signal: AbortSignal,
): Promise<ListedFiles> {
  const list = new FileList(await realpath(library).catch(() => library));
  for (const folder of folders) {
    await requireThere(folder, purpose);
    await list.add(folder, devices, signal);
  }
  return list;
}

class FileList implements ListedFiles {
  readonly paths: string[] = [];
  readonly problems: PathProblem[] = [];
  readonly passedOver = new Map<string, number>();
  readonly #library: string;

  constructor(library: string) {
    this.#library = library;
  }

  async add(folder: string, devices: DeviceTable, signal: AbortSignal): Promise<void> {
    const target = {
      ...{ path: folder, rules: DEFAULT_ROOT_RULES },
      ...{ innerRoots: new Set<string>(), ownFolders: new Set([this.#library]) },
    };
    const fail = (path: string, message: string) =>
      this.problems.push({ path, code: 'IMAGE_UNREADABLE', message });
    const files = scanFolder(target, devices, {
      onListed() {},
      onSeenAlready() {},
      onIgnored: (reason) => this.passedOver.set(reason, (this.passedOver.get(reason) ?? 0) + 1),
      onUnlistable: async (path, problem) => void fail(path, `The folder cannot be listed: ${problem}.`),
      onBadName: async ({ rawPath }) =>
        void fail(readableBytes(rawPath), 'Its name is not valid UTF-8; rename it.'),
    });
    for await (const file of files) {
      signal.throwIfAborted();
      if (file.stamp === null) {
        fail(file.path, `The file cannot be looked at: ${file.problem}.`);
      } else {
        this.paths.push(file.path);
      }
    }
  }
}

async function requireThere(folder: string, purpose: string): Promise<void> {
  const look = await lookAtRoot(folder);
  if (look.kind !== 'there') {
    throw new EideticError(
      'NOT_FOUND',
      `Cannot ${purpose} ${folder}: ${look.reason}; name a folder of pictures that is there.`,
    );
  }
}
