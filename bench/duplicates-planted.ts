import { loadavg } from 'node:os';
import type { BenchOptions } from './bench-options.ts';
import {
  type ExactAnswer,
  exactAnswer,
  type KnownPair,
  type LibraryPlanting,
  nameOfPair,
  plantedLibrary,
} from './planted-library.ts';
import { type DuplicatesRun, runDuplicates } from './run-duplicates.ts';
import { describeSpread, median } from './spread.ts';

const LARGEST = 100_000;
/** Parts of the largest library that are libraries too. */
const PARTS = [4, 2, 1];
const PLANTED = 2_000;
const LEAST = 0.93;
const MOST = 0.99;
const SEED = 1;

interface Cost {
  /** Vectors of the library. */
  readonly count: number;
  readonly cpuSeconds: number;
}

/**
 * Reports of similar pictures in libraries of 25,000, 50,000 and 100,000 vectors with 2,000 planted near-equals: what
 * they take and how it grows, and how much of what exact search finds they find.
 */
export async function benchPlanted({ say, rounds, pictures }: BenchOptions): Promise<void> {
  const largest = Math.min(LARGEST, pictures);
  const plantings = PARTS.map((part) => ({
    ...{ count: Math.floor(largest / part), seed: SEED },
    ...{ planted: PLANTED, least: LEAST, most: MOST },
  }));
  say(
    `\nDuplicates among planted near-equals: vectors in clusters of 25 (seed ${SEED}), ${PLANTED.toLocaleString('en')} of them planted at ${LEAST} to ${MOST} to another (seed ${SEED}); "eidetic duplicates --min-similarity ${LEAST} --json", rounds: ${rounds}, median (least to most)`,
  );
  const costs: Cost[] = [];
  for (const planting of plantings) {
    const folder = await plantedLibrary(planting, say);
    const exact = await exactAnswer(folder, planting, say);
    const runs: DuplicatesRun[] = [];
    for (let round = 0; round < rounds; round++) {
      runs.push(await runDuplicates(folder, ['--min-similarity', String(LEAST)]));
    }
    tell(planting, exact, runs);
    costs.push({ count: planting.count, cpuSeconds: median(runs.map((run) => run.cpuSeconds)) });
  }
  const steps = costs.slice(1).map((cost, i) => exponentOf(costs[i] as Cost, cost).toFixed(2));
  console.log(
    `CPU seconds grow with the number of vectors to the power of ${exponentOf(costs[0] as Cost, costs.at(-1) as Cost).toFixed(2)} (from size to size ${steps.join(', ')})`,
  );
  say(`load of the machine at the end: ${loadavg()[0]?.toFixed(2)}`);
}

function tell({ count }: LibraryPlanting, exact: ExactAnswer, runs: readonly DuplicatesRun[]): void {
  const spread = (value: (run: DuplicatesRun) => number, digits: number) =>
    describeSpread(runs.map(value), (n) => n.toFixed(digits));
  console.log(
    `  ${count.toLocaleString('en')} vectors: ${spread(({ seconds }) => seconds, 1)} s, CPU ${spread(({ cpuSeconds }) => cpuSeconds, 1)} s, peak ${spread(({ peakMb }) => peakMb, 0)} MB, output ${spread(({ output }) => output.length / 1e6, 1)} MB`,
  );
  // Every round asks the same index the same.
  const { pairs } = JSON.parse((runs[0] as DuplicatesRun).output.toString()) as { pairs: KnownPair[] };
  const found = new Set(pairs.map(nameOfPair));
  const right = new Set(exact.pairs.map(nameOfPair));
  const wrong = [...found].filter((name) => !right.has(name)).length;
  console.log(
    `    pairs found: ${found.size.toLocaleString('en')}, of planted ones ${recall(found, exact.planted)}, of all of exact search ${recall(found, exact.pairs)}, of none ${wrong} (all with all took ${exact.seconds.toFixed(0)} s)`,
  );
}

/** `1,999 of 2,000 (0.9995)`. */
function recall(found: ReadonlySet<string>, wanted: readonly KnownPair[]): string {
  const hits = wanted.filter((pair) => found.has(nameOfPair(pair))).length;
  return `${hits.toLocaleString('en')} of ${wanted.length.toLocaleString('en')} (${(hits / wanted.length).toFixed(4)})`;
}

/** Slope from one to the other, both on logarithmic scales. */
function exponentOf(from: Cost, to: Cost): number {
  return Math.log(to.cpuSeconds / from.cpuSeconds) / Math.log(to.count / from.count);
}
