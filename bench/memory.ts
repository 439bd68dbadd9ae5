import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runEidetic } from '../test/support/run-eidetic.ts';
import type { BenchOptions } from './bench-options.ts';
import { type Making, makePictures } from './picture-sets.ts';
import { type TreePeak, watchTree } from './process-tree.ts';
import { realPhotos } from './real-photos.ts';
import { describeSpread } from './spread.ts';

const PICTURES: readonly Making[] = [
  { name: 'one-jpeg12', format: 'jpg', width: 4_000, height: 3_000, count: 1 },
  { name: 'one-jpeg24', format: 'jpg', width: 6_000, height: 4_000, count: 1 },
  { name: 'one-jpeg100', format: 'jpg', width: 10_000, height: 10_000, count: 1 },
  { name: 'one-png12', format: 'png', width: 4_000, height: 3_000, count: 1 },
  { name: 'one-png24', format: 'png', width: 6_000, height: 4_000, count: 1 },
  { name: 'one-png100', format: 'png', width: 10_000, height: 10_000, count: 1 },
  { name: 'one-heic12', format: 'heic', width: 4_000, height: 3_000, count: 1 },
];

/**
 * Peak memory of an index run over one picture, of its whole process tree, since some decoders run in children: beside
 * that of a run over a small photo, which tells what the program takes anyway.
 */
export async function benchMemory({ say, rounds, isJson }: BenchOptions): Promise<void> {
  if (process.platform !== 'linux') {
    say('\nSKIPPED memory: it reads /proc, which only Linux has.');
    return;
  }
  say(`\nMemory of an index run over one picture, ${rounds} rounds; MB, median (least to most)`);
  const [small] = realPhotos();
  if (small !== undefined) {
    tell('a small photo', await peaksOf(small, rounds), isJson);
  }
  for (const making of PICTURES) {
    const [file] = (await makePictures(making, say)) ?? [];
    if (file !== undefined) {
      const megapixels = (making.width * making.height) / 1e6;
      tell(`${megapixels} MP ${making.format}`, await peaksOf(file, rounds), isJson);
    }
  }
  say(
    "sum of peaks: of each process's own peak (VmHWM); at once: largest sum at one moment (VmRSS), sampled",
  );
}

async function peaksOf(file: string, rounds: number): Promise<TreePeak[]> {
  const peaks: TreePeak[] = [];
  for (let round = 0; round < rounds; round++) {
    const library = mkdtempSync(join(tmpdir(), 'eidetic-bench-'));
    let watching: Promise<TreePeak> | undefined;
    const { exitCode, stderr } = await runEidetic(['index', file, '--library', library], {
      onStart: ({ pid }) => {
        watching = watchTree(pid as number);
      },
    });
    rmSync(library, { recursive: true });
    if (exitCode !== 0 || watching === undefined) {
      throw new Error(`eidetic index ${file} ended with ${exitCode}: ${stderr}`);
    }
    peaks.push(await watching);
  }
  return peaks;
}

function tell(title: string, peaks: readonly TreePeak[], isJson: boolean): void {
  if (isJson) {
    console.log(JSON.stringify({ picture: title, peaks }));
    return;
  }
  const spread = (value: (peak: TreePeak) => number) =>
    describeSpread(peaks.map(value), (mb) => mb.toFixed(0)).padEnd(24);
  const processes = Math.max(...peaks.map((peak) => peak.processes));
  console.log(
    `  ${title.padEnd(14)} sum of peaks ${spread(({ sumOfPeaksMb }) => sumOfPeaksMb)} at once ${spread(({ peakOfSumsMb }) => peakOfSumsMb)} ${processes} processes`,
  );
}
