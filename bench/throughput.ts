import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchOptions } from './bench-options.ts';
import { copyLibrary, largeLibrary } from './large-library.ts';
import { measureLimit } from './measure-limit.ts';
import { type PictureSet, pictureSet } from './picture-sets.ts';
import { measureProgram } from './program-rate.ts';
import { runAlone } from './run-alone.ts';
import { tellRound, tellRounds } from './tell-throughput.ts';
import type { ThroughputRound } from './throughput-round.ts';

/**
 * Pictures a second of the whole program, over an empty and a large library, beside what the libraries alone would
 * allow in the same minutes and beside transformers.js; in rounds, so that a drifting machine shows.
 */
export async function benchThroughput(options: BenchOptions): Promise<void> {
  const { say, rounds, sets } = options;
  say(`\nThroughput: ${availableParallelism()} cores, ${rounds} rounds`);
  for (const name of sets) {
    const set = await pictureSet(name, say);
    if (set !== null) {
      const files = set.files.slice(0, options.pictures);
      await benchSet({ ...set, files }, options);
    }
  }
}

async function benchSet(set: PictureSet, { say, rounds, isJson }: BenchOptions): Promise<void> {
  say(`\n${set.name}: ${set.files.length} pictures; ${set.title}`);
  const large = await largeLibrary(say);
  const done: ThroughputRound[] = [];
  for (let round = 1; round <= rounds; round++) {
    const measured = measureRound(set, large);
    done.push(measured);
    tellRound({ set: set.name, pictures: set.files.length, round, ...measured }, isJson);
  }
  tellRounds(done, say);
}

/** Everything in turns, in a folder that is removed. */
function measureRound({ files, format }: PictureSet, large: string): ThroughputRound {
  const folder = mkdtempSync(join(tmpdir(), 'eidetic-bench-'));
  try {
    const list = join(folder, 'list');
    writeFileSync(list, files.join('\n'));
    const listed = { list, pictures: files.length, format };
    const limit = measureLimit(list, format);
    const empty = measureProgram(listed, join(folder, 'empty'));
    copyLibrary(large, join(folder, 'large'));
    const into100k = measureProgram(listed, join(folder, 'large'));
    rmSync(join(folder, 'large'), { recursive: true });
    copyLibrary(large, join(folder, 'inserting'));
    const insertions = runAlone<ThroughputRound['insertions']>('./insert-alone.js', [
      join(folder, 'inserting'),
      String(files.length),
    ]);
    // transformers.js decodes with sharp, which cannot decode HEIC.
    const peer =
      format === 'heic'
        ? null
        : files.length / runAlone<{ seconds: number }>('./peer-transformers.js', [list]).seconds;
    return { limit, empty, large: into100k, insertions, peer };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
