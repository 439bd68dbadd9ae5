/**
 * Bounds the bytes held at once, so that large files wait for each other instead of filling the memory. What fits goes
 * before what does not yet: a large file that waits for a slow one holds up nobody. Whoever asks bounds how much is
 * asked for at once, so that a large one has its turn.
 */
export class ByteBudget {
  readonly #capacity: number;
  #used = 0;
  readonly #waiting: Array<{ size: number; start: () => void }> = [];

  constructor(capacityBytes: number) {
    this.#capacity = capacityBytes;
  }

  /** Runs `work` when its bytes fit, of those that fit first come first served. One larger than the budget runs alone. */
  async spend<Result>(sizeBytes: number, work: () => Promise<Result>): Promise<Result> {
    const size = Math.min(sizeBytes, this.#capacity);
    if (this.#used + size > this.#capacity) {
      await new Promise<void>((start) => {
        this.#waiting.push({ size, start });
      });
    } else {
      this.#used += size;
    }
    try {
      return await work();
    } finally {
      this.#used -= size;
      this.#startWaiting();
    }
  }

  #startWaiting(): void {
    for (;;) {
      const next = this.#waiting.findIndex(({ size }) => this.#used + size <= this.#capacity);
      const [waiting] = next < 0 ? [] : this.#waiting.splice(next, 1);
      if (waiting === undefined) {
        return;
      }
      this.#used += waiting.size;
      waiting.start();
    }
  }
}
