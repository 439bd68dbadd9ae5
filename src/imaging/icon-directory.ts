/** One picture of an icon or a mouse cursor, as its directory tells. */
interface IconEntry {
  /** Pixels, 1 to 256; larger pictures are listed as 256. */
  readonly width: number;
  readonly height: number;
  /** Bits of a pixel; 0 when the directory does not tell, and in a cursor. */
  readonly bitsPerPixel: number;
  readonly sizeBytes: number;
  readonly offset: number;
}

const HEADER_BYTES = 6;
const ENTRY_BYTES = 16;

/** Whether a file starts like an icon (ICO) or a mouse cursor (CUR) of one picture or more. */
export function isIcon(bytes: Uint8Array): boolean {
  const [first, second, type, high] = bytes;
  return (
    first === 0 && second === 0 && (type === 1 || type === 2) && high === 0 && countIconPictures(bytes) > 0
  );
}

/** How many pictures an icon says it has. */
export function countIconPictures(bytes: Uint8Array): number {
  return (bytes[4] ?? 0) + (bytes[5] ?? 0) * 256;
}

/**
 * The file of the largest picture of an icon, of those the one with most bits: a PNG, or a device-independent bitmap.
 * @param bytes an icon or cursor, {@link isIcon}
 * @throws Error when the directory or that picture is not there
 */
export function largestIconPicture(bytes: Uint8Array): Uint8Array {
  const entries = readDirectory(bytes);
  const largest = entries.reduce((best, entry) => (compareEntries(entry, best) > 0 ? entry : best));
  const picture = bytes.subarray(largest.offset);
  if (picture.length < ENTRY_BYTES) {
    throw new Error('premature end: the largest picture is not there');
  }
  return picture;
}

function readDirectory(bytes: Uint8Array): IconEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isCursor = bytes[2] === 2;
  const count = countIconPictures(bytes);
  if (bytes.length < HEADER_BYTES + count * ENTRY_BYTES) {
    throw new Error('premature end: the list of pictures is cut off');
  }
  return Array.from({ length: count }, (_, n) => {
    const at = HEADER_BYTES + n * ENTRY_BYTES;
    return {
      width: view.getUint8(at) || 256,
      height: view.getUint8(at + 1) || 256,
      bitsPerPixel: isCursor ? 0 : view.getUint16(at + 6, true),
      sizeBytes: view.getUint32(at + 8, true),
      offset: view.getUint32(at + 12, true),
    };
  });
}

function compareEntries(a: IconEntry, b: IconEntry): number {
  return (
    a.width * a.height - b.width * b.height || a.bitsPerPixel - b.bitsPerPixel || a.sizeBytes - b.sizeBytes
  );
}
