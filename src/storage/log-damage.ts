import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** The format of a write-ahead log (https://sqlite.org/fileformat.html#the_write_ahead_log). */
const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
/** The last bit tells in which byte order checksums are computed. */
const MAGIC = 0x377f0682;
const SALT_OFFSET = 16;
const HEADER_CHECKSUM_OFFSET = 24;
const FRAME_COMMIT_OFFSET = 4;
const FRAME_SALT_OFFSET = 8;
const FRAME_CHECKSUM_OFFSET = 16;
const SALT_BYTES = 8;

/** Bytes of a frame's header, and of the log's, that its checksum covers. */
const CHECKED_FRAME_BYTES = 8;
const CHECKED_HEADER_BYTES = 24;

type Checksum = readonly [number, number];

/**
 * Whether commits of a write-ahead log are passed over because something before them is damaged: SQLite reads a log up
 * to the first frame that is not whole, which is right after a power cut, when nothing that was committed comes after
 * it. Whether they had been copied into the catalog before, nobody can tell. A sentence, or null when there is no log
 * or it is sound.
 */
export function findLogDamage(log: string): string | null {
  let descriptor: number;
  try {
    descriptor = openSync(log, 'r');
  } catch {
    return null; // the usual case: there is none
  }
  try {
    return damageIn(descriptor, fstatSync(descriptor).size);
  } finally {
    closeSync(descriptor);
  }
}

function damageIn(descriptor: number, sizeBytes: number): string | null {
  if (sizeBytes < HEADER_BYTES) {
    return null; // begun, and nothing was committed to it
  }
  const header = read(descriptor, 0, HEADER_BYTES);
  const magic = header.readUInt32BE(0);
  const isBigEndian = (magic & 1) === 1;
  let checksum = sumUp([0, 0], header.subarray(0, CHECKED_HEADER_BYTES), isBigEndian);
  if (magic >>> 1 !== MAGIC >>> 1 || !hasChecksum(header, HEADER_CHECKSUM_OFFSET, checksum)) {
    return 'The beginning of its log (catalog.sqlite-wal) is damaged, so that the last changes may be lost: those that were not in catalog.sqlite yet.';
  }
  const salt = header.subarray(SALT_OFFSET, SALT_OFFSET + SALT_BYTES);
  const frameBytes = FRAME_HEADER_BYTES + header.readUInt32BE(8);
  const frames = Math.floor((sizeBytes - HEADER_BYTES) / frameBytes);
  let damaged: number | null = null;
  for (let n = 0; n < frames; n++) {
    const frame = read(descriptor, HEADER_BYTES + n * frameBytes, frameBytes);
    const isOfThisLog = frame.subarray(FRAME_SALT_OFFSET, FRAME_SALT_OFFSET + SALT_BYTES).equals(salt);
    if (damaged === null) {
      const checked = sumUp(checksum, frame.subarray(0, CHECKED_FRAME_BYTES), isBigEndian);
      checksum = sumUp(checked, frame.subarray(FRAME_HEADER_BYTES), isBigEndian);
      damaged = isOfThisLog && hasChecksum(frame, FRAME_CHECKSUM_OFFSET, checksum) ? null : n;
    }
    if (damaged !== null && isOfThisLog && frame.readUInt32BE(FRAME_COMMIT_OFFSET) !== 0) {
      return `Its log (catalog.sqlite-wal) is damaged at frame ${damaged + 1} of ${frames}, so that changes may be lost that were committed after it.`;
    }
  }
  return null;
}

function read(descriptor: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  readSync(descriptor, bytes, 0, length, position);
  return bytes;
}

function hasChecksum(bytes: Buffer, offset: number, [first, second]: Checksum): boolean {
  return bytes.readUInt32BE(offset) === first && bytes.readUInt32BE(offset + 4) === second;
}

/** SQLite's checksum of the log, carried on over a number of bytes that is a multiple of 8. */
function sumUp([first, second]: Checksum, bytes: Buffer, isBigEndian: boolean): Checksum {
  let [a, b] = [first, second];
  for (let i = 0; i < bytes.length; i += 8) {
    a = (a + (isBigEndian ? bytes.readUInt32BE(i) : bytes.readUInt32LE(i)) + b) >>> 0;
    b = (b + (isBigEndian ? bytes.readUInt32BE(i + 4) : bytes.readUInt32LE(i + 4)) + a) >>> 0;
  }
  return [a, b];
}
