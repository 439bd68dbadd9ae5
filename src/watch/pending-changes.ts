import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';

/** What has settled and is to be indexed. */
export interface SettledChanges {
  /** Files that are there, new or changed. */
  readonly files: readonly string[];
  /** Whether the whole folder has to be scanned: only that tells what is gone, moved or came with a folder. */
  readonly shouldScan: boolean;
}

/** More changed files than this are found faster by a scan. */
const MOST_FILES = 1_000;

/** A folder in which something never settles is scanned after this many settling times all the same. */
const LONGEST_WAIT = 15;

interface PendingFile {
  /** Null before the first look. */
  seen: { readonly sizeBytes: number; readonly modifiedMs: number } | null;
  /** When it last changed or was last told of, milliseconds of {@link PendingChanges}' clock. */
  changedAt: number;
}

/**
 * Changes below one folder that wait until they have settled: a file whose size and time stay the same, and of
 * which nothing was told, for `settleMs`; for a scan, no news of folders for as long.
 */
export class PendingChanges {
  readonly #settleMs: number;
  readonly #now: () => number;
  readonly #files = new Map<string, PendingFile>();
  #scan: { readonly firstAt: number; readonly lastAt: number } | null = null;

  constructor(settleMs: number, now: () => number = () => performance.now()) {
    this.#settleMs = settleMs;
    this.#now = now;
  }

  addFile(path: string): void {
    const file = this.#files.get(path);
    if (file !== undefined) {
      file.changedAt = this.#now();
    } else if (this.#files.size < MOST_FILES) {
      this.#files.set(path, { seen: null, changedAt: this.#now() });
    } else {
      this.addScan();
    }
  }

  addScan(): void {
    const now = this.#now();
    this.#scan = { firstAt: this.#scan?.firstAt ?? now, lastAt: now };
  }

  /** Asks for a scan without waiting. */
  addScanNow(): void {
    this.#scan = { firstAt: Number.NEGATIVE_INFINITY, lastAt: Number.NEGATIVE_INFINITY };
  }

  /** Takes out what has settled; what has not stays. */
  async takeSettled(): Promise<SettledChanges> {
    const settled = await this.#settledFiles();
    for (const path of settled) {
      this.#files.delete(path);
    }
    if (this.#isScanDue()) {
      this.#scan = null;
      return { files: [], shouldScan: true };
    }
    return { files: settled, shouldScan: false };
  }

  async #settledFiles(): Promise<string[]> {
    const settled: string[] = [];
    for (const [path, file] of this.#files) {
      const stats = await lookAt(path);
      const now = this.#now();
      if (stats === null || stats.isDirectory()) {
        this.#files.delete(path);
        this.addScan();
      } else if (!stats.isFile()) {
        this.#files.delete(path);
      } else if (!isSame(file.seen, stats)) {
        file.seen = { sizeBytes: stats.size, modifiedMs: stats.mtimeMs };
        file.changedAt = now;
      } else if (now - file.changedAt >= this.#settleMs) {
        settled.push(path);
      }
    }
    return settled;
  }

  #isScanDue(): boolean {
    const now = this.#now();
    return (
      this.#scan !== null &&
      (now - this.#scan.lastAt >= this.#settleMs || now - this.#scan.firstAt >= this.#settleMs * LONGEST_WAIT)
    );
  }
}

function isSame(seen: PendingFile['seen'], stats: Stats): boolean {
  return seen !== null && seen.sizeBytes === stats.size && seen.modifiedMs === stats.mtimeMs;
}

async function lookAt(path: string): Promise<Stats | null> {
  return lstat(path).catch(() => null);
}
