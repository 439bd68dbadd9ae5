import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { DecodingReply, DecodingRequest } from './decoding-protocol.ts';
import { giveWay } from './give-way.ts';

const PROGRAM = fileURLToPath(new URL('./decoding-main.js', import.meta.url));

const WATCH_EVERY_MS = 200;

/** Why there is no answer: it ended, took too long, or took too much memory. */
export type NoAnswer = 'ended' | 'timeout' | 'memory';

/** What one picture may take. */
export interface ProcessBounds {
  readonly timeoutMs: number;
  /** Resident memory of the whole process, watched on Linux. */
  readonly mostBytes: number;
}

/** A running decoding process. It never keeps the thread that started it alive while idle, and ends when that ends. */
export class DecodingProcess {
  readonly #child: ChildProcess;
  #isClosed = false;

  /** @param niceness of the process, 0 (as this one) to 19 (gives way to everything) */
  constructor(niceness: number) {
    this.#child = fork(PROGRAM, {
      serialization: 'advanced',
      // libheif writes its complaints to stdout, where our results go.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [],
    });
    // A failed start shows as a closed channel; without a listener it would end the whole program.
    this.#child.on('error', () => undefined);
    if (this.#child.pid !== undefined) {
      giveWay(this.#child.pid, niceness);
    }
    this.#release();
  }

  get isUsable(): boolean {
    return !this.#isClosed && this.#child.connected;
  }

  /**
   * Has one picture decoded. One call at a time.
   * @returns why there is no answer: close it then
   */
  async ask(
    request: DecodingRequest,
    { timeoutMs, mostBytes }: ProcessBounds,
  ): Promise<DecodingReply | NoAnswer> {
    this.#child.ref();
    this.#child.channel?.ref();
    let timer: NodeJS.Timeout | undefined;
    let watch: NodeJS.Timeout | undefined;
    try {
      return await new Promise((resolve) => {
        this.#child.once('message', (reply) => resolve(reply as DecodingReply));
        this.#child.once('disconnect', () => resolve('ended'));
        timer = setTimeout(() => resolve('timeout'), timeoutMs);
        watch = setInterval(() => {
          void this.#residentBytes().then((bytes) => bytes > mostBytes && resolve('memory'));
        }, WATCH_EVERY_MS);
        this.#child.send(request, (error) => error !== null && resolve('ended'));
      });
    } finally {
      clearTimeout(timer);
      clearInterval(watch);
      this.#child.removeAllListeners('message').removeAllListeners('disconnect');
      this.#release();
    }
  }

  /** Stops it at once, whatever it is doing. */
  close(): void {
    this.#isClosed = true;
    this.#child.kill('SIGKILL');
  }

  /** 0 where nobody tells. */
  async #residentBytes(): Promise<number> {
    const status = await readFile(`/proc/${this.#child.pid}/status`, 'utf8').catch(() => '');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  }

  #release(): void {
    this.#child.unref();
    this.#child.channel?.unref();
  }
}
