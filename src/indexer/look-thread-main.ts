import { lstatSync, statSync } from 'node:fs';
import { sep } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { LookReply, LookRequest, LookSetup } from './look-thread.ts';
import { packLook, unpackedLooks } from './packed-looks.ts';

// Entry of a worker thread: looks at one file after the other, and waits for each. Where the system has the answer in
// memory that takes a quarter of what asking and being called back takes.

if (parentPort === null) {
  throw new Error('look-thread-main runs as a worker thread only');
}
const port = parentPort;

const lookAt = (workerData as LookSetup).followsLinks ? statSync : lstatSync;

port.on('message', ({ before, names }: LookRequest) => {
  const paths = names.split(sep).map((name) => before + name);
  const packed = unpackedLooks(paths.length);
  const startedAt = performance.now();
  for (const [i, path] of paths.entries()) {
    try {
      packLook(lookAt(path), packed, i);
    } catch {
      // Whoever asked looks again, and meets the error where it can be told.
    }
  }
  const reply: LookReply = { packed, elapsedMs: performance.now() - startedAt };
  port.postMessage(reply, [packed.buffer]);
});
