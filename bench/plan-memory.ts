import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_PICTURE_LIMITS } from '../src/domain/picture-limits.ts';
import { makePlan } from '../src/indexer/make-plan.ts';
import type { Scan } from '../src/indexer/scan-folder.ts';
import { openSqliteCatalog } from '../src/storage/sqlite-catalog.ts';
import { sqliteLibraryLock } from '../src/storage/sqlite-library-lock.ts';
import { describeMachine } from './machine.ts';

// node dist/bench/plan-memory.js: peak memory of planning a first run over many files, which a scan makes up, against
// a real and empty catalog. Each in a process of its own: with Node's own heap, where garbage may pile up, and with one
// into which no list of the files would go.

const SIZES = [200_000, 1_000_000];
const SMALL_HEAP_MB = 32;
const FILES_IN_FOLDER = 1_000;
const NOWHERE = { identityOf: () => 'disk' };

/** Files in order, as those of a camera: a thousand in each folder. */
function syntheticScan(count: number): Scan {
  return async function* ({ path }, _devices, report) {
    report.onListed(path);
    for (let n = 0; n < count; n++) {
      const folder = `folder ${String(Math.floor(n / FILES_IN_FOLDER)).padStart(5, '0')}`;
      const file = join(path, 'pictures', folder, `IMG_${String(n % FILES_IN_FOLDER).padStart(4, '0')}.jpg`);
      const time = 1_700_000_000_000.123 + n;
      const stamp = { sizeBytes: 3_000_000 + n, modifiedMs: time, changedMs: time, inode: `${n}` };
      yield { path: file, stamp: { path: file, ...stamp, device: 'disk' } };
    }
  };
}

async function planAlone(count: number): Promise<void> {
  const library = mkdtempSync(join(tmpdir(), 'eidetic-bench-'));
  const root = join(library, 'root');
  mkdirSync(root);
  const lock = sqliteLibraryLock(library);
  const catalog = await openSqliteCatalog(join(library, 'catalog.sqlite'), { lock, say() {} });
  const parts = {
    files: catalog.files,
    embedder: { models: [], decoders: 'none' },
    devices: NOWHERE,
    spoolFolder: join(library, 'spool'),
  };
  const request = {
    roots: [root],
    ...{ listed: [], rules: {}, acceptRules: false, force: false, allowEmpty: false },
    libraryFolder: library,
    uploadsFolder: join(library, 'uploads'),
    limits: DEFAULT_PICTURE_LIMITS,
  };
  const beforeMb = process.resourceUsage().maxRSS / 1e3;
  const startedAt = performance.now();
  const never = new AbortController().signal;
  const plan = await makePlan(parts, request, () => {}, never, syntheticScan(count));
  let read = 0;
  for await (const { stamp } of plan.pending) {
    read += stamp.path === '' ? 0 : 1;
  }
  if (read !== count) {
    throw new Error(`planned ${read} files of ${count}`);
  }
  await plan.close();
  await catalog.close();
  rmSync(library, { recursive: true });
  const peakMb = process.resourceUsage().maxRSS / 1e3;
  console.log(JSON.stringify({ beforeMb, peakMb, seconds: (performance.now() - startedAt) / 1_000 }));
}

function planInProcess(count: number, options: readonly string[]): number {
  const script = fileURLToPath(import.meta.url);
  const { status, stdout, stderr } = spawnSync(process.execPath, [...options, script, String(count)], {
    encoding: 'utf8',
  });
  if (status !== 0) {
    throw new Error(stderr);
  }
  const { beforeMb, peakMb, seconds } = JSON.parse(stdout) as Record<
    'beforeMb' | 'peakMb' | 'seconds',
    number
  >;
  console.log(
    `${count.toLocaleString('en')} files: peak ${peakMb.toFixed(0)} MB (${beforeMb.toFixed(0)} MB before), ${seconds.toFixed(1)} s`,
  );
  return peakMb;
}

function compareSizes(title: string, options: readonly string[]): void {
  console.log(title);
  const [small = 1, large = 0] = SIZES.map((count) => planInProcess(count, options));
  console.log(`the larger peak is ${(large / small).toFixed(2)} times the smaller`);
}

const [size] = process.argv.slice(2);
if (size !== undefined) {
  await planAlone(Number(size));
} else {
  console.log(describeMachine());
  compareSizes("Planning with Node's own heap", []);
  compareSizes(`Planning with a heap of ${SMALL_HEAP_MB} MB`, [`--max-old-space-size=${SMALL_HEAP_MB}`]);
}
