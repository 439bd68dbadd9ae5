import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toEmbedding } from '../src/domain/embedding.ts';
import type { IndexedFile } from '../src/domain/file-ledger.ts';
import type { ModelManifest } from '../src/domain/model.ts';
import { SpaceIndex } from '../src/search/space-index.ts';
import { openSqliteCatalog } from '../src/storage/sqlite-catalog.ts';
import { sqliteLibraryLock } from '../src/storage/sqlite-library-lock.ts';
import { createExactIndex } from '../src/vector-index/exact-index.ts';
import { hnswIndexCache } from '../src/vector-index/hnsw-index-cache.ts';
import { clusteredVector } from './clustered-vectors.ts';

// Builds a library of so many vectors, measures it, and prints the numbers as JSON; argv: size dimensions.

const OPENER = fileURLToPath(new URL('./open-library.js', import.meta.url));
const MODEL_KEY = 'bench';
const QUERIES = 300;
const K = 10;
const SEED = 7;
const BATCH = 1_000;

const size = Number(process.argv[2]);
const dimensions = Number(process.argv[3]);
const library = mkdtempSync(join(tmpdir(), 'eidetic-bench-'));
const lock = sqliteLibraryLock(library);
const catalog = await openSqliteCatalog(join(library, 'catalog.sqlite'), { lock, say: () => {} });
await catalog.models.add(MODEL_KEY, { id: 'bench', dimensions } as ModelManifest);
const space = await catalog.spaces.put({
  id: 'similar',
  modelKey: MODEL_KEY,
  from: 'cls',
  transform: 'none',
  dimensions,
  metric: 'cosine',
});

function fileOf(n: number): IndexedFile {
  const contentHash = createHash('sha256').update(`${n}`).digest('hex');
  const vector = { unit: clusteredVector(n, dimensions, SEED), norm: null };
  const facts = {
    format: 'jpeg',
    width: 1,
    height: 1,
    pages: 1,
    bitDepth: 8,
    pixelHash: contentHash,
  } as const;
  const unknown = { imageDataHash: null, takenAt: null, camera: null, latitude: null, longitude: null };
  const nobodyLooked = { changedMs: null, inode: null, device: null };
  return {
    stamp: { path: `/bench/${n}.jpg`, sizeBytes: 1, modifiedMs: 1, ...nobodyLooked },
    contentHash,
    described: {
      facts: { ...facts, ...unknown },
      descriptors: { [MODEL_KEY]: { cls: vector, gem: vector } },
    },
  };
}

for (let n = 0; n < size; n += BATCH) {
  const files = Array.from({ length: Math.min(BATCH, size - n) }, (_, i) => fileOf(n + i));
  await catalog.files.commit({ files, failures: [], removed: [] });
}

const { descriptors, libraryId } = catalog;
const cache = hnswIndexCache(join(library, 'indexes'));
const builtAt = performance.now();
const built = await SpaceIndex.open({ descriptors, cache, libraryId, space });
const insertPerSecond = size / ((performance.now() - builtAt) / 1_000);
await built.save();

const exact = createExactIndex(dimensions);
for (let n = 0; n < size; n += BATCH) {
  await exact.upsert(
    Array.from({ length: Math.min(BATCH, size - n) }, (_, i) => ({
      id: n + i + 1,
      embedding: clusteredVector(n + i, dimensions, SEED),
    })),
  );
}
// Held out: between a vector of the library and one that is not in it.
const queries = Array.from({ length: QUERIES }, (_, i) => {
  const member = clusteredVector(Math.floor((i * size) / QUERIES), dimensions, SEED);
  const stranger = clusteredVector(size + i, dimensions, SEED);
  return toEmbedding(member.map((value, d) => value + 0.3 * (stranger[d] as number)));
});
const times: number[] = [];
const exactTimes: number[] = [];
let found = 0;
for (const query of queries) {
  const startedAt = performance.now();
  const answer = await built.index.nearest(query, K);
  times.push(performance.now() - startedAt);
  const exactAt = performance.now();
  const truth = await exact.nearest(query, K);
  exactTimes.push(performance.now() - exactAt);
  const ids = new Set(truth.map(({ id }) => id));
  found += answer.filter(({ id }) => ids.has(id)).length;
}
await catalog.close();

const opened = spawnSync(process.execPath, [OPENER, library], {
  encoding: 'utf8',
});
if (opened.status !== 0) {
  throw new Error(opened.stderr);
}
const { openMs, peakMb } = JSON.parse(opened.stdout) as { openMs: number; peakMb: number };
rmSync(library, { recursive: true });

const percentile = (values: number[], share: number) =>
  values.sort((a, b) => a - b)[Math.floor(values.length * share)];
console.log(
  JSON.stringify({
    insertPerSecond,
    recall: found / (QUERIES * K),
    p50Ms: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
    exactP50Ms: percentile(exactTimes, 0.5),
    openMs,
    rawMb: (size * dimensions * 4) / 1e6,
    openMb: peakMb,
    peakMb: process.resourceUsage().maxRSS / 1e3,
  }),
);
