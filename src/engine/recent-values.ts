interface Kept<Value> {
  readonly making: Promise<Value>;
  /** 0 until it is made. */
  size: number;
}

/** Values that take long to make, kept for who asks next: those asked for last, as many as fit. */
export class RecentValues<Key, Value> {
  readonly #most: number;
  readonly #sizeOf: (value: Value) => number;
  /** Asked for last at the end. */
  readonly #kept = new Map<Key, Kept<Value>>();
  #size = 0;

  /** @param most of all sizes together */
  constructor(most: number, sizeOf: (value: Value) => number) {
    this.#most = most;
    this.#sizeOf = sizeOf;
  }

  /** Kept, being made for somebody else, or made now. What `make` throws is not kept. */
  get(key: Key, make: () => Promise<Value>): Promise<Value> {
    const known = this.#kept.get(key);
    if (known !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known.making;
    }
    const kept: Kept<Value> = { making: make(), size: 0 };
    this.#kept.set(key, kept);
    kept.making.then(
      (value) => this.#weigh(kept, this.#sizeOf(value)),
      () => this.#kept.delete(key),
    );
    return kept.making;
  }

  #weigh(kept: Kept<Value>, size: number): void {
    kept.size = size;
    this.#size += size;
    for (const [key, oldest] of this.#kept) {
      if (this.#size <= this.#most) {
        return;
      }
      // What is still being made takes no room yet.
      if (oldest.size > 0) {
        this.#kept.delete(key);
        this.#size -= oldest.size;
      }
    }
  }
}
