import { DecodingProcess, type NoAnswer, type ProcessBounds } from './decoding-process.ts';
import type { DecodingReply, DecodingRequest } from './decoding-protocol.ts';

/** How long an idle process is kept for the next picture. Starting one costs a third of a second. */
const IDLE_MS = 10_000;

/** What comes of a request; `closed` when the lane was closed before there was an answer. */
export type LaneReply = DecodingReply | NoAnswer | 'closed';

interface Waiting {
  readonly request: DecodingRequest;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (reply: LaneReply) => void;
  readonly reject: (error: unknown) => void;
}

/** A few processes that decode what comes, first come first served, one picture each at a time. */
export class DecodingLane {
  readonly #most: number;
  readonly #niceness: number;
  readonly #bounds: ProcessBounds;
  readonly #waiting: Waiting[] = [];
  /** Processes that wait for work, the last used last, each with the timer that ends it. */
  readonly #idle = new Map<DecodingProcess, NodeJS.Timeout>();
  readonly #busy = new Set<DecodingProcess>();
  #isClosed = false;

  /** @param most processes at once, 1 or more */
  constructor(most: number, niceness: number, bounds: ProcessBounds) {
    this.#most = most;
    this.#niceness = niceness;
    this.#bounds = bounds;
  }

  /** @param signal ends the process that works on it; then it has no answer */
  ask(request: DecodingRequest, signal?: AbortSignal): Promise<LaneReply> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, signal, resolve, reject });
      this.#start();
    });
  }

  #start(): void {
    if (this.#isClosed) {
      for (const { resolve } of this.#waiting.splice(0)) {
        resolve('closed');
      }
    }
    const next = this.#busy.size < this.#most ? this.#waiting.shift() : undefined;
    if (next?.signal?.aborted) {
      next.resolve('ended');
      this.#start();
    } else if (next !== undefined) {
      const process = this.#take();
      this.#busy.add(process);
      void this.#work(process, next).finally(() => {
        this.#busy.delete(process);
        this.#start();
      });
    }
  }

  async #work(process: DecodingProcess, { request, signal, resolve, reject }: Waiting): Promise<void> {
    const stop = () => process.close();
    signal?.addEventListener('abort', stop);
    try {
      const reply = await process.ask(request, this.#bounds);
      if (typeof reply === 'string' || this.#isClosed) {
        process.close();
      } else {
        this.#keep(process);
      }
      resolve(this.#isClosed && reply === 'ended' ? 'closed' : reply);
    } catch (error) {
      reject(error);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  #take(): DecodingProcess {
    for (const [process, timer] of [...this.#idle].reverse()) {
      clearTimeout(timer);
      this.#idle.delete(process);
      if (process.isUsable) {
        return process;
      }
    }
    return new DecodingProcess(this.#niceness);
  }

  #keep(process: DecodingProcess): void {
    const end = () => {
      this.#idle.delete(process);
      process.close();
    };
    this.#idle.set(process, setTimeout(end, IDLE_MS).unref());
  }

  /** Ends all processes and starts no more; what they work on, and what waits, has no answer. */
  close(): void {
    this.#isClosed = true;
    this.#start();
    for (const process of this.#busy) {
      process.close();
    }
    for (const [process, timer] of this.#idle) {
      clearTimeout(timer);
      process.close();
    }
    this.#idle.clear();
  }
}
