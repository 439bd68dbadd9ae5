import { formatDuration } from './print.ts';
import { showText } from './show-text.ts';

/** What is known of a long piece of work. */
export interface Progress {
  /** What is being done, as in `Embedding`. */
  readonly label: string;
  readonly done: number;
  /** Null while it is not known. */
  readonly total: number | null;
  readonly failed: number;
}

/** Where the line goes; process.stderr fits. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const TERMINAL_EVERY_MS = 100;
const PLAIN_EVERY_MS = 10_000;

/**
 * Shows how a long piece of work goes: one line that is rewritten on a terminal, a plain line every ten seconds
 * elsewhere. Anything else that goes to the same output must go through `say`.
 */
export class ProgressLine {
  readonly #output: ProgressOutput;
  readonly #now: () => number;
  #label = '';
  #startedAt = 0;
  #shownAt = Number.NEGATIVE_INFINITY;
  #isShown = false;

  constructor(output: ProgressOutput, now: () => number = () => performance.now()) {
    this.#output = output;
    this.#now = now;
  }

  update(progress: Progress): void {
    const now = this.#now();
    if (progress.label !== this.#label) {
      this.#label = progress.label;
      this.#startedAt = now;
      this.#shownAt = this.#output.isTTY ? Number.NEGATIVE_INFINITY : now;
    }
    const interval = this.#output.isTTY ? TERMINAL_EVERY_MS : PLAIN_EVERY_MS;
    if (now - this.#shownAt < interval) {
      return;
    }
    this.#shownAt = now;
    const line = showText(formatProgress(progress, now - this.#startedAt));
    if (this.#output.isTTY) {
      this.#output.write(`\r\u001b[K${line.slice(0, (this.#output.columns ?? 80) - 1)}`);
      this.#isShown = true;
    } else {
      this.#output.write(`${line}\n`);
    }
  }

  /** Writes a line of its own above the progress. */
  say(line: string): void {
    this.clear();
    this.#output.write(`${showText(line)}\n`);
  }

  /** Takes the line away, so that results can follow. */
  clear(): void {
    if (this.#isShown) {
      this.#output.write('\r\u001b[K');
      this.#isShown = false;
    }
  }
}

/** `Embedding 120 of 300 (40%), 31.5/s, 6 s left, 2 failed`. */
export function formatProgress({ label, done, total, failed }: Progress, elapsedMs: number): string {
  const format = (n: number) => n.toLocaleString('en');
  const parts = [
    total === null
      ? `${label} ${format(done)}`
      : `${label} ${format(done)} of ${format(total)} (${percent(done, total)}%)`,
  ];
  const perSecond = (done / Math.max(elapsedMs, 1)) * 1_000;
  if (done > 0 && elapsedMs > 500) {
    parts.push(`${perSecond < 100 ? perSecond.toFixed(1) : format(Math.round(perSecond))}/s`);
    if (total !== null && done < total) {
      parts.push(
        `${formatDuration(Math.ceil((total - done) / perSecond) * 1_000).replace('.0 s', ' s')} left`,
      );
    }
  }
  if (failed > 0) {
    parts.push(`${format(failed)} failed`);
  }
  return parts.join(', ');
}

function percent(done: number, total: number): number {
  return total === 0 ? 100 : Math.floor((done / total) * 100);
}
