import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ApplyReport } from '../src/apply/apply-report.ts';
import { journalPath } from '../src/apply/journal.ts';
import { makeDroppingPlan } from '../test/support/dropping-plan.ts';
import type { BenchOptions } from './bench-options.ts';

const PROGRAM = fileURLToPath(new URL('../test/support/carry-out.js', import.meta.url));
const SIZES = [10_000, 100_000];

/** Time and peak memory of carrying out plans over files of some 100 bytes, and of taking them back. */
export async function benchPlanLarge({ say }: BenchOptions): Promise<void> {
  for (const files of SIZES) {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'eidetic-plan-large-')));
    try {
      mkdirSync(join(folder, 'home'));
      const { path, library, root, header } = makeDroppingPlan(folder, files);
      const run = (...words: readonly string[]) => {
        const start = performance.now();
        const { stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...words], {
          env: { ...process.env, HOME: join(folder, 'home') },
          encoding: 'utf8',
          maxBuffer: 1 << 28,
        });
        if (stdout === '') {
          throw new Error(stderr);
        }
        const { done, left, peakBytes } = JSON.parse(stdout) as ApplyReport & { readonly peakBytes: number };
        const seconds = (performance.now() - start) / 1000;
        return `${done.trash} files, ${left.length} left, ${seconds.toFixed(0)} s, ${(peakBytes / 1e6).toFixed(0)} MB at most`;
      };
      const megabytes = (statSync(path).size / 1e6).toFixed(0);
      say(`a plan of ${files} files (${megabytes} MB): applied: ${run('apply', path, library, root)}`);
      say(`  taken back: ${run('undo', journalPath(library, header.planId))}`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
