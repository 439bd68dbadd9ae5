import { availableParallelism } from 'node:os';
import { startCoreThreads } from './core-threads.ts';
import { readList } from './real-photos.ts';
import { timedPass } from './timed-pass.ts';

// Decoding of HEIC with heic-decode alone (sharp's own libheif has no HEVC decoder) and resizing with sharp, a thread a
// core, as JSON like limit-decode. argv: list.

const files = readList(process.argv[2] ?? '');
const cores = availableParallelism();
const threads = startCoreThreads<string>(new URL('./heic-thread.js', import.meta.url), cores);
const free = [...threads.ask];

async function decode(file: string): Promise<void> {
  const ask = free.pop() as (file: string) => Promise<void>;
  await ask(file);
  free.push(ask);
}

const [first = ''] = files;
await Promise.all(threads.ask.map((ask) => ask(first)));
console.log(JSON.stringify([await timedPass(files, cores, decode)]));
await threads.end();
