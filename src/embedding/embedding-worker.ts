import { parentPort, workerData } from 'node:worker_threads';
import type { PictureFacts } from '../domain/picture.ts';
import { toThreadError } from '../domain/thread-error.ts';
import { listenToDecoderWarnings } from '../imaging/decoder-warnings.ts';
import { giveWay } from '../imaging/give-way.ts';
import { preparePicture } from '../imaging/prepare-picture.ts';
import { UndecidedPicture } from '../imaging/undecided-picture.ts';
import { openModelSessions } from './model-sessions.ts';
import { WarningCount } from './warning-count.ts';
import type { WorkerReply, WorkerRequest, WorkerSetup, WorkerTask } from './worker-messages.ts';
import { refusalOf } from './worker-refusal.ts';

// Entry of a worker thread: decodes pictures (sharp runs on libuv's threads, so the next ones decode while this
// thread is inside a forward pass) and embeds them one by one.

if (parentPort === null) {
  throw new Error('embedding-worker runs as a worker thread only');
}
const port = parentPort;
const { models, limits, threads, device, givesWay, warnings } = workerData as WorkerSetup;
// Forward passes fill every core; a thread that answers requests must not queue behind them. Only on Linux is a priority
// a thread's own; once lowered, it cannot be raised again.
if (givesWay && process.platform === 'linux') {
  giveWay(0, 10);
}
const warningCount = new WarningCount(warnings);
listenToDecoderWarnings(() => warningCount.add());
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
    void answer(request.id, request);
  }
});

// A picture that was lost on the way here would be waited for without end. So this thread ends with an error, once its
// models are loaded: they are not what is wrong.
port.on('messageerror', (error) => {
  void opening.then(() => {
    throw error;
  });
});

function send(reply: WorkerReply): void {
  port.postMessage(reply);
}

async function answer(id: number, task: WorkerTask): Promise<void> {
  const sessions = await opening.catch(() => null);
  if (sessions === null) {
    return;
  }
  try {
    const warningsBefore = warningCount.now;
    const { facts, inputs, decodeMs } = await prepare(task);
    const { descriptors, inferenceMs } = await sessions.embed(inputs);
    // Looked at after the forward pass: another thread may be a moment late to tell what it heard.
    if ('bytes' in task && warningCount.now !== warningsBefore) {
      throw new UndecidedPicture();
    }
    send({ id, embedded: { facts, descriptors, times: { decodeMs, inferenceMs } } });
  } catch (error) {
    if (error instanceof UndecidedPicture && 'bytes' in task) {
      send({ id, undecided: task.bytes });
    } else {
      send({ id, failure: toThreadError(refusalOf(error)) });
    }
  }
}

async function prepare(task: WorkerTask): Promise<{
  readonly facts: PictureFacts | null;
  readonly inputs: readonly Float32Array[];
  readonly decodeMs: number;
}> {
  if ('inputs' in task) {
    return { facts: null, inputs: task.inputs, decodeMs: 0 };
  }
  const startedAt = performance.now();
  const prepared = await preparePicture(task.bytes, recipes, limits, task.region, 'shared');
  return { ...prepared, decodeMs: performance.now() - startedAt };
}

async function close(): Promise<void> {
  await opening.then((sessions) => sessions.release()).catch(() => {});
  port.close();
}
