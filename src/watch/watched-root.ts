import { stat } from 'node:fs/promises';
import type { Logger } from '../domain/logger.ts';
import type { ScanOptions } from '../indexer/scan-rules.ts';
import { type FolderWatcher, watchFolder } from './folder-watcher.ts';
import { PendingChanges } from './pending-changes.ts';

/** One folder that is kept an eye on, also over times when it is not there. */
export class WatchedRoot {
  readonly path: string;
  readonly changes: PendingChanges;
  /** Whether its changes wait because the library could not be written to. */
  isWaiting = false;
  readonly #scan: ScanOptions;
  readonly #logger: Logger;
  #watcher: FolderWatcher | null = null;
  /** Device and inode of what is watched; null when the folder is not there; undefined before the first look. */
  #identity: string | null | undefined;
  #error: Error | null = null;

  constructor(path: string, scan: ScanOptions, settleMs: number, logger: Logger) {
    this.path = path;
    this.changes = new PendingChanges(settleMs);
    this.#scan = scan;
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

  async close(): Promise<void> {
    await this.#watcher?.close();
    this.#watcher = null;
  }

  async #open(): Promise<void> {
    this.#watcher = await watchFolder(this.path, this.#scan, {
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
