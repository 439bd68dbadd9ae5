import type { BadName, ScanReport } from './scan-report.ts';
import type { IgnoreReason } from './scan-rules.ts';

/** Keeps what it is told until its turn: what is looked at side by side must not be told of at once. */
export class LaterReport implements ScanReport {
  readonly #told: Array<(report: ScanReport) => void | Promise<void>> = [];

  onListed(folder: string): void {
    this.#told.push((report) => report.onListed(folder));
  }

  onIgnored(reason: IgnoreReason, path: string): void {
    this.#told.push((report) => report.onIgnored(reason, path));
  }

  onSeenAlready(path: string): void {
    this.#told.push((report) => report.onSeenAlready(path));
  }

  async onUnlistable(folder: string, problem: string): Promise<void> {
    this.#told.push((report) => report.onUnlistable(folder, problem));
  }

  async onBadName(name: BadName): Promise<void> {
    this.#told.push((report) => report.onBadName(name));
  }

  /** Tells it all, in its order. */
  async tell(report: ScanReport): Promise<void> {
    for (const told of this.#told) {
      await told(report);
    }
  }
}
