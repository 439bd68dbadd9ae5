import { availableParallelism, totalmem } from 'node:os';
import { planWorkers } from '../src/embedding/plan-workers.ts';
import { BUNDLED } from './bundled-model.ts';
import { startCoreThreads } from './core-threads.ts';
import type { ForwardPasses } from './inference-thread.ts';
import { timedPass } from './timed-pass.ts';

// Inference with ONNX Runtime alone, on inputs that are ready: as many sessions as the program has, a thread each, as
// JSON like limit-decode. argv: forward passes of each.

const passes = Number(process.argv[2]);
const machine = { cores: availableParallelism(), memoryBytes: totalmem() };
const { workers, threads: perPass } = planWorkers([BUNDLED], 'cpu', machine);
const sessions = startCoreThreads<ForwardPasses>(new URL('./inference-thread.js', import.meta.url), workers);

await Promise.all(sessions.ask.map((ask) => ask({ passes: 3, threads: perPass })));
const timed = await timedPass(sessions.ask, workers, (ask) => ask({ passes, threads: perPass }));
console.log(JSON.stringify([{ ...timed, pictures: passes * workers }]));
await sessions.end();
