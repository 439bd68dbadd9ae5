import { readAscii } from '../byte-signature.ts';
import { DoubtfulStructure } from './doubtful-structure.ts';

/** Reads numbers and stretches one after another, and never beyond the end: there it throws DoubtfulStructure. */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly #isLittleEndian: boolean;
  #at: number;

  /** @param at where to begin, bytes from the start */
  constructor(bytes: Uint8Array, at = 0, isLittleEndian = false) {
    this.bytes = bytes;
    this.#isLittleEndian = isLittleEndian;
    this.#at = at;
  }

  /** Bytes from the start to what is read next. */
  get at(): number {
    return this.#at;
  }

  /** Bytes that are left. */
  get left(): number {
    return this.bytes.length - this.#at;
  }

  /** @param size bytes of the number, 0 to 8; without any it is 0. Beyond 2^53 it is not exact. */
  uint(size: number): number {
    const digits = this.take(size);
    let value = 0;
    for (let i = 0; i < size; i++) {
      value = value * 256 + (digits[this.#isLittleEndian ? size - 1 - i : i] as number);
    }
    return value;
  }

  /** The next bytes, not copied. */
  take(length: number): Uint8Array {
    if (length > this.left) {
      throw new DoubtfulStructure(`${length} bytes expected at ${this.#at}, found ${this.left}`);
    }
    this.#at += length;
    return this.bytes.subarray(this.#at - length, this.#at);
  }

  /** The next bytes, one character a byte. */
  text(length: number): string {
    return readAscii(this.take(length), 0, length);
  }

  /** The characters before the next zero byte, which is passed over. */
  textToZero(): string {
    const end = this.bytes.indexOf(0, this.#at);
    if (end === -1) {
      throw new DoubtfulStructure(`a text without an end at ${this.#at}`);
    }
    const text = this.text(end - this.#at);
    this.#at += 1;
    return text;
  }
}
