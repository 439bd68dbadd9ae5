import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { PIXEL_HASH_VERSION } from '../src/domain/picture.ts';
import { type EqualKind, makeEqualLibrary } from './equal-library.ts';
import { runDuplicates } from './run-duplicates.ts';

const KINDS: readonly EqualKind[] = ['pixels', 'image data', 'bytes'];
const SIZES = [5_000, 10_000, 20_000];

/** Time, memory and output of duplicate reports about files that are all equal: each should double with their number. */
export async function benchDuplicates(): Promise<void> {
  console.log('\nDuplicates: PNGs of 16 x 16, all equal, one vector for all; "eidetic duplicates --json"');
  console.log(
    '   equal     files  flags                  pixels looked at  seconds  CPU s  peak MB  output MB',
  );
  for (const kind of KINDS) {
    for (const size of SIZES) {
      const folder = mkdtempSync(join(tmpdir(), 'eidetic-bench-'));
      try {
        await benchLibrary(await makeEqualLibrary(folder, kind, size), kind, size);
      } finally {
        rmSync(folder, { recursive: true });
      }
    }
  }
}

async function benchLibrary(library: string, kind: EqualKind, size: number): Promise<void> {
  for (const flags of [[], [], ['--min-similarity', '0.95']]) {
    const before = countLookedAt(library);
    const { seconds, cpuSeconds, peakMb, output } = await runDuplicates(library, flags);
    console.log(
      [
        kind.padStart(10),
        size.toLocaleString('en').padStart(7),
        ` ${flags.join(' ').padEnd(21)}`,
        String(countLookedAt(library) - before).padStart(16),
        seconds.toFixed(1).padStart(8),
        cpuSeconds.toFixed(1).padStart(6),
        peakMb.toFixed(0).padStart(8),
        (output.length / 1e6).toFixed(1).padStart(10),
      ].join(' '),
    );
  }
}

/** Each picture that is looked at leaves a hash, and none is looked at again that has one. */
function countLookedAt(library: string): number {
  const database = new Database(join(library, 'catalog.sqlite'), { readonly: true });
  try {
    const sql = 'SELECT count(*) FROM pictures WHERE pixel_hash_version = ?';
    return database.prepare(sql).pluck().get(PIXEL_HASH_VERSION) as number;
  } finally {
    database.close();
  }
}
