import { setTimeout } from 'node:timers/promises';
import { EideticError } from '../domain/errors.ts';
import type { LibraryLock } from '../domain/library-lock.ts';
import type { Logger } from '../domain/logger.ts';
import { SpaceIndex, type SpaceIndexParts } from '../search/space-index.ts';

export interface LibraryIndexParts extends SpaceIndexParts {
  readonly lock: LibraryLock;
  readonly logger: Logger;
  /** Whether the index may be kept for the next time. */
  readonly maySave: boolean;
}

/** The index of an open library, opened when it is first asked for. */
export class LibraryIndex {
  readonly #parts: LibraryIndexParts;
  #opened: Promise<SpaceIndex> | null = null;

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

  /** Saves it when it has changed and nobody else does; a failure is only logged. */
  async save(): Promise<void> {
    const { lock, logger, maySave } = this.#parts;
    const space = await this.opened();
    if (!space.needsSaving || !maySave) {
      return;
    }
    try {
      const held = await lock.acquire('index');
      try {
        await space.save();
      } finally {
        await held.release();
      }
    } catch (error) {
      // The index in memory is right; that it could not be kept for the next time must not fail an answer.
      const isBusy = error instanceof EideticError && error.code === 'CATALOG_BUSY';
      const log = isBusy ? logger.debug : logger.warn;
      log.call(logger, 'the index was not saved', { reason: (error as Error).message });
    }
  }
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
