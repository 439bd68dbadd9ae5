import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchFolder, pictureList } from './picture-list.ts';

const PROGRAM = fileURLToPath(new URL('../src/cli/eidetic.cjs', import.meta.url));
const LIMIT = fileURLToPath(new URL('./throughput-limit.js', import.meta.url));
const PEER = fileURLToPath(new URL('./peer-transformers.js', import.meta.url));

/** Rounds of limit, program and peer in turn; the median round is quoted, so that a drifting machine shows less. */
const ROUNDS = 3;

interface Limit {
  readonly decodeSeconds: number;
  readonly inferenceSeconds: number;
}

/**
 * Pictures per second of the whole program over a folder, beside its limit on this machine in the same minutes
 * (CPU seconds of decoding + CPU seconds of inference, each alone, over the cores) and beside transformers.js.
 */
export async function benchThroughput(): Promise<void> {
  const files = pictureList(await benchFolder());
  const folder = mkdtempSync(join(tmpdir(), 'eidetic-bench-'));
  const list = join(folder, 'list');
  writeFileSync(list, files.join('\n'));
  const cores = availableParallelism();
  console.log(`\nThroughput: ${files.length} pictures, ${cores} cores, ${ROUNDS} rounds`);
  console.log('round  decode CPU  inference CPU  limit/s  program/s  of limit  peer/s  over peer');
  const ratios: Array<{ ofLimit: number; overPeer: number }> = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const limit = run<Limit>(LIMIT, [list]);
    const limitRate = (files.length * cores) / (limit.decodeSeconds + limit.inferenceSeconds);
    const startedAt = performance.now();
    const library = join(folder, `library-${round}`);
    execute(PROGRAM, ['index', '--files-from', list, '--library', library]);
    const programRate = files.length / ((performance.now() - startedAt) / 1_000);
    const peerRate = files.length / run<{ seconds: number }>(PEER, [list]).seconds;
    ratios.push({ ofLimit: programRate / limitRate, overPeer: programRate / peerRate });
    console.log(
      [
        String(round).padStart(5),
        `${limit.decodeSeconds.toFixed(1)} s`.padStart(11),
        `${limit.inferenceSeconds.toFixed(1)} s`.padStart(14),
        limitRate.toFixed(1).padStart(8),
        programRate.toFixed(1).padStart(10),
        `${((programRate / limitRate) * 100).toFixed(0)} %`.padStart(9),
        peerRate.toFixed(1).padStart(7),
        `${(programRate / peerRate).toFixed(2)} x`.padStart(10),
      ].join(' '),
    );
  }
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  console.log(
    `median: ${(median(ratios.map(({ ofLimit }) => ofLimit)) * 100).toFixed(0)} % of the limit, ` +
      `${median(ratios.map(({ overPeer }) => overPeer)).toFixed(2)} times transformers.js`,
  );
  rmSync(folder, { recursive: true });
}

function execute(script: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`${script} ended with ${status}: ${stderr}`);
  }
  return stdout;
}

function run<Result>(script: string, args: readonly string[]): Result {
  return JSON.parse(execute(script, args)) as Result;
}
