import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { resolveConfig } from '../src/config/resolve-config.ts';
import { embeddingOf } from '../src/engine/describe-picture.ts';
import type { Library } from '../src/engine/library.ts';
import { openLibrary } from '../src/engine/open-library.ts';
import { searchLibrary } from '../src/engine/search-library.ts';
import { searchPage } from '../src/search/query/search-page.ts';
import { seededRandom } from '../test/support/seeded-random.ts';
import type { BenchOptions } from './bench-options.ts';
import { LARGE, largeLibrary } from './large-library.ts';

const OFFSETS = [0, 500, 1_500, 5_000, 10_000];
const LIMIT = 500;
const QUERIES = 20;
const MOST_FILES = 100;
const SEED = 5;
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
const FILTERS = { 'no filter': {}, 'a filter that all pass': { formats: ['jpeg' as const] } };

/** Where a walk through pages ends, and how many hits each has. */
const WALK = 4_000;
const STEP = 200;

/** What a page of 500 hits costs by where it begins, and how long it keeps the event loop, which others wait for. */
export async function benchDeepPages({ say }: BenchOptions): Promise<void> {
  const folder = await largeLibrary(say);
  const library = await openLibrary(resolveConfig({ library: folder }, {}), SILENT);
  try {
    const { similar } = library.spaces;
    await similar.index.opened();
    for (const [name, filter] of Object.entries(FILTERS)) {
      for (const offset of OFFSETS) {
        const random = seededRandom(SEED);
        const times: number[] = [];
        const delays = monitorEventLoopDelay({ resolution: 1 });
        delays.enable();
        for (let query = 0; query < QUERIES; query++) {
          const id = 1 + Math.floor(random() * LARGE);
          const embedding = await embeddingOf(library, similar.space, id);
          const began = performance.now();
          await searchPage(
            (options) => searchLibrary(library, similar, embedding, { ...options, mostFiles: MOST_FILES }),
            {
              ...{ limit: LIMIT, offset, minSimilarity: -1, filter, without: [id] },
              signal: new AbortController().signal,
            },
          );
          times.push(performance.now() - began);
          await setTimeout(5);
        }
        delays.disable();
        times.sort((a, b) => a - b);
        const [p50, most] = [times[QUERIES / 2], times.at(-1)];
        say(
          `${name}, offset ${offset}: p50 ${p50?.toFixed(0)} ms, most ${most?.toFixed(0)} ms; event loop held ${(delays.max / 1e6).toFixed(0)} ms at most`,
        );
      }
    }
    say(await tellRepeated(library));
  } finally {
    await library.close();
  }
}

/** How many hits a walk through pages tells twice, and so never tells as many others. */
async function tellRepeated(library: Library): Promise<string> {
  const { similar } = library.spaces;
  const random = seededRandom(SEED);
  let repeated = 0;
  const walks = 5;
  for (let walk = 0; walk < walks; walk++) {
    const embedding = await embeddingOf(library, similar.space, 1 + Math.floor(random() * LARGE));
    const told: number[] = [];
    for (let offset = 0; offset < WALK; offset += STEP) {
      const options = { limit: STEP, offset, minSimilarity: -1, filter: {}, mostFiles: 1 };
      told.push(
        ...(await searchLibrary(library, similar, embedding, options)).map(({ picture }) => picture.id),
      );
    }
    repeated += told.length - new Set(told).size;
  }
  return `${WALK} hits in pages of ${STEP}: ${repeated / walks} of them told twice, in the mean of ${walks} queries`;
}
