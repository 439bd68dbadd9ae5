import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { PictureRegion } from '../domain/picture.ts';
import { toThreadError } from '../domain/thread-error.ts';
import { preparePicture } from '../imaging/prepare-picture.ts';
import { openOnnxSession } from './onnx-session.ts';
import type { WorkerReply, WorkerRequest, WorkerSetup } from './worker-messages.ts';

// Entry of a worker thread: decodes pictures (sharp runs on libuv's threads, so the next ones decode while this
// thread is inside a forward pass) and embeds them one by one.

if (parentPort === null) {
  throw new Error('embedding-worker runs as a worker thread only');
}
const port = parentPort;
// Forward passes fill every core, and what they yield matters seconds later; the thread that answers requests and
// hands out pictures must not queue behind them. Only on Linux is a priority a thread's own.
if (process.platform === 'linux') {
  setPriority(10);
}
const { model, limits, threads, device } = workerData as WorkerSetup;
const session = openOnnxSession(model.folder, model.manifest, threads, device);
// Each picture awaits the session and reports its failure; this only keeps the rejection from ending the process.
session.catch(() => {});

port.on('message', (request: WorkerRequest) => {
  if ('close' in request) {
    void close();
  } else {
    void answer(request.id, request.bytes, request.region);
  }
});

async function answer(id: number, bytes: Uint8Array, region: PictureRegion | undefined): Promise<void> {
  try {
    const { embed } = await session;
    const startedAt = performance.now();
    const { facts, input } = await preparePicture(bytes, model.manifest.input, limits, region);
    const decodedAt = performance.now();
    const [descriptor] = await embed([input]);
    if (descriptor === undefined) {
      throw new Error('one picture in, no descriptor out');
    }
    const times = { decodeMs: decodedAt - startedAt, inferenceMs: performance.now() - decodedAt };
    const reply: WorkerReply = { id, described: { facts, descriptor }, times };
    port.postMessage(reply, [descriptor.cls.buffer as ArrayBuffer, descriptor.gem.buffer as ArrayBuffer]);
  } catch (error) {
    const reply: WorkerReply = { id, failure: toThreadError(error) };
    port.postMessage(reply);
  }
}

async function close(): Promise<void> {
  await session.then((opened) => opened.release()).catch(() => {});
  port.close();
}
