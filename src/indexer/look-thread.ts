import { sep } from 'node:path';
import { Worker } from 'node:worker_threads';

/** For the whole life of the thread. */
export interface LookSetup {
  readonly followsLinks: boolean;
}

export interface LookRequest {
  readonly before: string;
  /** Names with a separator between them, which none has: a list of texts takes long from thread to thread. */
  readonly names: string;
}

export interface LookReply {
  /** See packLook. */
  readonly packed: Float64Array<ArrayBuffer>;
  /** Whether the looks took so long that the rest was left to who asked. */
  readonly isSlow: boolean;
}

interface Call {
  readonly resolve: (reply: LookReply) => void;
  readonly reject: (error: Error) => void;
}

/** Looks at files in a thread of its own, so that one on a disk that hangs holds up nobody but who asked. */
export class LookThread {
  readonly #worker: Worker;
  /** In the order in which they are answered. */
  readonly #calls: Call[] = [];
  #end: Error | null = null;

  constructor(followsLinks: boolean) {
    this.#worker = new Worker(new URL('./look-thread-main.js', import.meta.url), {
      workerData: { followsLinks } satisfies LookSetup,
    });
    this.#worker.on('message', (reply: LookReply) => this.#calls.shift()?.resolve(reply));
    this.#worker.on('error', (error) => this.#lose(error));
    this.#worker.on('exit', () => this.#lose(new Error('the thread that looks at files has ended')));
  }

  /** Calls that are not answered. */
  get waiting(): number {
    return this.#calls.length;
  }

  /**
   * @param before path of a folder, with a separator at its end
   * @param names in it, one or more
   * @throws Error when the thread has ended
   */
  look(before: string, names: readonly string[]): Promise<LookReply> {
    if (this.#end !== null) {
      return Promise.reject(this.#end);
    }
    return new Promise((resolve, reject) => {
      this.#calls.push({ resolve, reject });
      this.#worker.postMessage({ before, names: names.join(sep) } satisfies LookRequest);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #lose(error: Error): void {
    this.#end ??= error;
    for (const { reject } of this.#calls.splice(0)) {
      reject(error);
    }
  }
}
