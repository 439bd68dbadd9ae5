import { setTimeout } from 'node:timers/promises';

/** Keeps who reads below so many bytes a second, over all that read. */
export class ByteRate {
  readonly #bytesPerMs: number;
  /** When what was read so far may have been. */
  #freeAtMs = 0;

  /** @param bytesPerSecond above 0; infinite for any */
  constructor(bytesPerSecond: number) {
    this.#bytesPerMs = bytesPerSecond / 1_000;
  }

  /** To be told of what was read; resolves when more may be. @throws the signal's reason */
  async spend(bytes: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const now = performance.now();
    this.#freeAtMs = Math.max(now, this.#freeAtMs) + bytes / this.#bytesPerMs;
    const waitMs = this.#freeAtMs - now;
    if (waitMs >= 1) {
      await setTimeout(waitMs, undefined, { signal });
    }
  }
}
