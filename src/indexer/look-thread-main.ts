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

/** A thread that others keep from running is not a disk that is slow. */
const PATIENCE_MS = 50;

/** Slower looks wait for a disk or a server: many at once then take less time than one after the other. */
const SLOW_MS = 0.2;

/** Looks between two glances at the clock. */
const BETWEEN_GLANCES = 8;

port.on('message', ({ before, names }: LookRequest) => {
  const paths = names.split(sep).map((name) => before + name);
  const packed = unpackedLooks(paths.length);
  const startedAt = performance.now();
  let isSlow = false;
  for (let i = 0; i < paths.length && !isSlow; i++) {
    try {
      packLook(lookAt(paths[i] as string), packed, i);
    } catch {
      // Whoever asked looks again, and meets the error where it can be told.
    }
    isSlow = i % BETWEEN_GLANCES === 0 && isTooLong(performance.now() - startedAt, i + 1);
  }
  port.postMessage({ packed, isSlow } satisfies LookReply, [packed.buffer]);
});

function isTooLong(elapsedMs: number, looks: number): boolean {
  return elapsedMs > PATIENCE_MS && elapsedMs > looks * SLOW_MS;
}
