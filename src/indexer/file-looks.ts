import { lstat, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { type FileLook, lookOf } from './file-look.ts';
import { LookThread } from './look-thread.ts';
import { kindOfPacked, unpackedLooks, unpackLook } from './packed-looks.ts';

/** What is at a path, or the error of whoever looked. */
export type LookAnswer = { readonly look: FileLook } | { readonly error: unknown };

/** What names of one folder answered. */
export interface LookAnswers {
  /** See packLook. */
  readonly packed: Float64Array;
  /** What cannot be packed, and what could not be looked at, by its place among the names. */
  readonly others: ReadonlyMap<number, LookAnswer>;
}

export function answerAt({ packed, others }: LookAnswers, at: number): LookAnswer {
  return others.get(at) ?? { look: unpackLook(packed, at) as FileLook };
}

/** Looks that wait for the disk side by side. */
const SIDE_BY_SIDE = 64;

/** Looks that a thread is given at once. */
const IN_THREAD = 1_000;

/** What a thread is to have before it asks for more. */
const CALLS_A_THREAD = 2;

/** More than two have nothing to do: listing and comparing are slower then. */
const THREADS = Math.min(2, availableParallelism());

/** So many looks are made before a thread is started for more: starting it takes as long as these. */
const BEFORE_THREAD = 600;

/** Looks side by side before the threads have another try. */
const BEFORE_NEXT_TRY = 8_000;

/**
 * Looks at many files. What the system has in memory, threads ask for file by file; while the answers take long,
 * several are waited for together.
 */
export class FileLooks {
  readonly #followsLinks: boolean;
  readonly #threads: LookThread[] = [];
  /** Looks side by side until the threads are used. */
  #left = BEFORE_THREAD;

  constructor(followsLinks: boolean) {
    this.#followsLinks = followsLinks;
  }

  /** Told that so many names are about to be asked about. */
  expect(names: number): void {
    if (names > this.#left && this.#threads.length === 0) {
      this.#left = 0;
      this.#start();
    }
  }

  /** How many paths are best asked about at once now. */
  get atOnce(): number {
    return this.#usesThreads ? IN_THREAD : SIDE_BY_SIDE;
  }

  /** How often asking for more, while answers are waited for or used, saves time. */
  get callsAhead(): number {
    return this.#usesThreads ? THREADS * CALLS_A_THREAD : 0;
  }

  get #usesThreads(): boolean {
    return this.#left <= 0;
  }

  /**
   * @param before path of a folder, with a separator at its end
   * @param names in it
   */
  async at(before: string, names: readonly string[]): Promise<LookAnswers> {
    if (this.#usesThreads) {
      return this.#inThread(before, names);
    }
    this.#left -= names.length;
    const answers = await Promise.all(names.map((name) => this.#lookAt(before + name)));
    return { packed: unpackedLooks(0), others: new Map(answers.entries()) };
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  /** What the thread could not say is asked again here, where errors can be told; all of it when it has ended. */
  async #inThread(before: string, names: readonly string[]): Promise<LookAnswers> {
    const packed = await this.#packedInThread(before, names);
    const others = new Map<number, LookAnswer>();
    const left = [...names.keys()].filter((at) => kindOfPacked(packed, at) === undefined);
    for (let done = 0; done < left.length; done += SIDE_BY_SIDE) {
      const places = left.slice(done, done + SIDE_BY_SIDE);
      const answers = await Promise.all(places.map((at) => this.#lookAt(before + names[at])));
      for (const [i, at] of places.entries()) {
        others.set(at, answers[i] as LookAnswer);
      }
    }
    return { packed, others };
  }

  async #packedInThread(before: string, names: readonly string[]): Promise<Float64Array> {
    try {
      const { packed, isSlow } = await this.#leastBusy().look(before, names);
      if (isSlow) {
        this.#left = BEFORE_NEXT_TRY;
      }
      return packed;
    } catch {
      this.#left = Number.POSITIVE_INFINITY;
      return unpackedLooks(names.length);
    }
  }

  /** Another thread is started when those that are there have something to do. */
  #leastBusy(): LookThread {
    if (this.#threads.every(({ waiting }) => waiting > 0) && this.#threads.length < THREADS) {
      this.#start();
    }
    return this.#threads.reduce((best, thread) => (thread.waiting < best.waiting ? thread : best));
  }

  #start(): void {
    this.#threads.push(new LookThread(this.#followsLinks));
  }

  async #lookAt(path: string): Promise<LookAnswer> {
    try {
      return { look: lookOf(await (this.#followsLinks ? stat : lstat)(path, { bigint: true })) };
    } catch (error) {
      return { error };
    }
  }
}
