import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Catalog } from '../domain/catalog.ts';
import { EideticError } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';
import type { InstalledModel } from '../domain/model.ts';
import { SpaceIndex } from '../search/space-index.ts';
import { acquireLibraryLock } from '../storage/library-lock.ts';
import { hnswStore } from '../vector-index/hnsw-store.ts';

/** The index of an open library, opened when it is first asked for. */
export class LibrarySpace {
  readonly #library: string;
  readonly #catalog: Catalog;
  readonly #model: InstalledModel;
  readonly #logger: Logger;
  #opened: Promise<SpaceIndex> | null = null;
  #catchingUp: Promise<void> | null = null;

  constructor(library: string, catalog: Catalog, model: InstalledModel, logger: Logger) {
    this.#library = library;
    this.#catalog = catalog;
    this.#model = model;
    this.#logger = logger;
  }

  /** As it was opened, or last caught up. @throws EideticError what SpaceIndex.open throws */
  opened(): Promise<SpaceIndex> {
    this.#opened ??= SpaceIndex.open({
      catalog: this.#catalog,
      store: hnswStore(join(this.#library, 'indexes')),
      modelKey: this.#model.key,
      space: 'similar',
      dimensions: this.#model.manifest.dimensions,
    });
    return this.#opened;
  }

  /** Level with the catalog; what had to be built or caught up is saved unless someone else writes. */
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
    if ((await this.#catalog.generation()) !== space.generation) {
      this.#catchingUp ??= space.catchUp().finally(() => {
        this.#catchingUp = null;
      });
      await atMost(this.#catchingUp, patienceMs);
    }
    return space;
  }

  /** Saves it when it has changed and nobody else is writing; a failure is only logged. */
  async save(): Promise<void> {
    const space = await this.opened();
    if (!space.needsSaving) {
      return;
    }
    try {
      const lock = acquireLibraryLock(this.#library);
      try {
        await space.save(space.generation);
      } finally {
        lock.release();
      }
    } catch (error) {
      // The index in memory is right; that it could not be kept for the next time must not fail an answer.
      const isBusy = error instanceof EideticError && error.code === 'CATALOG_BUSY';
      const log = isBusy ? this.#logger.debug : this.#logger.warn;
      log.call(this.#logger, 'the index was not saved', { reason: (error as Error).message });
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
