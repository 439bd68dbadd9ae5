import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { PIXEL_HASH_VERSION } from '../src/domain/picture.ts';
import { type EqualKind, makeEqualLibrary } from './equal-library.ts';

const MAIN = fileURLToPath(new URL('../src/cli/eidetic.cjs', import.meta.url));
const KINDS: readonly EqualKind[] = ['pixels', 'image data', 'bytes'];
const SIZES = [5_000, 10_000, 20_000];

interface Run {
  readonly seconds: number;
  /** Of all its threads. */
  readonly cpuSeconds: number;
  readonly peakMb: number;
  readonly outputMb: number;
}

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
        await benchLibrary(await makeEqualLibrary(folder, kind, size), folder, kind, size);
      } finally {
        rmSync(folder, { recursive: true });
      }
    }
  }
}

async function benchLibrary(library: string, folder: string, kind: EqualKind, size: number): Promise<void> {
  for (const flags of [[], [], ['--min-similarity', '0.95']]) {
    const before = countLookedAt(library);
    const { seconds, cpuSeconds, peakMb, outputMb } = await runDuplicates(
      library,
      flags,
      join(folder, 'usage.json'),
    );
    console.log(
      [
        kind.padStart(10),
        size.toLocaleString('en').padStart(7),
        ` ${flags.join(' ').padEnd(21)}`,
        String(countLookedAt(library) - before).padStart(16),
        seconds.toFixed(1).padStart(8),
        cpuSeconds.toFixed(1).padStart(6),
        peakMb.toFixed(0).padStart(8),
        outputMb.toFixed(1).padStart(10),
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

/** @param usageFile where the process writes what it took */
async function runDuplicates(library: string, flags: readonly string[], usageFile: string): Promise<Run> {
  const tellUsage = `import { writeFileSync } from 'node:fs';
    process.on('exit', () =>
      writeFileSync(${JSON.stringify(usageFile)}, JSON.stringify(process.resourceUsage())));`;
  const startedAt = performance.now();
  const child = spawn(
    process.execPath,
    [
      ...['--import', `data:text/javascript,${encodeURIComponent(tellUsage)}`, MAIN],
      ...['duplicates', '--json', '--library', library, ...flags],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let outputBytes = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    outputBytes += chunk.length;
  });
  const exitCode = await new Promise((resolve) => child.on('close', resolve));
  if (exitCode !== 0) {
    throw new Error(`eidetic duplicates ended with ${exitCode}.`);
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const usage = JSON.parse(readFileSync(usageFile, 'utf8')) as NodeJS.ResourceUsage;
  return {
    seconds,
    cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
    peakMb: usage.maxRSS / 1e3,
    outputMb: outputBytes / 1e6,
  };
}
