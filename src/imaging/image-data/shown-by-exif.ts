import { hasAscii } from '../byte-signature.ts';
import { ByteReader } from './byte-reader.ts';
import { DoubtfulStructure } from './doubtful-structure.ts';

const ORIENTATION = 0x0112;
const EXIF_DIRECTORY = 0x8769;
const MAKER_NOTE = 0x927c;
const COLOR_SPACE = 0xa001;
const INTEROPERABILITY_DIRECTORY = 0xa005;
const INTEROPERABILITY_INDEX = 0x0001;

const SHORT = 3;
const ADOBE_RGB = 2;

/** What of an EXIF block decides how the picture is shown. */
export interface ShownByExif {
  /** 1 (upright) to 8, as in EXIF. */
  readonly orientation: number;
  /**
   * Whether it names Adobe RGB, as cameras do that write no ICC profile (DCF 2.0, `R03`). Programs for photographers
   * go by it.
   */
  readonly isAdobeRgb: boolean;
  /** Apple's note, which tells how strongly a gain map is applied; null where there is none. */
  readonly appleNote: Uint8Array | null;
}

interface Entry {
  readonly type: number;
  readonly count: number;
  /** The four bytes of the value, or of the offset of it. */
  readonly value: Uint8Array;
}

/**
 * Reads the few tags that count, and no further: in a directory that is not whole it takes nothing for absent.
 * @param exif an EXIF block, with or without its `Exif\0\0` mark
 * @returns null when it is not built as expected, so that it cannot be told
 */
export function readShownByExif(exif: Uint8Array): ShownByExif | null {
  try {
    return new TiffBlock(hasAscii(exif, 0, 'Exif\0') ? exif.subarray(6) : exif).readShown();
  } catch (cause) {
    if (cause instanceof DoubtfulStructure) {
      return null;
    }
    throw cause;
  }
}

class TiffBlock {
  readonly #bytes: Uint8Array;
  readonly #isLittleEndian: boolean;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#isLittleEndian = hasAscii(bytes, 0, 'II*\0');
    if (!this.#isLittleEndian && !hasAscii(bytes, 0, 'MM\0*')) {
      throw new DoubtfulStructure('no TIFF header');
    }
  }

  readShown(): ShownByExif {
    const main = this.#directory(this.#readerAt(4).uint(4));
    const exif = this.#directoryOf(main.get(EXIF_DIRECTORY));
    const interoperability = this.#directoryOf(exif.get(INTEROPERABILITY_DIRECTORY));
    const index = interoperability.get(INTEROPERABILITY_INDEX);
    return {
      orientation: this.#orientation(main.get(ORIENTATION)),
      isAdobeRgb:
        this.#short(exif.get(COLOR_SPACE)) === ADOBE_RGB ||
        (index !== undefined && hasAscii(index.value, 0, 'R03')),
      appleNote: this.#appleNote(exif.get(MAKER_NOTE)),
    };
  }

  /** 0 is what writers mean by "unknown"; nobody turns a picture for it. */
  #orientation(entry: Entry | undefined): number {
    const value = entry === undefined ? 1 : this.#short(entry) || 1;
    if (value > 8 || (entry !== undefined && (entry.type !== SHORT || entry.count !== 1))) {
      throw new DoubtfulStructure('no orientation of EXIF');
    }
    return value;
  }

  #short(entry: Entry | undefined): number | null {
    return entry === undefined ? null : new ByteReader(entry.value, 0, this.#isLittleEndian).uint(2);
  }

  #appleNote(entry: Entry | undefined): Uint8Array | null {
    if (entry === undefined || entry.count <= 4) {
      return null;
    }
    const note = this.#readerAt(this.#offset(entry)).take(entry.count);
    return hasAscii(note, 0, 'Apple iOS\0') ? note : null;
  }

  #directoryOf(entry: Entry | undefined): Map<number, Entry> {
    return entry === undefined ? new Map() : this.#directory(this.#offset(entry));
  }

  #offset(entry: Entry): number {
    return new ByteReader(entry.value, 0, this.#isLittleEndian).uint(4);
  }

  /** Entries by tag (TIFF 6.0, section 2). A tag that is there twice is in doubt. */
  #directory(at: number): Map<number, Entry> {
    const reader = this.#readerAt(at);
    const entries = new Map<number, Entry>();
    const size = reader.uint(2);
    for (let i = 0; i < size; i++) {
      const tag = reader.uint(2);
      if (entries.has(tag)) {
        throw new DoubtfulStructure(`tag ${tag} twice`);
      }
      entries.set(tag, { type: reader.uint(2), count: reader.uint(4), value: reader.take(4) });
    }
    return entries;
  }

  #readerAt(at: number): ByteReader {
    return new ByteReader(this.#bytes, at, this.#isLittleEndian);
  }
}
