import { Worker } from 'node:worker_threads';
import type { DetailBeside, FinePicture } from './compare-detail.ts';
import type { PageAgreement } from './compare-pages.ts';
import type { PairEvidence } from './compare-views.ts';
import type { ComparingAnswer, ComparingReply, ComparingRequest } from './comparing-protocol.ts';
import type { FractionMap } from './fraction-map.ts';
import type { GrayImage } from './gray-image.ts';
import type { PackedView } from './pack-view.ts';

interface Call {
  readonly request: ComparingRequest;
  readonly resolve: (answer: ComparingAnswer) => void;
  readonly reject: (error: Error) => void;
}

/** Views and compares pictures in threads of its own, which start with the first call; to be closed. */
export class PairComparer {
  /** How many calls are worked on at once; more wait in their order. */
  readonly parallelism: number;
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Call>();
  readonly #waiting: Call[] = [];
  #isClosed = false;

  /** @param parallelism 1 or more */
  constructor(parallelism: number) {
    this.parallelism = parallelism;
  }

  /** See viewPicture. @param rgb not to be used afterwards @throws Error when it is closed */
  async view(rgb: Float32Array, width: number, height: number): Promise<PackedView> {
    return (await this.#ask({ task: 'view', rgb, width, height })) as PackedView;
  }

  /** See compareViews. @throws Error when it is closed */
  async compare(a: PackedView, b: PackedView): Promise<PairEvidence> {
    return (await this.#ask({ task: 'compare', a, b })) as PairEvidence;
  }

  /** See comparePages. @throws Error when it is closed */
  async pages(a: GrayImage, b: GrayImage, map: FractionMap): Promise<PageAgreement> {
    return (await this.#ask({ task: 'pages', a, b, map })) as PageAgreement;
  }

  /** See hasMarks. @throws Error when it is closed */
  async marks(a: PackedView, b: PackedView, map: FractionMap, areWhole: boolean): Promise<boolean> {
    return (await this.#ask({ task: 'marks', a, b, map, areWhole })) as boolean;
  }

  /** See compareDetail. @throws Error when it is closed */
  async detail(large: FinePicture, small: FinePicture): Promise<DetailBeside> {
    return (await this.#ask({ task: 'detail', large, small })) as DetailBeside;
  }

  /** Ends the threads; calls that wait or are worked on fail. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const calls = [...this.#busy.values(), ...this.#waiting.splice(0)];
    const workers = [...this.#idle.splice(0), ...this.#busy.keys()];
    this.#busy.clear();
    for (const { reject } of calls) {
      reject(closed());
    }
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  #ask(request: ComparingRequest): Promise<ComparingAnswer> {
    if (this.#isClosed) {
      return Promise.reject(closed());
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      this.#work();
    });
  }

  #work(): void {
    while (this.#waiting.length > 0) {
      const worker = this.#idle.pop() ?? this.#startOne();
      if (worker === null) {
        return;
      }
      const call = this.#waiting.shift() as Call;
      this.#busy.set(worker, call);
      const { request } = call;
      worker.ref();
      worker.postMessage(request, request.task === 'view' ? [request.rgb.buffer as ArrayBuffer] : []);
    }
  }

  /** Null when as many are at work as may be. */
  #startOne(): Worker | null {
    if (this.#busy.size >= this.parallelism) {
      return null;
    }
    const worker = new Worker(new URL('./comparing-thread-main.js', import.meta.url));
    worker.on('message', (reply: ComparingReply) => {
      worker.unref(); // an idle one keeps no program from ending
      const call = this.#busy.get(worker);
      this.#busy.delete(worker);
      this.#idle.push(worker);
      if (call !== undefined) {
        'error' in reply ? call.reject(reply.error) : call.resolve(reply.answer);
      }
      this.#work();
    });
    worker.on('error', (error) => this.#lose(worker, error));
    worker.on('exit', () => this.#lose(worker, new Error('a thread that compares pictures has ended')));
    return worker;
  }

  /** The call that it worked on fails; the next one starts another. */
  #lose(worker: Worker, error: Error): void {
    const call = this.#busy.get(worker);
    this.#busy.delete(worker);
    const at = this.#idle.indexOf(worker);
    if (at >= 0) {
      this.#idle.splice(at, 1);
    }
    call?.reject(error);
    if (!this.#isClosed) {
      this.#work();
    }
  }
}

function closed(): Error {
  return new Error('the comparing of pictures was closed');
}
