/** What a device-independent bitmap is written as. Masks and palette go where its header wants them. */
export interface BitmapLayout {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  /** Bytes of the header: 12, 40, 52, 56, 108, 124 and others; 40 when left out. */
  readonly header?: number;
  readonly compression?: number;
  /** Of red, green, blue and, if there is a fourth, alpha. */
  readonly masks?: readonly number[];
  /** Red, green, blue of each color. */
  readonly palette?: readonly (readonly number[])[];
  readonly isTopDown?: boolean;
  /** An icon's height counts the mask too. */
  readonly isIcon?: boolean;
}

const FILE_HEADER_BYTES = 14;

/**
 * Writes a BMP file.
 * @param pixels as they are stored: see {@link packRows}
 * @param behind what follows the pixels
 */
export function writeBmp(
  layout: BitmapLayout,
  pixels: Uint8Array,
  behind: Uint8Array = Buffer.alloc(0),
): Buffer {
  const front = writeDibFront(layout);
  const header = Buffer.alloc(FILE_HEADER_BYTES);
  header.write('BM', 'latin1');
  header.writeUInt32LE(FILE_HEADER_BYTES + front.length + pixels.length + behind.length, 2);
  header.writeUInt32LE(FILE_HEADER_BYTES + front.length, 10);
  return Buffer.concat([header, front, pixels, behind]);
}

/** Writes a bitmap as icons hold it. */
export function writeDib(layout: BitmapLayout, pixels: Uint8Array): Buffer {
  return Buffer.concat([writeDibFront(layout), pixels]);
}

/** Header, masks behind it, palette. */
function writeDibFront(layout: BitmapLayout): Buffer {
  const { width, bits, header: headerBytes = 40, masks = [], palette = [] } = layout;
  const height = layout.height * (layout.isIcon ? 2 : 1) * (layout.isTopDown ? -1 : 1);
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32LE(headerBytes);
  if (headerBytes === 12) {
    header.writeUInt16LE(width, 4);
    header.writeUInt16LE(height, 6);
    header.writeUInt16LE(1, 8);
    header.writeUInt16LE(bits, 10);
  } else {
    header.writeInt32LE(width, 4);
    header.writeInt32LE(height, 8);
    header.writeUInt16LE(1, 12);
    header.writeUInt16LE(bits, 14);
    header.writeUInt32LE(layout.compression ?? 0, 16);
  }
  if (headerBytes >= 36) {
    header.writeUInt32LE(palette.length, 32);
  }
  if (headerBytes >= 108) {
    header.write('BGRs', 56, 'latin1');
  }
  const maskBytes = Buffer.alloc(masks.length * 4);
  masks.forEach((mask, i) => {
    maskBytes.writeUInt32LE(mask, i * 4);
  });
  const areMasksBehind = headerBytes === 40;
  if (!areMasksBehind) {
    maskBytes.copy(header, 40);
  }
  const colors = palette.map(([red = 0, green = 0, blue = 0]) =>
    Buffer.from(headerBytes === 12 ? [blue, green, red] : [blue, green, red, 0]),
  );
  return Buffer.concat([header, ...(areMasksBehind ? [maskBytes] : []), ...colors]);
}

/**
 * Rows of pixels as they are stored, each filled up to four bytes.
 * @param rows a number for each pixel, in the order of the file
 */
export function packRows(rows: readonly (readonly number[])[], bits: number): Buffer {
  return Buffer.concat(
    rows.map((row) => {
      const packed = Buffer.alloc(Math.ceil((row.length * bits) / 32) * 4);
      row.forEach((number, x) => {
        if (bits < 8) {
          const at = (x * bits) >> 3;
          packed[at] = (packed[at] as number) | (number << (8 - bits - ((x * bits) % 8)));
        } else {
          packed.writeUIntLE(number, (x * bits) / 8, bits / 8);
        }
      });
      return packed;
    }),
  );
}

/** One picture of an icon: what the directory says of it, and its file. */
export interface IconPicture {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly file: Uint8Array;
}

/** Writes an icon, or a mouse cursor. */
export function writeIcon(pictures: readonly IconPicture[], kind: 'icon' | 'cursor' = 'icon'): Buffer {
  const directory = Buffer.alloc(6 + pictures.length * 16);
  directory.writeUInt16LE(kind === 'icon' ? 1 : 2, 2);
  directory.writeUInt16LE(pictures.length, 4);
  let offset = directory.length;
  pictures.forEach(({ width, height, bits, file }, n) => {
    const at = 6 + n * 16;
    directory.writeUInt8(width % 256, at);
    directory.writeUInt8(height % 256, at + 1);
    directory.writeUInt16LE(bits, at + 6);
    directory.writeUInt32LE(file.length, at + 8);
    directory.writeUInt32LE(offset, at + 12);
    offset += file.length;
  });
  return Buffer.concat([directory, ...pictures.map(({ file }) => file)]);
}
