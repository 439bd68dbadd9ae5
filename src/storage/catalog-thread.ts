import { Worker } from 'node:worker_threads';
import { fromThreadError } from '../domain/thread-error.ts';
import type { CatalogReply, CatalogRequest, CatalogThreadSetup } from './catalog-thread-messages.ts';

interface Call {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** A connection to a catalog in a thread of its own, which starts with the first call. Calls are done in their order. */
export class CatalogThread {
  readonly #setup: CatalogThreadSetup;
  readonly #calls = new Map<number, Call>();
  #worker: Worker | null = null;
  #isClosing = false;
  #nextId = 0;

  constructor(setup: CatalogThreadSetup) {
    this.#setup = setup;
  }

  /** Whether there is anything to close. */
  get isStarted(): boolean {
    return this.#worker !== null;
  }

  /** @throws EideticError CATALOG_*, and what the call itself throws */
  call(name: string, args: readonly unknown[]): Promise<unknown> {
    const worker = this.#start();
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#calls.set(id, { resolve, reject });
      worker.ref();
      worker.postMessage({ id, name, args } satisfies CatalogRequest);
    });
  }

  /** Finishes what was called and closes the connection. @param mayTidy as closeDatabase takes it */
  async close(mayTidy: boolean): Promise<void> {
    const worker = this.#worker;
    this.#isClosing = true;
    if (worker !== null) {
      worker.ref();
      const ended = new Promise((resolve) => worker.once('exit', resolve));
      worker.postMessage({ close: { mayTidy } } satisfies CatalogRequest);
      await ended;
    }
  }

  #start(): Worker {
    if (this.#worker === null) {
      const worker = new Worker(new URL('./catalog-thread-main.js', import.meta.url), {
        workerData: this.#setup,
      });
      worker.on('message', (reply: CatalogReply) => this.#settle(worker, reply));
      worker.on('error', (error) => this.#lose(error));
      worker.on('exit', () => this.#lose(new Error('the thread of the catalog has ended')));
      // An answer that cannot be read: nobody knows to which call, which would be waited for without end.
      worker.on('messageerror', (error) => {
        this.#lose(error);
        void worker.terminate();
      });
      this.#worker = worker;
    }
    return this.#worker;
  }

  #settle(worker: Worker, reply: CatalogReply): void {
    const call = this.#calls.get(reply.id);
    this.#calls.delete(reply.id);
    if ('result' in reply) {
      call?.resolve(reply.result as never);
    } else {
      call?.reject(fromThreadError(reply.failure));
    }
    if (this.#calls.size === 0 && !this.#isClosing) {
      worker.unref(); // an idle thread keeps no process alive; one that is closing must be waited for
    }
  }

  #lose(error: Error): void {
    this.#worker = null;
    for (const { reject } of this.#calls.values()) {
      reject(error);
    }
    this.#calls.clear();
  }
}
