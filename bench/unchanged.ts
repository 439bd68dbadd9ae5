import { spawnSync } from 'node:child_process';
import { openSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import type { IndexSummary } from '../src/indexer/index-files.ts';
import { runEidetic } from '../test/support/run-eidetic.ts';
import type { BenchOptions } from './bench-options.ts';
import { endedChildrenCpuSeconds } from './child-cpu.ts';
import { watchTree } from './process-tree.ts';
import { runAlone } from './run-alone.ts';
import { describeSpread } from './spread.ts';
import { FOLDERS, unchangedFiles, unchangedLibrary } from './unchanged-files.ts';

const FILES = 300_000;

/** What `find` is asked: what a run has to know of each file, which takes a look at each. */
const FIND = ['-type', 'f', '-printf', '%s %T@ %i\\n'];

interface Times {
  readonly findMs: number;
  /** The same by Node alone, see bare-looks. */
  readonly bareMs: number;
  /** What the program itself calls the run: from the scan to the saved index. */
  readonly runMs: number;
  /** The whole command. */
  readonly commandMs: number;
  /** Seconds of all cores, which tell more than a clock where other work goes on. */
  readonly findCpuS: number;
  /** Likewise, of the whole command. */
  readonly commandCpuS: number;
}

/**
 * A run over 300,000 files that have not changed, in one folder and in 300, beside `find` looking at each, and beside
 * Node alone doing the same: with what the system keeps of them in memory, and without.
 */
export async function benchUnchanged({ say, rounds, pictures, isJson }: BenchOptions): Promise<void> {
  if (process.platform !== 'linux') {
    say("\nSKIPPED unchanged: it needs find of GNU, and Linux' drop_caches.");
    return;
  }
  const count = Math.min(FILES, pictures);
  say(`\nUnchanged: ${count.toLocaleString('en')} files, ${rounds} rounds; median (least to most), ms`);
  for (const shape of ['one folder', 'many folders'] as const) {
    const folder = await unchangedFiles(count, shape, say);
    const library = await unchangedLibrary(folder, count, shape, say);
    const where = shape === 'one folder' ? shape : `${FOLDERS} folders`;
    await measure(folder, library, count); // so that both find everything in memory
    for (const isCold of [false, true]) {
      const times: Times[] = [];
      for (let round = 0; round < rounds; round++) {
        times.push(await measure(folder, library, count, isCold));
      }
      tell(`${where}, ${isCold ? 'cold' : 'warm'}`, times, isJson);
    }
    say(`  peak memory of a run: ${(await peakOf(folder, library)).toFixed(0)} MB`);
  }
  say('run: from the scan to the saved index; command: with start, opening of the library and end');
  say(`load of the machine at the end: ${loadavg()[0]?.toFixed(2)}`);
}

async function measure(folder: string, library: string, count: number, isCold = false): Promise<Times> {
  forget(isCold);
  const cpuBefore = endedChildrenCpuSeconds();
  const findMs = findIn(folder);
  const findCpuS = endedChildrenCpuSeconds() - cpuBefore;
  forget(isCold);
  const bareAt = performance.now();
  runAlone<number>('./bare-looks.js', [folder]);
  const bareMs = performance.now() - bareAt;
  const bareCpuS = endedChildrenCpuSeconds() - cpuBefore - findCpuS;
  forget(isCold);
  const startedAt = performance.now();
  const { stdout, stderr } = await runEidetic(['index', folder, '--library', library, '--json']);
  const commandMs = performance.now() - startedAt;
  const commandCpuS = endedChildrenCpuSeconds() - cpuBefore - findCpuS - bareCpuS;
  const summary = JSON.parse(stdout.toString() || '{}') as Partial<IndexSummary>;
  if (summary.unchanged !== count || summary.found !== count || summary.elapsedMs === undefined) {
    throw new Error(`found ${summary.unchanged} unchanged files, expected ${count}: ${stderr}`);
  }
  return { findMs, bareMs, runMs: summary.elapsedMs, commandMs, findCpuS, commandCpuS };
}

/** Makes the system forget what it keeps of files. */
function forget(isCold: boolean): void {
  if (isCold) {
    spawnSync('sync');
    writeFileSync('/proc/sys/vm/drop_caches', '3');
  }
}

function findIn(folder: string): number {
  const startedAt = performance.now();
  const { status } = spawnSync('find', [folder, ...FIND], {
    stdio: ['ignore', openSync('/dev/null', 'w'), 'inherit'],
  });
  if (status !== 0) {
    throw new Error(`find ended with ${status}`);
  }
  return performance.now() - startedAt;
}

/** On its own: watching takes time from what is watched. */
async function peakOf(folder: string, library: string): Promise<number> {
  let watching: ReturnType<typeof watchTree> | undefined;
  await runEidetic(['index', folder, '--library', library, '--json'], {
    onStart: ({ pid }) => {
      watching = watchTree(pid as number);
    },
  });
  return (await watching)?.sumOfPeaksMb ?? 0;
}

function tell(title: string, times: readonly Times[], isJson: boolean): void {
  if (isJson) {
    console.log(JSON.stringify({ unchanged: title, times }));
    return;
  }
  const spread = (value: (times: Times) => number, digits: number) =>
    describeSpread(times.map(value), (n) => n.toFixed(digits));
  console.log(
    `  ${title.padEnd(18)} find ${spread(({ findMs }) => findMs, 0)}  Node alone ${spread(({ bareMs }) => bareMs, 0)}  run ${spread(({ runMs }) => runMs, 0)}  command ${spread(({ commandMs }) => commandMs, 0)}`,
  );
  console.log(
    `  ${''.padEnd(18)} Node alone / find ${spread(({ bareMs, findMs }) => bareMs / findMs, 2)}  run / find ${spread(({ runMs, findMs }) => runMs / findMs, 2)}  command / find ${spread(({ commandMs, findMs }) => commandMs / findMs, 2)}`,
  );
  console.log(
    `  ${''.padEnd(18)} CPU s: find ${spread(({ findCpuS }) => findCpuS, 2)}  command ${spread(({ commandCpuS }) => commandCpuS, 2)}`,
  );
}
