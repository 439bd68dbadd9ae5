import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ONE_SIZE = fileURLToPath(new URL('./index-of-size.js', import.meta.url));
const SIZES = [10_000, 100_000];
const DIMENSIONS = 384;

interface Result {
  readonly insertPerSecond: number;
  readonly recall: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly exactP50Ms: number;
  readonly openMs: number;
  readonly rawMb: number;
  readonly openMb: number;
  readonly peakMb: number;
}

/** Insert rate, recall, latency, opening time and memory of a library of clustered vectors, a process for each size. */
export function benchIndex(): void {
  console.log(
    `\nIndex: ${DIMENSIONS} dimensions, 1 cluster per 25 vectors, seed 7, k = 10, 300 held-out queries`,
  );
  console.log(' vectors  insert/s  recall@10     p50     p95  exact p50   open  raw MB  open MB  peak MB');
  for (const size of SIZES) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [ONE_SIZE, String(size), String(DIMENSIONS)],
      { encoding: 'utf8' },
    );
    if (status !== 0) {
      throw new Error(stderr);
    }
    const r = JSON.parse(stdout) as Result;
    console.log(
      [
        size.toLocaleString('en').padStart(8),
        r.insertPerSecond.toFixed(0).padStart(9),
        r.recall.toFixed(4).padStart(10),
        `${r.p50Ms.toFixed(2)} ms`.padStart(8),
        `${r.p95Ms.toFixed(2)} ms`.padStart(8),
        `${r.exactP50Ms.toFixed(1)} ms`.padStart(9),
        `${(r.openMs / 1_000).toFixed(1)} s`.padStart(6),
        r.rawMb.toFixed(0).padStart(7),
        r.openMb.toFixed(0).padStart(8),
        r.peakMb.toFixed(0).padStart(8),
      ].join(' '),
    );
  }
  console.log(
    'open MB: memory of a process that has only opened the library and searched; peak MB: of the one that built it',
  );
}
