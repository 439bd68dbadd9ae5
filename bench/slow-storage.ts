import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { photoFolders, realPhotos } from './real-photos.ts';

const SLOW_READS = fileURLToPath(new URL('../../bench/slow-reads.c', import.meta.url));
const READ_AND_EMBED = fileURLToPath(new URL('./read-and-embed.js', import.meta.url));

const PICTURES = 120;
const DELAYS_MS = [0, 20];
const READS = [1, 2, 4, 8, 16, 32];

/** Rounds over all cells in turn; the best of each is quoted, so that what else the machine does shows less. */
const ROUNDS = 3;

const NOTHING: Rates = { readPerSecond: 0, embeddedPerSecond: 0 };

interface Cell {
  readonly reads: number;
  readonly threads: number;
  readonly delayMs: number;
  best: Rates;
}

interface Rates {
  /** Files a second that storage yields when nothing is embedded. */
  readonly readPerSecond: number;
  readonly embeddedPerSecond: number;
}

/**
 * Pictures per second against files in flight beyond those that the embedder works on, from storage whose every open
 * and read takes so much longer; with libuv's threads as the program has them for that number, and with four.
 */
export function benchSlowStorage(): void {
  const [pictures] = photoFolders().map((named) => resolve(named));
  if (pictures === undefined) {
    console.log('\nSlow storage: SKIPPED, for EIDETIC_PHOTOS names no folder of photos.');
    return;
  }
  const files = realPhotos()
    .map((path) => resolve(path))
    .slice(0, PICTURES);
  const folder = mkdtempSync(join(tmpdir(), 'eidetic-bench-'));
  const library = join(folder, 'slow-reads.so');
  const compiled = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, SLOW_READS, '-ldl']);
  if (compiled.status !== 0) {
    console.log(
      '\nSlow storage: SKIPPED, for there is no C compiler (cc) here, or no Linux, to make reads slow with.',
    );
    return;
  }
  const list = join(folder, 'list');
  writeFileSync(list, files.join('\n'));
  const cores = availableParallelism();
  console.log(`\nSlow storage: pictures/s of ${files.length}, ${cores} cores, best of ${ROUNDS} rounds`);
  const poolsOf = (reads: number) => [4, Math.max(4, cores) + reads];
  const cells = READS.flatMap((reads) =>
    poolsOf(reads).flatMap((threads) =>
      DELAYS_MS.map((delayMs): Cell => ({ reads, threads, delayMs, best: NOTHING })),
    ),
  );
  for (let round = 0; round < ROUNDS; round++) {
    for (const cell of cells) {
      const environment = {
        LD_PRELOAD: library,
        SLOW_BELOW: pictures,
        SLOW_MS: String(cell.delayMs),
        UV_THREADPOOL_SIZE: String(cell.threads),
      };
      const { readPerSecond, embeddedPerSecond } = measure(list, cell.reads, environment);
      cell.best = {
        readPerSecond: Math.max(cell.best.readPerSecond, readPerSecond),
        embeddedPerSecond: Math.max(cell.best.embeddedPerSecond, embeddedPerSecond),
      };
    }
  }
  console.log(`reads  threads${DELAYS_MS.map((ms) => `read at ${ms} ms  embedded`.padStart(27)).join('')}`);
  for (const reads of READS) {
    for (const threads of poolsOf(reads)) {
      const rates = cells.filter((cell) => cell.reads === reads && cell.threads === threads);
      const columns = rates.map(
        ({ best }) =>
          best.readPerSecond.toFixed(0).padStart(17) + best.embeddedPerSecond.toFixed(1).padStart(10),
      );
      console.log(`${String(reads).padStart(5)}  ${String(threads).padStart(7)}${columns.join('')}`);
    }
  }
  rmSync(folder, { recursive: true });
}

function measure(list: string, reads: number, environment: Readonly<Record<string, string>>): Rates {
  const { status, stdout, stderr } = spawnSync(process.execPath, [READ_AND_EMBED, list, String(reads)], {
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  });
  if (status !== 0) {
    throw new Error(`${READ_AND_EMBED} ended with ${status}: ${stderr}`);
  }
  return JSON.parse(stdout) as Rates;
}
