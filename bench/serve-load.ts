import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { resolveConfig } from '../src/config.ts';
import { Engine } from '../src/engine/engine.ts';
import { hnswStore } from '../src/vector-index/hnsw-store.ts';
import { drawNumbered } from '../test/support/picture-folder.ts';
import { seededRandom } from '../test/support/seeded-random.ts';
import { type ServedLibrary, serveEidetic } from '../test/support/serve-eidetic.ts';
import { describeMachine } from './machine.ts';
import { makeSyntheticLibrary } from './synthetic-library.ts';

// node dist/bench/serve-load.js [--pictures 100000] [--seconds 10] [--overload 300] [--library FOLDER]
// Load from another process on loopback: by id beside the index alone, by upload beside inference alone, and, when
// asked, twice the capacity for a while.

const SEED = 1;
const LIMIT = 10;
const QUEUE = 64;

const { values: flags } = parseArgs({
  options: {
    pictures: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '10' },
    overload: { type: 'string', default: '0' },
    library: { type: 'string' },
  },
});
const pictures = Number(flags.pictures);
const seconds = Number(flags.seconds);
const library = flags.library ?? join('data', `load-${pictures}`);
const config = resolveConfig({ library }, {});

console.log(describeMachine());
await makeSyntheticLibrary(library, pictures, SEED);
const alone = await measureAlone();
const server = await serveEidetic(library, ['--queue', String(QUEUE)]);
try {
  await loadById(server, alone.byIdMs);
  await loadByUpload(server, alone.perSecond);
  if (Number(flags.overload) > 0) {
    await overload(server, Number(flags.overload), alone.perSecond);
  }
} finally {
  await server.stop();
}

/** The index and the model without a server around them, in this process. */
async function measureAlone(): Promise<{ byIdMs: number[]; perSecond: number }> {
  const silent = { debug() {}, info() {}, warn() {}, error() {} };
  const engine = await Engine.open(config, silent);
  const { key, manifest } = engine.model;
  const stamp = { modelKey: key, space: 'similar', dimensions: manifest.dimensions } as const;
  const generation = await engine.catalog.generation();
  const loaded = await hnswStore(join(library, 'indexes')).load({ ...stamp, generation });
  if (!('index' in loaded)) {
    throw new Error(loaded.unusable);
  }
  const random = seededRandom(SEED);
  const byIdMs: number[] = [];
  for (let n = 0; n < 3_000; n++) {
    const query = await engine.embeddingOf(1 + Math.floor(random() * pictures));
    const startedAt = performance.now();
    await loaded.index.nearest(query, LIMIT);
    byIdMs.push(performance.now() - startedAt);
  }
  const bytes = await drawUploads();
  const startedAt = performance.now();
  let done = 0;
  while (performance.now() - startedAt < seconds * 1_000) {
    await Promise.all(
      Array.from({ length: engine.describesAtOnce }, () =>
        engine.describe(new Uint8Array(bytes[done++ % bytes.length] as Buffer)),
      ),
    );
  }
  const perSecond = (done / (performance.now() - startedAt)) * 1_000;
  await engine.close();
  return { byIdMs, perSecond };
}

async function loadById({ address }: ServedLibrary, aloneMs: readonly number[]): Promise<void> {
  const random = seededRandom(SEED);
  const requests = Array.from({ length: 2_000 }, () => ({
    method: 'GET',
    path: `/v1/pictures/${1 + Math.floor(random() * pictures)}/similar?limit=${LIMIT}`,
  }));
  const [p50, p99] = [quantile(aloneMs, 0.5), quantile(aloneMs, 0.99)];
  console.log(`index alone, ${pictures} pictures: p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`);
  // autocannon's own histogram counts whole milliseconds.
  const times: number[] = [];
  for (const { path } of requests) {
    const startedAt = performance.now();
    await (await fetch(address + path)).arrayBuffer();
    times.push(performance.now() - startedAt);
  }
  const served = quantile(times, 0.5);
  console.log(
    `by id, one after the other: p50 ${served.toFixed(2)} ms, p99 ${quantile(times, 0.99).toFixed(2)} ms, ratio at p50 ${(served / p50).toFixed(2)}`,
  );
  for (const connections of [1, 8]) {
    const result = await autocannon({ url: address, connections, duration: seconds, requests });
    console.log(
      `by id, ${connections} connections: ${result.requests.average.toFixed(0)} requests/s, p50 ${result.latency.p50} ms, p99 ${result.latency.p99} ms, ${result.non2xx} refused, ${result.errors} errors`,
    );
  }
}

async function loadByUpload({ address }: ServedLibrary, alonePerSecond: number): Promise<void> {
  const result = await autocannon({
    url: address,
    connections: 8,
    duration: seconds,
    requests: await uploadRequests(),
  });
  const perSecond = result['2xx'] / seconds;
  console.log(
    `by upload: ${perSecond.toFixed(1)}/s beside ${alonePerSecond.toFixed(1)}/s of inference alone (${((100 * perSecond) / alonePerSecond).toFixed(0)} %)`,
  );
}

/** Twice as many pictures as inference alone can do. */
async function overload(
  { address, process: child }: ServedLibrary,
  duration: number,
  alonePerSecond: number,
): Promise<void> {
  const healthMs: number[] = [];
  const residentMb: number[] = [];
  const probe = setInterval(async () => {
    const startedAt = performance.now();
    await (await fetch(`${address}/status/live`)).arrayBuffer();
    healthMs.push(performance.now() - startedAt);
    residentMb.push(residentMegabytes(child.pid ?? 0));
  }, 200);
  const result = await autocannon({
    url: address,
    connections: 2 * QUEUE,
    overallRate: Math.ceil(2 * alonePerSecond),
    duration,
    requests: await uploadRequests(),
  });
  clearInterval(probe);
  const lag = /^nodejs_eventloop_lag_p99_seconds (\S+)/m.exec(
    await (await fetch(`${address}/metrics`)).text(),
  );
  const statuses = Object.entries(result.statusCodeStats).map(
    ([status, { count }]) => `${count} x ${status}`,
  );
  console.log(
    `overload, ${duration} s: ${statuses.join(', ')}, ${result.errors} errors; health p50 ${quantile(healthMs, 0.5).toFixed(1)} ms, p99 ${quantile(healthMs, 0.99).toFixed(1)} ms, most ${Math.max(...healthMs).toFixed(1)} ms; event loop p99 ${lag?.[1]} s; memory ${residentMb[0]} to ${residentMb.at(-1)} MB, most ${Math.max(...residentMb)} MB`,
  );
}

function drawUploads(): Promise<Buffer[]> {
  return Promise.all(Array.from({ length: 20 }, (_, n) => drawNumbered(n, 640).jpeg().toBuffer()));
}

async function uploadRequests() {
  return (await drawUploads()).map((body) => ({
    method: 'POST',
    path: '/v1/search?limit=10',
    headers: { 'content-type': 'image/jpeg' },
    body,
  }));
}

function residentMegabytes(pid: number): number {
  const pages = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(pages ?? 0) / 1_024);
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}
