import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { createRandom } from '../src/sample/seeded-random.ts';
import type { BenchOptions } from './bench-options.ts';
import { copySet, readTruth } from './copy-set.ts';
import { findForeignPrograms } from './foreign-edits.ts';
import { inFlight } from './in-flight.ts';
import { keptFolder } from './kept-folder.ts';
import { measureProgram } from './program-rate.ts';
import { realPhotos } from './real-photos.ts';
import { type DuplicatesRun, runDuplicates } from './run-duplicates.ts';
import { measurePhotos, type SizedPhoto } from './tile-photos.ts';

const FILES = 5_000;
const SEED = 1;

/** Pixels of a tile's side. */
const TILE = 250;

/** What is read of a report. */
interface Report {
  readonly pairs: ReadonlyArray<{ readonly relation: string }>;
  readonly copies: { readonly lookedAt: number };
}

/**
 * What looking for copies takes among real files: photos, their edits, and tiles cut out of photos. The second report has
 * the first one's answers from the catalog: what it takes less is what laying over took.
 */
export async function benchCopyFiles({ pictures, say }: BenchOptions): Promise<void> {
  say('\nLooking for copies among real files');
  const programs = findForeignPrograms(say);
  const photos = realPhotos();
  if (programs === null || photos.length === 0) {
    say('SKIPPED: EIDETIC_PHOTOS names no folder of photos, or a program is missing.');
    return;
  }
  const set = await copySet(photos, SEED, programs);
  const edits = readTruth(set).map(({ file }) => join(set, file));
  const most = Math.min(FILES, pictures);
  const tiles = await cutTiles(photos, Math.max(0, most - photos.length - edits.length));
  const files = [...photos, ...edits, ...tiles].slice(0, most);
  say(
    `${files.length} files: photos (${photos.length} at most), edits of 300 of them (${edits.length} at most, those of bench copies, seed ${SEED}) and ${tiles.length} tiles of ${TILE} x ${TILE} pixels cut out of photos (seed ${SEED}).`,
  );
  const folder = mkdtempSync(join(tmpdir(), 'eidetic-bench-'));
  try {
    const list = join(folder, 'list');
    writeFileSync(list, files.join('\n'));
    const library = join(folder, 'library');
    const indexed = measureProgram({ list, pictures: files.length, format: 'jpg' }, library);
    say(
      `  index: ${indexed.rate.toFixed(1)} pictures/s, ${(1_000 * (indexed.cpu ?? Number.NaN)).toFixed(1)} ms of CPU each`,
    );
    const first = await runDuplicates(library, ['--copies']);
    tellRun('first report', first, say);
    const again = await runDuplicates(library, ['--copies']);
    tellRun('second report, with the answers of the first', again, say);
    tellCost(first, again, say);
  } finally {
    rmSync(folder, { recursive: true });
  }
  say(`  load of the machine at the end: ${loadavg()[0]?.toFixed(2)}`);
}

function tellRun(name: string, run: DuplicatesRun, say: (line: string) => void): void {
  say(
    `  ${name}: ${run.seconds.toFixed(1)} s, CPU ${run.cpuSeconds.toFixed(1)} s, peak ${run.peakMb.toFixed(0)} MB, output ${(run.output.length / 1e6).toFixed(1)} MB`,
  );
}

function tellCost(first: DuplicatesRun, again: DuplicatesRun, say: (line: string) => void): void {
  const { pairs, copies } = JSON.parse(first.output.toString()) as Report;
  const cpu = first.cpuSeconds - again.cpuSeconds;
  const wall = first.seconds - again.seconds;
  const counts = new Map<string, number>();
  for (const { relation } of pairs) {
    counts.set(relation, (counts.get(relation) ?? 0) + 1);
  }
  const found = [...counts].map(([relation, count]) => `${count} ${relation}`).join(', ');
  say(
    `  ${copies.lookedAt} pairs looked at: ${((1_000 * cpu) / copies.lookedAt).toFixed(1)} ms of CPU and ${((1_000 * wall) / copies.lookedAt).toFixed(1)} ms on ${availableParallelism()} cores a pair, looking at the pictures included; ${((100 * cpu) / first.cpuSeconds).toFixed(1)} % of the first report's CPU, ${((100 * wall) / first.seconds).toFixed(1)} % of its time. Found: ${found}.`,
  );
}

/** Pieces of photos at their native size, each of another place; made once and kept. */
async function cutTiles(photos: readonly string[], count: number): Promise<string[]> {
  const name = createHash('sha256').update(photos.join('\n')).digest('hex').slice(0, 8);
  const fileOf = (i: number) => `${String(i).padStart(4, '0')}.jpg`;
  const folder = await keptFolder(`copy-tiles-${count}-${name}`, async (made) => {
    const sized = await measurePhotos(photos);
    const all = Array.from({ length: count }, (_, i) => i);
    await inFlight(all, availableParallelism(), async (i) => {
      const random = createRandom(`${SEED}/tile/${i}`);
      const { file, width, height } = random.pick<SizedPhoto>(sized);
      const [left, top] = [random.whole(0, width - TILE), random.whole(0, height - TILE)];
      const tile = sharp(file).extract({ left, top, width: TILE, height: TILE });
      await writeFile(join(made, fileOf(i)), await tile.jpeg({ quality: 90 }).toBuffer());
    });
  });
  return Array.from({ length: count }, (_, i) => join(folder, fileOf(i)));
}
