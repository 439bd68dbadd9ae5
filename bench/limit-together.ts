import { availableParallelism, totalmem } from 'node:os';
import { planWorkers } from '../src/embedding/plan-workers.ts';
import { BUNDLED } from './bundled-model.ts';
import { startCoreThreads } from './core-threads.ts';
import { readList } from './real-photos.ts';
import { type TimedPass, timedPass } from './timed-pass.ts';
import type { Share } from './together-thread.ts';

// Decoding with sharp and inference with ONNX Runtime side by side in one process, without any code of ours: as many
// sessions as the program has, a thread each, which decodes ahead while it infers. What the two cost each other (caches,
// memory, cores) is in it; files, hashes, catalog and index are not. As JSON like limit-decode, with several numbers in
// flight of each thread. argv: list.

const files = readList(process.argv[2] ?? '');
const machine = { cores: availableParallelism(), memoryBytes: totalmem() };
const { workers, threads } = planWorkers([BUNDLED], 'cpu', machine);
const sessions = startCoreThreads<Share>(new URL('./together-thread.js', import.meta.url), workers);
const shares = sessions.ask.map((ask, nth) => ({
  ask,
  files: files.filter((_, at) => at % workers === nth),
}));

await Promise.all(shares.map((share) => share.ask({ files: share.files.slice(0, 3), inFlight: 1, threads })));
const passes: TimedPass[] = [];
for (const inFlight of [2, 3]) {
  const timed = await timedPass(shares, workers, (share) =>
    share.ask({ files: share.files, inFlight, threads }),
  );
  passes.push({ ...timed, inFlight, pictures: files.length });
}
console.log(JSON.stringify(passes));
await sessions.end();
