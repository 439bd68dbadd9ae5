/**
 * Counts the warnings of decoders over all threads of the process: libvips may hand one thread what was said of a
 * picture in another. A picture during which none was heard has none of its own.
 */
export class WarningCount {
  readonly #count: Int32Array<SharedArrayBuffer>;

  /** @param shared between threads, 4 bytes */
  constructor(shared: SharedArrayBuffer) {
    this.#count = new Int32Array(shared);
  }

  static share(): SharedArrayBuffer {
    return new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  }

  add(): void {
    Atomics.add(this.#count, 0, 1);
  }

  get now(): number {
    return Atomics.load(this.#count, 0);
  }
}
