import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { resolveConfig } from '../src/config/resolve-config.ts';
import { openLibrary } from '../src/engine/open-library.ts';
import { drawNumbered } from '../test/support/picture-folder.ts';
import { seededRandom } from '../test/support/seeded-random.ts';
import { type ServedLibrary, serveEidetic } from '../test/support/serve-eidetic.ts';
import { makeSyntheticLibrary } from '../test/support/synthetic-library.ts';
import { probeHealth } from './health-probe.ts';
import { type Load, loadWithWrk } from './load-with-wrk.ts';
import { describeMachine } from './machine.ts';
import { type WorkAlone, workAlone } from './work-alone.ts';

// node dist/bench/serve-load.js [--pictures 100000] [--seconds 10] [--rounds 3] [--overload 300] [--library FOLDER]
// Load from another process on loopback: by id beside hnswlib-node alone, by upload beside inference alone, the two in
// turns, and, when asked, twice the capacity for a while.

const SEED = 1;
const LIMIT = 10;
const QUEUE = 64;
/** Uploads before any is timed, seconds: until then much of the server's code is not compiled to its end. */
const WARM_UP_SECONDS = 30;
/** An overload's connections send once a second; groups of them begin one after the other, within the second. */
const GROUPS = 20;
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

const { values: flags } = parseArgs({
  options: {
    pictures: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    overload: { type: 'string', default: '0' },
    library: { type: 'string' },
  },
});
const pictures = Number(flags.pictures);
const seconds = Number(flags.seconds);
const library = flags.library ?? join('data', `load-${pictures}`);

console.log(describeMachine());
await makeSyntheticLibrary(library, pictures, SEED);
const opened = await openLibrary(resolveConfig({ library }, {}), SILENT);
const alone = workAlone(opened, pictures, LIMIT);
const server = await serveEidetic(library, ['--queue', String(QUEUE)]);
const bodies = await Promise.all(
  Array.from({ length: 20 }, (_, n) => drawNumbered(n, 640).jpeg().toBuffer()),
);
const UPLOADS = bodies.map((body) => ({
  method: 'POST',
  path: '/v1/search?limit=10',
  headers: { 'content-type': 'image/jpeg' },
  body,
}));
try {
  for (let round = 1; round <= Number(flags.rounds); round++) {
    await compareById(server, alone, round);
  }
  await loadWithWrk(server.address, 8, WARM_UP_SECONDS, UPLOADS);
  const capacities: number[] = [];
  for (let round = 1; round <= Number(flags.rounds); round++) {
    capacities.push(await compareByUpload(server, alone));
  }
  if (Number(flags.overload) > 0) {
    await overload(server, Number(flags.overload), Math.max(...capacities));
  }
} finally {
  await server.stop();
  await opened.close();
}

async function compareById({ address }: ServedLibrary, { queryMs }: WorkAlone, round: number): Promise<void> {
  const random = seededRandom(SEED + round);
  const aloneMs = await queryMs(2_000, random);
  const requests = Array.from({ length: 5_000 }, () => ({
    method: 'GET',
    path: `/v1/pictures/${1 + Math.floor(random() * pictures)}/similar?limit=${LIMIT}`,
  }));
  const one = await loadWithWrk(address, 1, seconds, requests);
  const eight = await loadWithWrk(address, 8, seconds, requests);
  const p50 = quantile(aloneMs, 0.5);
  console.log(
    `by id, ${pictures} pictures: hnswlib-node alone p50 ${p50.toFixed(2)} ms, p99 ${quantile(aloneMs, 0.99).toFixed(2)} ms; ` +
      `served on 1 connection ${tell(one)}, ratio at p50 ${(one.p50Ms / p50).toFixed(2)}; on 8 ${tell(eight)}`,
  );
}

/** Returns what inference alone can do, pictures a second. */
async function compareByUpload(
  { address }: ServedLibrary,
  { picturesPerSecond }: WorkAlone,
): Promise<number> {
  const capacity = await picturesPerSecond(bodies, seconds);
  const { perSecond } = await loadWithWrk(address, 8, seconds, UPLOADS);
  console.log(
    `by upload: ${perSecond.toFixed(1)}/s beside ${capacity.toFixed(1)}/s of decoding and inference alone (${((100 * perSecond) / capacity).toFixed(0)} %)`,
  );
  return capacity;
}

/** Twice as many pictures as inference alone can do. */
async function overload(
  { address, process: child }: ServedLibrary,
  duration: number,
  capacity: number,
): Promise<void> {
  const probe = probeHealth(address);
  const residentMb: number[] = [];
  const watch = setInterval(() => residentMb.push(residentMegabytes(child.pid ?? 0)), 1_000);
  const connections = Math.ceil((2 * capacity) / GROUPS);
  const groups = await Promise.all(
    Array.from({ length: GROUPS }, async (_, group) => {
      await setTimeout((group * 1_000) / GROUPS);
      return autocannon({ url: address, connections, connectionRate: 1, duration, requests: UPLOADS });
    }),
  );
  clearInterval(watch);
  const healthMs = await probe.stop();
  const lag = /^nodejs_eventloop_lag_p99_seconds (\S+)/m.exec(
    await (await fetch(`${address}/metrics`)).text(),
  );
  const statuses = new Map<string, number>();
  for (const [status, { count }] of groups.flatMap(({ statusCodeStats }) =>
    Object.entries(statusCodeStats),
  )) {
    statuses.set(status, (statuses.get(status) ?? 0) + count);
  }
  const answers = [...statuses].map(([status, count]) => `${count} x ${status}`);
  const errors = groups.reduce((sum, group) => sum + group.errors, 0);
  console.log(
    `overload, ${duration} s at ${GROUPS * connections}/s: ${answers.join(', ')}, ${errors} errors; ` +
      `health of ${healthMs.length} p50 ${quantile(healthMs, 0.5).toFixed(1)} ms, p99 ${quantile(healthMs, 0.99).toFixed(1)} ms, most ${Math.max(...healthMs).toFixed(1)} ms; ` +
      `event loop p99 ${(1_000 * Number(lag?.[1])).toFixed(1)} ms; memory ${residentMb[0]} to ${residentMb.at(-1)} MB, most ${Math.max(...residentMb)} MB`,
  );
}

function tell({ perSecond, p50Ms, p99Ms, failed }: Load): string {
  const failures = failed === 0 ? '' : `, ${failed} failed`;
  return `${perSecond.toFixed(0)}/s, p50 ${p50Ms.toFixed(2)} ms, p99 ${p99Ms.toFixed(2)} ms${failures}`;
}

function residentMegabytes(pid: number): number {
  const pages = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(pages ?? 0) / 1_024);
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}
