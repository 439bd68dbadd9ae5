import { createHash } from 'node:crypto';
import { DoubtfulStructure } from './doubtful-structure.ts';

/** More parts than this has no picture; a file made of nothing else would take long. */
const MOST_PARTS = 1 << 16;

/** Boxes of a HEIF file can name the same bytes again and again. */
const MOST_TIMES_READ = 4;
const SPARE_BYTES = 1 << 20;

/**
 * What decides how a picture is shown, hashed part by part as it is found: each with its name and length, so that no
 * two lists of parts are hashed alike.
 */
export class CodedParts {
  readonly #hash = createHash('sha256');
  #bytesLeft: number;
  #partsLeft = MOST_PARTS;

  /**
   * @param meaning what the hash is of, with its version
   * @param fileBytes length of the file, which bounds the work
   */
  constructor(meaning: string, fileBytes: number) {
    this.#bytesLeft = fileBytes * MOST_TIMES_READ + SPARE_BYTES;
    this.addText('meaning', meaning);
  }

  /** @throws DoubtfulStructure beyond any picture's number of parts or amount of bytes */
  add(name: string, bytes: Uint8Array): void {
    this.addJoined(name, [bytes]);
  }

  /** Adds as one part what a file keeps in pieces; where it was split does not count. */
  addJoined(name: string, pieces: readonly Uint8Array[]): void {
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    this.#bytesLeft -= length;
    this.#partsLeft -= 1;
    if (this.#bytesLeft < 0 || this.#partsLeft < 0) {
      throw new DoubtfulStructure('more parts than a picture has');
    }
    this.#hash.update(`${name.length}:${name}:${length}:`, 'latin1');
    for (const piece of pieces) {
      this.#hash.update(piece);
    }
  }

  addText(name: string, text: string): void {
    this.add(name, Buffer.from(text, 'latin1'));
  }

  /** 64 lowercase hex digits. To be called once. */
  digest(): string {
    return this.#hash.digest('hex');
  }
}
