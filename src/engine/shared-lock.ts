import { acquireLibraryLock, type LibraryLock } from '../storage/library-lock.ts';

/**
 * The writer lock of a library, for work of one process that may go on side by side: an index run adds pictures while
 * uploads do. Other processes are kept out until the last of it is done.
 */
export class SharedLock {
  readonly #library: string;
  #lock: LibraryLock | null = null;
  #holders = 0;

  constructor(library: string) {
    this.#library = library;
  }

  /** @throws EideticError CATALOG_BUSY when another process has it, or this one alone for itself */
  acquire(): LibraryLock {
    this.#lock ??= acquireLibraryLock(this.#library);
    this.#holders++;
    return {
      release: () => {
        this.#holders--;
        if (this.#holders === 0) {
          this.#lock?.release();
          this.#lock = null;
        }
      },
    };
  }
}
