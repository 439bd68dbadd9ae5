import { basename, extname } from 'node:path';
import { comparePaths } from '../domain/compare-paths.ts';

/** Endings that are told apart; files with further ones are only counted. */
const MOST_ENDINGS = 1_000;

/** Counts files by the endings of their names. */
export class FileEndings {
  readonly #counts = new Map<string, number>();
  #count = 0;

  /** All of them. */
  get count(): number {
    return this.#count;
  }

  add(path: string): void {
    this.#count++;
    const ending = extname(basename(path)).toLowerCase();
    const known = this.#counts.get(ending);
    if (known !== undefined || this.#counts.size < MOST_ENDINGS) {
      this.#counts.set(ending, (known ?? 0) + 1);
    }
  }

  /** `.xmp` and how many files end so, '' for names without an ending; the most frequent first, a thousand at most. */
  list(): Readonly<Record<string, number>> {
    return Object.fromEntries(
      [...this.#counts].sort(([a, countA], [b, countB]) => countB - countA || comparePaths(a, b)),
    );
  }
}
