import { comparePaths } from '../domain/compare-paths.ts';
import type { KnownFile } from '../domain/file-ledger.ts';
import { EMPTY_PAGE, type KnownPage, knownFileAt } from '../domain/known-page.ts';
import { countUnchanged } from './count-unchanged.ts';
import type { DeviceTable } from './device-table.ts';
import { type FoundFile, type FoundRun, fileOfRun, isRun } from './found-files.ts';
import type { Merged } from './merge-by-path.ts';

/** So many files that follow each other and are plainly unchanged. */
export interface Unchanged {
  readonly unchanged: number;
}

/**
 * Pairs what was found with what is known, as mergeByPath does, but for files that are plainly unchanged, which are
 * only counted.
 * @param found ascending by the UTF-8 bytes of their paths
 * @param known in the same order
 * @param options.force whether no file is taken for unchanged
 */
export async function* mergeFiles(
  found: AsyncIterable<FoundFile | FoundRun>,
  known: AsyncIterable<KnownPage>,
  devices: DeviceTable,
  { force }: { readonly force: boolean },
): AsyncGenerator<Unchanged | Merged<FoundFile, KnownFile>> {
  const rest = new KnownRest(known);
  await rest.first(); // which begins to read what is behind it, while the first folder is listed
  for await (const next of found) {
    if (!isRun(next)) {
      yield* rest.passBefore(next.path);
      yield { found: next, known: await rest.passAt(next.path) };
      continue;
    }
    for (let at = next.from; at < next.to; ) {
      const path = next.before + next.names[at];
      yield* rest.passBefore(path);
      const unchanged = force ? 0 : await rest.passUnchanged(next, at, devices);
      if (unchanged > 0) {
        yield { unchanged };
        at += unchanged;
      } else {
        yield { found: fileOfRun(next, at, devices), known: await rest.passAt(path) };
        at++;
      }
    }
  }
  yield* rest.passBefore(null);
}

/** What is known and was not passed yet. */
class KnownRest {
  readonly #pages: AsyncIterator<KnownPage>;
  /** Null when there is nothing more. */
  #page: KnownPage | null = EMPTY_PAGE;
  #at = 0;

  constructor(pages: AsyncIterable<KnownPage>) {
    this.#pages = pages[Symbol.asyncIterator]();
  }

  /** What comes before a path; all without one. */
  async *passBefore(
    path: string | null,
  ): AsyncGenerator<{ readonly found: null; readonly known: KnownFile }> {
    for (
      let known = await this.first();
      known !== null && isBefore(known.path, path);
      known = await this.first()
    ) {
      this.#at++;
      yield { found: null, known };
    }
  }

  /** What is known of a path, with nothing before it; null when it is not known. */
  async passAt(path: string): Promise<KnownFile | null> {
    const known = await this.first();
    if (known?.path !== path) {
      return null;
    }
    this.#at++;
    return known;
  }

  /** The first of it; null when there is none. */
  async first(): Promise<KnownFile | null> {
    const page = await this.#pageOfFirst();
    return page && knownFileAt(page, this.#at);
  }

  /** Passes files of a run that are unchanged. @returns how many; see countUnchanged */
  async passUnchanged(run: FoundRun, from: number, devices: DeviceTable): Promise<number> {
    const page = await this.#pageOfFirst();
    const count = page === null ? 0 : countUnchanged(run, from, page, this.#at, devices);
    this.#at += count;
    return count;
  }

  async #pageOfFirst(): Promise<KnownPage | null> {
    while (this.#page !== null && this.#at === this.#page.names.length) {
      const next = await this.#pages.next();
      this.#page = next.done ? null : next.value;
      this.#at = 0;
    }
    return this.#page;
  }
}

function isBefore(a: string, b: string | null): boolean {
  return b === null || (a !== b && comparePaths(a, b) < 0);
}
