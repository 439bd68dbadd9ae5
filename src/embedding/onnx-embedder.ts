import { availableParallelism, totalmem } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { DescribedPicture } from '../domain/descriptor.ts';
import type { Device } from '../domain/device.ts';
import type { DescribeTimes, Embedder } from '../domain/embedder.ts';
import type { InstalledModel } from '../domain/model.ts';
import type { PictureRegion } from '../domain/picture.ts';
import type { PictureLimits } from '../domain/picture-limits.ts';
import { fromThreadError } from '../domain/thread-error.ts';
import type { WorkerReply, WorkerSetup } from './worker-messages.ts';

/** Pictures a worker holds at once: one in the forward pass, the others decoding or decoded. */
const PICTURES_PER_WORKER = 3;

/** Weights, their optimized copy and the arena of activations, as a multiple of the ONNX file (measured: 2 to 3). */
const MEMORY_PER_FILE_BYTE = 3;

/**
 * Starts an embedder over worker threads, each with a session of its own: small models gain little from several
 * threads in one forward pass, and everything from several passes side by side.
 * Workers start when there is work for them.
 * @param onDescribed told of every picture that was described
 */
export function startOnnxEmbedder(
  model: InstalledModel,
  limits: PictureLimits,
  device: Device = 'cpu',
  onDescribed: (times: DescribeTimes) => void = () => {},
): Embedder {
  return new OnnxEmbedder(model, limits, device, onDescribed);
}

interface Job {
  readonly bytes: Uint8Array;
  readonly region: PictureRegion | undefined;
  readonly resolve: (described: DescribedPicture) => void;
  readonly reject: (error: Error) => void;
}

interface RunningWorker {
  readonly worker: Worker;
  readonly jobs: Map<number, Job>;
}

class OnnxEmbedder implements Embedder {
  readonly model: InstalledModel;
  readonly parallelism: number;
  readonly #setup: WorkerSetup;
  readonly #onDescribed: (times: DescribeTimes) => void;
  readonly #maxWorkers: number;
  readonly #workers: RunningWorker[] = [];
  readonly #waiting: Job[] = [];
  #nextId = 0;
  #whenIdle: (() => void) | null = null;
  #closed = false;

  constructor(
    model: InstalledModel,
    limits: PictureLimits,
    device: Device,
    onDescribed: (times: DescribeTimes) => void,
  ) {
    const cores = availableParallelism();
    const { sizeBytes, data = [] } = model.manifest;
    const weightBytes = data.reduce((sum, file) => sum + file.sizeBytes, sizeBytes);
    const thatFit = Math.floor(totalmem() / 4 / (weightBytes * MEMORY_PER_FILE_BYTE));
    this.model = model;
    this.#onDescribed = onDescribed;
    // A graphics card works on one pass at a time, whoever asks; more sessions would only take more of its memory.
    this.#maxWorkers = device === 'cpu' ? Math.max(1, Math.min(cores, thatFit)) : 1;
    this.#setup = { model, limits, threads: Math.max(1, Math.floor(cores / this.#maxWorkers)), device };
    this.parallelism = this.#maxWorkers * PICTURES_PER_WORKER;
  }

  describe(bytes: Uint8Array, region?: PictureRegion): Promise<DescribedPicture> {
    if (this.#closed) {
      return Promise.reject(new Error('the embedder is closed'));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ bytes, region, resolve, reject });
      this.#assign();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#isBusy()) {
      await new Promise<void>((resolve) => {
        this.#whenIdle = resolve;
      });
    }
    await Promise.all(
      this.#workers.map(({ worker }) => {
        const ended = new Promise((resolve) => worker.once('exit', resolve));
        worker.postMessage({ close: true });
        return ended;
      }),
    );
  }

  #isBusy(): boolean {
    return this.#waiting.length > 0 || this.#workers.some((worker) => worker.jobs.size > 0);
  }

  #assign(): void {
    for (;;) {
      const target = this.#waiting.length > 0 ? this.#leastBusy() : undefined;
      const job = target && this.#waiting.shift();
      if (target === undefined || job === undefined) {
        return;
      }
      const id = this.#nextId++;
      target.jobs.set(id, job);
      target.worker.postMessage({ id, bytes: job.bytes, region: job.region }, transferable(job.bytes));
    }
  }

  /** An idle worker, else a new one while there may be more, else the one with the fewest pictures and room. */
  #leastBusy(): RunningWorker | undefined {
    const [least] = [...this.#workers].sort((a, b) => a.jobs.size - b.jobs.size);
    if (least?.jobs.size === 0) {
      return least;
    }
    if (this.#workers.length < this.#maxWorkers) {
      return this.#start();
    }
    return least !== undefined && least.jobs.size < PICTURES_PER_WORKER ? least : undefined;
  }

  #start(): RunningWorker {
    const worker = new Worker(new URL('./embedding-worker.js', import.meta.url), { workerData: this.#setup });
    const running: RunningWorker = { worker, jobs: new Map() };
    worker.on('message', (reply: WorkerReply) => this.#settle(running, reply));
    worker.on('error', (error) => this.#lose(running, error));
    worker.on('exit', (code) =>
      this.#lose(running, new Error(`an embedding worker ended with code ${code}`)),
    );
    this.#workers.push(running);
    return running;
  }

  #settle(running: RunningWorker, reply: WorkerReply): void {
    const job = running.jobs.get(reply.id);
    running.jobs.delete(reply.id);
    if ('described' in reply) {
      this.#onDescribed(reply.times);
      job?.resolve(reply.described);
    } else {
      job?.reject(fromThreadError(reply.failure));
    }
    this.#assign();
    this.#settleIdle();
  }

  #lose(running: RunningWorker, error: Error): void {
    const position = this.#workers.indexOf(running);
    if (position >= 0) {
      this.#workers.splice(position, 1);
    }
    for (const job of running.jobs.values()) {
      job.reject(error);
    }
    running.jobs.clear();
    this.#assign();
    this.#settleIdle();
  }

  #settleIdle(): void {
    if (!this.#isBusy()) {
      this.#whenIdle?.();
    }
  }
}

/** Moves the memory when the bytes own all of it; a view into a larger buffer must be copied. */
function transferable(bytes: Uint8Array): ArrayBuffer[] {
  const { buffer } = bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength ? [buffer] : [];
}
