import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { PictureRegion } from '../domain/picture.ts';
import { toThreadError } from '../domain/thread-error.ts';
import { preparePicture } from '../imaging/prepare-picture.ts';
import { openModelSessions } from './model-sessions.ts';
import type { WorkerReply, WorkerRequest, WorkerSetup } from './worker-messages.ts';
import { refusalOf } from './worker-refusal.ts';

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
const { models, limits, threads, device } = workerData as WorkerSetup;
const recipes = models.map(({ manifest }) => manifest.input);
const opening = openModelSessions(models, threads, device);
opening.then(
  () => send({ ready: true }),
  (error: unknown) => {
    send({ unavailable: toThreadError(error) });
    port.close();
  },
);

port.on('message', (request: WorkerRequest) => {
  if ('close' in request) {
    void close();
  } else {
    void answer(request.id, request.bytes, request.region);
  }
});

function send(reply: WorkerReply, moved: readonly ArrayBuffer[] = []): void {
  port.postMessage(reply, moved);
}

async function answer(id: number, bytes: Uint8Array, region: PictureRegion | undefined): Promise<void> {
  const sessions = await opening.catch(() => null);
  if (sessions === null) {
    return;
  }
  try {
    const startedAt = performance.now();
    const { facts, inputs } = await preparePicture(bytes, recipes, limits, region);
    const decodeMs = performance.now() - startedAt;
    const { descriptors, inferenceMs } = await sessions.embed(inputs);
    const vectors = Object.values(descriptors).flatMap((descriptor) => Object.values(descriptor));
    send(
      { id, described: { facts, descriptors }, times: { decodeMs, inferenceMs } },
      vectors.map(({ unit }) => unit.buffer as ArrayBuffer),
    );
  } catch (error) {
    send({ id, failure: toThreadError(refusalOf(error)) });
  }
}

async function close(): Promise<void> {
  await opening.then((sessions) => sessions.release()).catch(() => {});
  port.close();
}
