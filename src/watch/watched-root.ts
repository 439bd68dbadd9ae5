import { stat } from 'node:fs/promises';
import type { Logger } from '../domain/logger.ts';
import type { AwayPlace } from '../indexer/away-places.ts';
import type { ScanTarget } from '../indexer/scan-target.ts';
import { type FolderWatcher, watchFolder } from './folder-watcher.ts';
import { PendingChanges } from './pending-changes.ts';

/** One folder that is kept an eye on, also over times when it is not there. */
export class WatchedRoot {
  readonly path: string;
  readonly changes: PendingChanges;
  /** Whether its changes wait because the library could not be written to. */
  isWaiting = false;
  /** When its changes are looked at again, of `performance.now`. */
  pausedUntil = 0;
  readonly #target: ScanTarget;
  readonly #logger: Logger;
  #watcher: FolderWatcher | null = null;
  /** Device and inode of what is watched; null when the folder is not there; undefined before the first look. */
  #identity: string | null | undefined;
  #error: Error | null = null;
  /** Reasons, by place, why known files were not seen in the last scan. */
  #away = new Map<string, string>();

  constructor(target: ScanTarget, settleMs: number, logger: Logger) {
    this.path = target.path;
    this.changes = new PendingChanges(settleMs);
    this.#target = target;
    this.#logger = logger;
  }

  /**
   * Makes sure that what now lies at the path is watched. A folder that went (a drive taken out) is waited for, and
   * one that came, came back or was replaced by another is scanned.
   * @returns whether it is there
   * @throws EideticError OVERLOADED when the system watches no more folders
   */
  async look(): Promise<boolean> {
    const identity = await identityOf(this.path);
    if (identity !== this.#identity) {
      this.#identity = identity;
      await this.close();
      if (identity === null) {
        this.#logger.warn('a watched folder is gone; what the library knows of it stays', {
          path: this.path,
        });
      } else {
        await this.#open();
      }
    }
    if (this.#error !== null) {
      throw this.#error;
    }
    return identity !== null;
  }

  /** Says where a scan did not see known files, and where it sees them again: each change once. */
  tellAway(places: readonly AwayPlace[]): void {
    const before = this.#away;
    this.#away = new Map(places.map(({ path, reason }) => [path, reason]));
    for (const { path, reason, files } of places) {
      if (before.get(path) !== reason) {
        this.#logger.warn('known files were not seen; what the library knows of them stays', {
          path,
          reason,
          files,
        });
      }
    }
    for (const path of before.keys()) {
      if (!this.#away.has(path)) {
        this.#logger.info('a place with known files is as it was again', { path });
      }
    }
  }

  async close(): Promise<void> {
    await this.#watcher?.close();
    this.#watcher = null;
  }

  async #open(): Promise<void> {
    this.#watcher = await watchFolder(this.#target, {
      onFile: (path) => this.changes.addFile(path),
      onFolder: () => this.changes.addScan(),
      onError: (error) => {
        if (error.name === 'EideticError') {
          this.#error = error;
        } else {
          this.#logger.warn('a folder may not be watched', { path: this.path, reason: error.message });
        }
      },
    });
    // What happened before the watcher was ready, and while the folder was not there.
    this.changes.addScanNow();
  }
}

async function identityOf(path: string): Promise<string | null> {
  return stat(path).then(
    ({ dev, ino }) => `${dev}:${ino}`,
    () => null,
  );
}
