import type { Stats } from 'node:fs';
import type { FileLook } from './file-look.ts';

// Looks on their way between threads: numbers in a row, since objects would take longer than the looks themselves.

/** Numbers of one look. */
export const NUMBERS_OF_LOOK = 6;

/** Where each of them stands, from the first on. */
export const LOOK = { kind: 0, sizeBytes: 1, modifiedMs: 2, changedMs: 3, inode: 4, dev: 5 } as const;

const KINDS = ['file', 'folder', 'other'] as const;

/** Writes a look into its place; what cannot be said exactly in such numbers is left out, as if nobody had looked. */
export function packLook(stats: Stats, packed: Float64Array, at: number): void {
  const { size, mtimeMs, ctimeMs, ino, dev } = stats;
  if (Number.isSafeInteger(ino) && Number.isSafeInteger(dev) && Number.isSafeInteger(size)) {
    const kind = stats.isFile() ? 0 : stats.isDirectory() ? 1 : 2;
    packed.set([kind, size, mtimeMs, ctimeMs, ino, dev], at * NUMBERS_OF_LOOK);
  }
}

/** So many places without a look. */
export function unpackedLooks(count: number): Float64Array<ArrayBuffer> {
  return new Float64Array(count * NUMBERS_OF_LOOK).fill(Number.NaN);
}

/** What was seen there; undefined where there is no look. */
export function kindOfPacked(packed: Float64Array, at: number): FileLook['kind'] | undefined {
  return KINDS[packed[at * NUMBERS_OF_LOOK + LOOK.kind] as number];
}

/** Null where there is none. */
export function unpackLook(packed: Float64Array, at: number): FileLook | null {
  const value = (n: number) => packed[at * NUMBERS_OF_LOOK + n] as number;
  const kind = kindOfPacked(packed, at);
  return kind === undefined
    ? null
    : {
        kind,
        sizeBytes: value(LOOK.sizeBytes),
        modifiedMs: value(LOOK.modifiedMs),
        changedMs: value(LOOK.changedMs),
        inode: String(value(LOOK.inode)),
        dev: BigInt(value(LOOK.dev)),
      };
}
