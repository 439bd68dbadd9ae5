/** Bounds the bytes held at once, so that large files wait for each other instead of filling the memory. */
export class ByteBudget {
  readonly #capacity: number;
  #used = 0;
  readonly #waiting: Array<{ size: number; start: () => void }> = [];

  constructor(capacityBytes: number) {
    this.#capacity = capacityBytes;
  }

  /** Runs `work` when its bytes fit, first come first served. One that is larger than the budget runs alone. */
  async spend<Result>(sizeBytes: number, work: () => Promise<Result>): Promise<Result> {
    const size = Math.min(sizeBytes, this.#capacity);
    if (this.#waiting.length > 0 || this.#used + size > this.#capacity) {
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
      const [next] = this.#waiting;
      if (next === undefined || this.#used + next.size > this.#capacity) {
        return;
      }
      this.#waiting.shift();
      this.#used += next.size;
      next.start();
    }
  }
}
