import { setTimeout } from 'node:timers/promises';
import { EideticError } from '../domain/errors.ts';
import type { LibraryLock } from '../domain/library-lock.ts';
import type { Logger } from '../domain/logger.ts';
import { isNearlyLevel, type Lack, lackOf, SpaceIndex, type SpaceIndexParts } from '../search/space-index.ts';

export interface LibraryIndexParts extends SpaceIndexParts {
  readonly lock: LibraryLock;
  readonly logger: Logger;
  /** Whether the index may be kept for the next time. */
  readonly maySave: boolean;
}

/** An index that cannot be saved is written out as far as the disk goes, so the next attempt waits, milliseconds. */
const FIRST_RETRY_MS = 60_000;
/** Each attempt that fails doubles the wait, up to this. */
const LONGEST_RETRY_MS = 3_600_000;

/** Attempts to save that failed, one after the other. */
interface FailedSaves {
  readonly count: number;
  /** Of `performance.now`. */
  readonly retryAt: number;
}

/** The index of an open library, opened when it is first asked for. */
export class LibraryIndex {
  readonly #parts: LibraryIndexParts;
  #opened: Promise<SpaceIndex> | null = null;
  /** Of the saved index while it is not open; null until somebody asked. */
  #lack: Lack | null = null;
  /** Null when the last attempt to save it did not fail. */
  #failedSaves: FailedSaves | null = null;

  constructor(parts: LibraryIndexParts) {
    this.#parts = parts;
  }

  /** As it was opened, or last caught up. @throws EideticError what SpaceIndex.open throws */
  opened(): Promise<SpaceIndex> {
    if (this.#opened === null) {
      const opening = SpaceIndex.open(this.#parts);
      this.#opened = opening;
      // One that could not be opened (a busy disk) is tried again by the next who asks.
      opening.catch(() => {
        this.#opened = null;
      });
    }
    return this.#opened;
  }

  /** Level with the catalog; what had to be built or caught up is saved unless someone else does so. */
  async current(): Promise<SpaceIndex> {
    const space = await this.opened();
    await space.catchUp();
    await this.save();
    return space;
  }

  /**
   * Level with the catalog if it can be in time: when another process has changed the library, it waits for the index
   * to catch up only so long, then gives it as it is while that goes on. Saves nothing.
   */
  async currentWithin(patienceMs: number): Promise<SpaceIndex> {
    const space = await this.opened();
    if ((await this.#parts.descriptors.position()) !== space.position) {
      await atMost(space.catchUp(), patienceMs);
    }
    return space;
  }

  /** Brings it level with what was committed. Opens it only when it was not open: opening does the same. */
  async catchUp(): Promise<void> {
    await (await this.opened()).catchUp();
  }

  /**
   * The same for who only changes the catalog: one that is not open and lacks next to nothing stays so, since opening
   * reads it whole.
   */
  async keepUp(): Promise<void> {
    if (this.#opened === null) {
      this.#lack = await lackOf(this.#parts, this.#lack);
    }
    if (this.#opened !== null || this.#lack === null || !isNearlyLevel(this.#lack)) {
      await this.catchUp();
    }
  }

  /** Whether it could not be saved so far: the next program that opens the library builds it again or catches it up. */
  get cannotBeSaved(): boolean {
    return this.#failedSaves !== null;
  }

  /**
   * Saves it when it has changed and nobody else does. A failure is logged once and fails nobody, since the index in
   * memory is right; the next attempts come later and later.
   * @throws EideticError what SpaceIndex.open throws
   */
  async save(): Promise<void> {
    if (this.#failedSaves === null || performance.now() >= this.#failedSaves.retryAt) {
      await this.saveNow();
    }
  }

  /** The same, without waiting longer after attempts that failed: for the last chance. One that is not open is as it was saved. */
  async saveNow(): Promise<void> {
    const { lock, maySave } = this.#parts;
    const space = await this.#opened;
    if (space === null || !space.needsSaving || !maySave) {
      return;
    }
    try {
      const held = await lock.acquire('index');
      try {
        await space.save();
      } finally {
        await held.release();
      }
      this.#noteSaved();
    } catch (error) {
      this.#noteFailure(error as Error);
    }
  }

  #noteSaved(): void {
    if (this.#failedSaves !== null) {
      this.#failedSaves = null;
      this.#parts.logger.info('the index is saved again');
    }
  }

  #noteFailure(error: Error): void {
    const { logger } = this.#parts;
    const fields = { reason: error.message };
    if (isHeldByOther(error)) {
      logger.debug('the index is being saved by another process', fields);
      return;
    }
    const count = (this.#failedSaves?.count ?? 0) + 1;
    const waitMs = Math.min(FIRST_RETRY_MS * 2 ** (count - 1), LONGEST_RETRY_MS);
    this.#failedSaves = { count, retryAt: performance.now() + waitMs };
    const log = count === 1 ? logger.warn : logger.debug;
    log.call(logger, NOT_SAVED, fields);
  }
}

const NOT_SAVED =
  'the index was not saved; what is in the catalog is kept, searches go on from memory, and the index is made again from the catalog the next time';

function isHeldByOther(error: Error): boolean {
  return error instanceof EideticError && error.code === 'CATALOG_BUSY' && 'pid' in error.details;
}

/** Waits for work to end, but not longer than that. A failure after it is the next one's to meet. */
async function atMost(work: Promise<void>, patienceMs: number): Promise<void> {
  const over = new AbortController();
  try {
    await Promise.race([work, setTimeout(patienceMs, undefined, { signal: over.signal }).catch(() => {})]);
  } finally {
    over.abort();
  }
}
