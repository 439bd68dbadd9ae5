import { lstat, stat } from 'node:fs/promises';
import { type FileLook, lookOf } from './file-look.ts';
import { LookThread } from './look-thread.ts';
import { unpackLook } from './packed-looks.ts';

/** What is at a path, or the error of whoever looked. */
export type LookAnswer = { readonly look: FileLook } | { readonly error: unknown };

/** Looks that wait for the disk side by side. */
const SIDE_BY_SIDE = 64;

/** Looks that a thread is given at once. */
const IN_THREAD = 1_000;

/** So many looks are made before a thread is started for more. */
const BEFORE_THREAD = 2_000;

/** Slower looks wait for a disk or a server: many at once then take less time than one after the other. */
const SLOW_MS = 0.2;

/** Looks side by side before the thread has another try. */
const BEFORE_NEXT_TRY = 8_000;

/**
 * Looks at many files. What the system has in memory, a thread asks for file by file; while the answers take long,
 * several are waited for together.
 */
export class FileLooks {
  readonly #followsLinks: boolean;
  #thread: LookThread | null = null;
  /** Looks side by side until the thread is used. */
  #left = BEFORE_THREAD;

  constructor(followsLinks: boolean) {
    this.#followsLinks = followsLinks;
  }

  /** How many paths are best asked about at once now. */
  get atOnce(): number {
    return this.isAhead ? IN_THREAD : SIDE_BY_SIDE;
  }

  /** Whether asking for the next while these are used saves time. */
  get isAhead(): boolean {
    return this.#left <= 0;
  }

  /**
   * @param before path of a folder, with a separator at its end
   * @param names in it
   * @returns in their order
   */
  async at(before: string, names: readonly string[]): Promise<LookAnswer[]> {
    if (this.#left > 0) {
      this.#left -= names.length;
      return Promise.all(names.map((name) => this.#lookAt(before + name)));
    }
    const packed = await this.#inThread(before, names);
    const answers: LookAnswer[] = [];
    for (const [i, name] of names.entries()) {
      const look = packed && unpackLook(packed, i);
      answers.push(look === null ? await this.#lookAt(before + name) : { look });
    }
    return answers;
  }

  async close(): Promise<void> {
    await this.#thread?.close();
  }

  /** Null when the thread has ended: then all is done without one. */
  async #inThread(before: string, names: readonly string[]): Promise<Float64Array | null> {
    try {
      this.#thread ??= new LookThread(this.#followsLinks);
      const { packed, elapsedMs } = await this.#thread.look(before, names);
      if (elapsedMs > SLOW_MS * names.length) {
        this.#left = BEFORE_NEXT_TRY;
      }
      return packed;
    } catch {
      this.#left = Number.POSITIVE_INFINITY;
      return null;
    }
  }

  async #lookAt(path: string): Promise<LookAnswer> {
    try {
      return { look: lookOf(await (this.#followsLinks ? stat : lstat)(path, { bigint: true })) };
    } catch (error) {
      return { error };
    }
  }
}
