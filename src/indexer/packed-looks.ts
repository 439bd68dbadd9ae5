import type { Stats } from 'node:fs';
import type { FileLook } from './file-look.ts';

// Looks on their way between threads: numbers in a row, since objects would take longer than the looks themselves.

/** Numbers of one look. */
const PACKED = 6;

const KINDS = ['file', 'folder', 'other'] as const;

/** Writes a look into its place; what cannot be said exactly in such numbers is left out, as if nobody had looked. */
export function packLook(stats: Stats, packed: Float64Array, at: number): void {
  const { size, mtimeMs, ctimeMs, ino, dev } = stats;
  if (Number.isSafeInteger(ino) && Number.isSafeInteger(dev) && Number.isSafeInteger(size)) {
    const kind = stats.isFile() ? 0 : stats.isDirectory() ? 1 : 2;
    packed.set([kind, size, mtimeMs, ctimeMs, ino, dev], at * PACKED);
  }
}

/** So many places without a look. */
export function unpackedLooks(count: number): Float64Array<ArrayBuffer> {
  return new Float64Array(count * PACKED).fill(Number.NaN);
}

/** Null where there is none. */
export function unpackLook(packed: Float64Array, at: number): FileLook | null {
  const value = (n: number) => packed[at * PACKED + n] as number;
  const kind = KINDS[value(0)];
  return kind === undefined
    ? null
    : {
        kind,
        sizeBytes: value(1),
        modifiedMs: value(2),
        changedMs: value(3),
        inode: String(value(4)),
        dev: BigInt(value(5)),
      };
}
