import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawNumbered } from '../test/support/picture-folder.ts';
import { serveEidetic } from '../test/support/serve-eidetic.ts';
import { makeSyntheticLibrary } from '../test/support/synthetic-library.ts';
import type { BenchOptions } from './bench-options.ts';

const PICTURES = 1_000;
const SEED = 1;
const SEARCHES = 100;
/** Searches in flight: what a few people at once make. */
const AT_ONCE = 2;
const DRAWING = 'test/fixtures/faults/slow.svg';
const DRAWINGS = 2;

/**
 * How long searches by JPEG take over HTTP, alone and while somebody else searches by drawings that take a minute each;
 * the load comes from the same cores.
 */
export async function benchSlowDrawings({ rounds }: BenchOptions): Promise<void> {
  const library = await mkdtemp(join(tmpdir(), 'eidetic-bench-'));
  await makeSyntheticLibrary(library, PICTURES, SEED);
  const server = await serveEidetic(library);
  const jpegs = await Promise.all(
    Array.from({ length: 20 }, (_, n) => drawNumbered(n, 640).jpeg().toBuffer()),
  );
  const search = async (body: Uint8Array, type: string, signal?: AbortSignal) => {
    const response = await fetch(`${server.address}/v1/search?limit=10`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
      signal: signal ?? null,
    });
    await response.arrayBuffer();
    return response.status;
  };
  const times = async () => {
    const taken: number[] = [];
    let next = 0;
    const one = async () => {
      while (next < SEARCHES) {
        const body = jpegs[next++ % jpegs.length] as Uint8Array;
        const startedAt = performance.now();
        if ((await search(body, 'image/jpeg')) !== 200) {
          throw new Error('a search by JPEG was refused');
        }
        taken.push(performance.now() - startedAt);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
    return taken.sort((a, b) => a - b);
  };
  console.log(`\nSlow drawings: ${SEARCHES} searches by JPEG (640 pixels), ${AT_ONCE} at once, over HTTP`);
  console.log('round                        p50      p95     most');
  await times();
  for (let round = 1; round <= rounds; round++) {
    tell(round, 'alone', await times());
    const leaving = new AbortController();
    const drawing = readFileSync(DRAWING);
    const drawn = Array.from({ length: DRAWINGS }, () =>
      search(drawing, 'image/svg+xml', leaving.signal).catch(() => 'left'),
    );
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    tell(round, `beside ${DRAWINGS} drawings`, await times());
    leaving.abort();
    await Promise.all(drawn);
  }
  await server.stop();
  rmSync(library, { recursive: true });
}

function tell(round: number, name: string, times: readonly number[]): void {
  const at = (share: number) => `${(times[Math.floor((times.length - 1) * share)] as number).toFixed(0)} ms`;
  console.log(
    `${String(round).padStart(5)}  ${name.padEnd(20)}${[0.5, 0.95, 1].map((share) => at(share).padStart(9)).join('')}`,
  );
}
