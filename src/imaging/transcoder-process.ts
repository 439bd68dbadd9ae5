import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { TranscoderReply, TranscoderRequest } from './transcoder-protocol.ts';

const PROGRAM = fileURLToPath(new URL('./transcoder-main.js', import.meta.url));

/** A running transcoder. It never keeps the thread that started it alive while idle, and ends when that ends. */
export class TranscoderProcess {
  readonly #child: ChildProcess;
  #isClosed = false;

  constructor() {
    this.#child = fork(PROGRAM, {
      serialization: 'advanced',
      // libheif writes its complaints to stdout, where our results go.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [],
    });
    // A failed start shows as a closed channel; without a listener it would end the whole program.
    this.#child.on('error', () => undefined);
    this.#release();
  }

  get isUsable(): boolean {
    return !this.#isClosed && this.#child.connected;
  }

  /**
   * Has one picture transcoded. One call at a time.
   * @returns `ended` when the process stopped instead of answering, `timeout` after `timeoutMs`: close it then
   */
  async ask(request: TranscoderRequest, timeoutMs: number): Promise<TranscoderReply | 'ended' | 'timeout'> {
    this.#child.ref();
    this.#child.channel?.ref();
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise((resolve) => {
        this.#child.once('message', (reply) => resolve(reply as TranscoderReply));
        this.#child.once('disconnect', () => resolve('ended'));
        timer = setTimeout(() => resolve('timeout'), timeoutMs);
        this.#child.send(request, (error) => error !== null && resolve('ended'));
      });
    } finally {
      clearTimeout(timer);
      this.#child.removeAllListeners('message').removeAllListeners('disconnect');
      this.#release();
    }
  }

  /** Stops it at once, whatever it is doing. */
  close(): void {
    this.#isClosed = true;
    this.#child.kill('SIGKILL');
  }

  #release(): void {
    this.#child.unref();
    this.#child.channel?.unref();
  }
}
