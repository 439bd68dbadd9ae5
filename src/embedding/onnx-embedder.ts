import { availableParallelism, totalmem } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { DescribedPicture } from '../domain/descriptor.ts';
import type { Device } from '../domain/device.ts';
import type { DecodingCost, DescribeTimes, Embedder } from '../domain/embedder.ts';
import { EideticError } from '../domain/errors.ts';
import type { InputRecipe, InstalledModel } from '../domain/model.ts';
import type { PictureFacts, PictureRegion } from '../domain/picture.ts';
import type { PictureLimits } from '../domain/picture-limits.ts';
import { fromThreadError } from '../domain/thread-error.ts';
import { nameDecoders } from '../imaging/decoders.ts';
import { decodingCost } from '../imaging/decoding-cost.ts';
import { judgeFile } from '../imaging/judge-file.ts';
import { checkFile } from '../imaging/picture-checks.ts';
import { PictureDecoders } from '../imaging/picture-decoders.ts';
import { planWorkers } from './plan-workers.ts';
import { WarningCount } from './warning-count.ts';
import type { Embedded, WorkerReply, WorkerSetup, WorkerTask } from './worker-messages.ts';
import { refuseHeld, refuseStart } from './worker-refusal.ts';

/** Pictures a worker holds at once: one in the forward pass, the others decoding or decoded. */
const PICTURES_PER_WORKER = 3;

/**
 * Starts an embedder over worker threads, each with a session of its own for every model. Workers start when there
 * is work for them. One that ends takes the pictures it held along, which are refused as passing; the next picture
 * starts another.
 * @param models each of another key
 * @param options.onDescribed told of every picture that was described
 * @param options.decoders processes that others use too; none means own ones
 * @param options.givesWay whether the rest of the process goes before it, as what answers requests must
 */
export function startOnnxEmbedder(
  models: readonly InstalledModel[],
  limits: PictureLimits,
  options: EmbedderOptions = {},
): Embedder {
  return new OnnxEmbedder(models, limits, options);
}

const WARNINGS = WarningCount.share();

interface EmbedderOptions {
  readonly device?: Device;
  readonly onDescribed?: (times: DescribeTimes) => void;
  readonly decoders?: PictureDecoders;
  readonly givesWay?: boolean;
}

interface Job {
  readonly task: WorkerTask;
  readonly resolve: (outcome: Embedded | { readonly undecided: Uint8Array }) => void;
  readonly reject: (error: Error) => void;
}

interface RunningWorker {
  readonly worker: Worker;
  readonly jobs: Map<number, Job>;
  /** Whether its models are loaded. */
  isReady: boolean;
}

class OnnxEmbedder implements Embedder {
  readonly models: readonly InstalledModel[];
  readonly parallelism: number;
  readonly decoders = nameDecoders();
  readonly judgeFile = judgeFile;
  readonly #setup: WorkerSetup;
  readonly #recipes: readonly InputRecipe[];
  readonly #decoders: PictureDecoders;
  readonly #onDescribed: (times: DescribeTimes) => void;
  readonly #maxWorkers: number;
  readonly #workers: RunningWorker[] = [];
  readonly #waiting: Job[] = [];
  #nextId = 0;
  #describing = 0;
  #whenIdle: (() => void) | null = null;
  #closing: Promise<void> | null = null;

  constructor(
    models: readonly InstalledModel[],
    limits: PictureLimits,
    { device = 'cpu', onDescribed = () => {}, decoders, givesWay = false }: EmbedderOptions,
  ) {
    const manifests = models.map(({ manifest }) => manifest);
    const machine = { cores: availableParallelism(), memoryBytes: totalmem() };
    const { workers, threads } = planWorkers(manifests, device, machine);
    // As in the program itself, for whoever embeds without it. A worker could not: its environment is a copy.
    process.env['ORT_DISABLE_TELEMETRY'] = '1';
    this.models = models;
    this.#recipes = manifests.map(({ input }) => input);
    this.#decoders = decoders ?? new PictureDecoders({ limits, givesWay });
    this.#onDescribed = onDescribed;
    this.#maxWorkers = workers;
    this.#setup = { models, limits, threads, device, givesWay, warnings: WARNINGS };
    this.parallelism = workers * PICTURES_PER_WORKER;
  }

  async describe(bytes: Uint8Array, region?: PictureRegion, signal?: AbortSignal): Promise<DescribedPicture> {
    if (this.#closing !== null) {
      const message = 'The library is closed and describes no more pictures; open it again.';
      throw new EideticError('CATALOG_CLOSED', message);
    }
    this.#describing++;
    try {
      const { times, ...described } = await this.#describe(bytes, region, signal);
      this.#onDescribed(times);
      return described;
    } finally {
      this.#describing--;
      if (this.#describing === 0) {
        this.#whenIdle?.();
      }
    }
  }

  /** A plain picture is decoded beside others, on the threads that embed; any other in a process of its own. */
  async #describe(
    bytes: Uint8Array,
    region: PictureRegion | undefined,
    signal: AbortSignal | undefined,
  ): Promise<DescribedPicture & { readonly times: DescribeTimes }> {
    if (this.costOf(bytes) !== 'plain') {
      return this.#describeAlone(bytes, region, signal);
    }
    const outcome = await this.#embed({ bytes, region });
    if ('undecided' in outcome) {
      return this.#describeAlone(outcome.undecided, region, signal);
    }
    return { ...outcome, facts: outcome.facts as PictureFacts };
  }

  async #describeAlone(
    bytes: Uint8Array,
    region: PictureRegion | undefined,
    signal: AbortSignal | undefined,
  ): Promise<DescribedPicture & { readonly times: DescribeTimes }> {
    const { facts, inputs, decodeMs } = await this.#decoders.prepare(bytes, this.#recipes, region, signal);
    const { descriptors, times } = (await this.#embed({ inputs })) as Embedded;
    return { facts, descriptors, times: { ...times, decodeMs } };
  }

  #embed(task: WorkerTask): Promise<Embedded | { readonly undecided: Uint8Array }> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ task, resolve, reject });
      this.#assign();
    });
  }

  costOf(bytes: Uint8Array): DecodingCost {
    return decodingCost(bytes, checkFile(bytes, this.#setup.limits));
  }

  close(): Promise<void> {
    this.#closing ??= this.#finish();
    return this.#closing;
  }

  async #finish(): Promise<void> {
    if (this.#describing > 0) {
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

  #assign(): void {
    for (;;) {
      const target = this.#waiting.length > 0 ? this.#leastBusy() : undefined;
      const job = target && this.#waiting.shift();
      if (target === undefined || job === undefined) {
        return;
      }
      const id = this.#nextId++;
      try {
        target.worker.postMessage({ id, ...job.task }, transferable(job.task));
        target.jobs.set(id, job);
      } catch (error) {
        // Bytes that cannot be handed over, such as those of a picture that was described before.
        job.reject(error as Error);
      }
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
    const running: RunningWorker = { worker, jobs: new Map(), isReady: false };
    worker.on('message', (reply: WorkerReply) => this.#hear(running, reply));
    worker.on('error', (error) => this.#lose(running, error));
    worker.on('exit', (code) => this.#lose(running, new Error(`exit code ${code}`)));
    // An answer that cannot be read: nobody knows to which picture, which would be waited for without end.
    worker.on('messageerror', (error) => {
      this.#lose(running, error);
      void worker.terminate();
    });
    this.#workers.push(running);
    return running;
  }

  #hear(running: RunningWorker, reply: WorkerReply): void {
    if ('ready' in reply) {
      running.isReady = true;
    } else if ('unavailable' in reply) {
      this.#remove(running, fromThreadError(reply.unavailable));
    } else {
      this.#settle(running, reply);
    }
  }

  #settle(running: RunningWorker, reply: Extract<WorkerReply, { readonly id: number }>): void {
    const job = running.jobs.get(reply.id);
    running.jobs.delete(reply.id);
    if ('failure' in reply) {
      job?.reject(fromThreadError(reply.failure));
    } else {
      job?.resolve('embedded' in reply ? reply.embedded : reply);
    }
    this.#assign();
  }

  /** Of a worker that ended, whether it was told to or not. */
  #lose(running: RunningWorker, cause: Error): void {
    const manifests = this.models.map(({ manifest }) => manifest);
    this.#remove(running, running.isReady ? refuseHeld(cause) : refuseStart(manifests, cause));
  }

  /** Refuses the pictures that a worker held. Each is gone with it, so there are never more restarts than pictures. */
  #remove(running: RunningWorker, error: Error): void {
    const position = this.#workers.indexOf(running);
    if (position < 0) {
      return;
    }
    this.#workers.splice(position, 1);
    const held = [...running.jobs.values()];
    running.jobs.clear();
    // While no worker could load the models, those that wait would start one after the other to learn the same.
    const canLoad = running.isReady || this.#workers.some(({ isReady }) => isReady);
    const alike = canLoad ? [] : this.#waiting.splice(0);
    for (const job of [...held, ...alike]) {
      job.reject(error);
    }
    this.#assign();
  }
}

/**
 * Moves the memory of what owns all of it; a view into a larger buffer must be copied. Memory that was moved before
 * looks empty, and moving it again would lose the message without an error.
 */
function transferable(task: WorkerTask): ArrayBuffer[] {
  const arrays = 'bytes' in task ? [task.bytes] : task.inputs;
  return arrays.flatMap(({ buffer, byteLength }) =>
    buffer instanceof ArrayBuffer && byteLength > 0 && buffer.byteLength === byteLength ? [buffer] : [],
  );
}
