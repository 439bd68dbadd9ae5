import type { DibHeader } from './dib-header.ts';

/** Puts one pixel, given as it is stored: a number of the palette, or where its B, G and R stand in the data. */
export type PutPixel = (x: number, y: number, stored: number) => void;

/**
 * Reads run-length coded pixels (RLE4, RLE8, RLE24). Pixels that the runs pass over are not put. A run that is too long
 * for its row ends with the row, as browsers take it; anything else that does not fit is damage.
 * @param data the file from the first run to its end
 * @param put called with rows in the order of the file, y from 0
 * @throws Error when the runs end early or leave the picture
 */
export function readDibRuns(data: Uint8Array, header: DibHeader, put: PutPixel): void {
  const reader = new RunReader(data, header, put);
  while (!reader.isDone) {
    reader.readNext();
  }
}

const ROW_END = 0;
const PICTURE_END = 1;
const SKIP = 2;

class RunReader {
  readonly #data: Uint8Array;
  readonly #header: DibHeader;
  readonly #put: PutPixel;
  #at = 0;
  #x = 0;
  #y = 0;
  #isEnded = false;

  constructor(data: Uint8Array, header: DibHeader, put: PutPixel) {
    this.#data = data;
    this.#header = header;
    this.#put = put;
  }

  get isDone(): boolean {
    const { width, height } = this.#header;
    // Some writers leave out the end of the last row, or of the picture.
    const isFull = this.#x >= width && this.#y === height - 1 && this.#at >= this.#data.length;
    return this.#isEnded || isFull;
  }

  readNext(): void {
    const length = this.#takeByte();
    if (length > 0) {
      this.#repeat(length);
      return;
    }
    const mark = this.#takeByte();
    if (mark === ROW_END) {
      this.#endRow();
    } else if (mark === PICTURE_END) {
      this.#isEnded = true;
    } else if (mark === SKIP) {
      this.#skip(this.#takeByte(), this.#takeByte());
    } else {
      this.#copy(mark);
    }
  }

  #repeat(length: number): void {
    const from = this.#take(this.#header.bitsPerPixel === 24 ? 3 : 1);
    const count = Math.min(length, this.#header.width - this.#x);
    for (let i = 0; i < count; i++) {
      // In four bits, two colors take turns.
      this.#put(this.#x++, this.#y, this.#stored(from, this.#header.bitsPerPixel === 4 ? i % 2 : 0));
    }
  }

  #copy(count: number): void {
    if (this.#x + count > this.#header.width) {
      throw new Error('bad run: it is longer than its row');
    }
    const bytes = Math.ceil((count * this.#header.bitsPerPixel) / 8);
    const from = this.#take(bytes);
    for (let i = 0; i < count; i++) {
      this.#put(this.#x++, this.#y, this.#stored(from, i));
    }
    this.#at += bytes % 2;
  }

  #skip(columns: number, rows: number): void {
    this.#x += columns;
    this.#y += rows;
    if (this.#x > this.#header.width || this.#y >= this.#header.height) {
      throw new Error('bad run: it skips beyond the picture');
    }
  }

  #endRow(): void {
    this.#x = 0;
    this.#y++;
    if (this.#y < this.#header.height) {
      return;
    }
    // Zeros in place of runs read as ends of rows, and there are too many of them then.
    const rest = this.#data.subarray(this.#at);
    if (rest.length >= 4 && !(rest[0] === 0 && rest[1] === PICTURE_END)) {
      throw new Error('bad runs: they go on behind the last row');
    }
    this.#isEnded = true;
  }

  /** Pixel `i` of those stored from `from`. */
  #stored(from: number, i: number): number {
    switch (this.#header.bitsPerPixel) {
      case 4:
        return ((this.#data[from + (i >> 1)] as number) >> (i % 2 === 0 ? 4 : 0)) & 15;
      case 8:
        return this.#data[from + i] as number;
      default:
        return from + 3 * i;
    }
  }

  #takeByte(): number {
    return this.#data[this.#take(1)] as number;
  }

  /** @returns where the bytes stand that were taken */
  #take(count: number): number {
    if (this.#at + count > this.#data.length) {
      throw new Error('premature end: the runs stop before the last row');
    }
    const from = this.#at;
    this.#at += count;
    return from;
  }
}
