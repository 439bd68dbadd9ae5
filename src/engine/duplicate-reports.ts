import { EideticError } from '../domain/errors.ts';
import type { DuplicateProgress, DuplicateReport } from '../duplicates/find-duplicates.ts';
import type { PairLimits } from '../duplicates/pair-limits.ts';
import { type DuplicateWish, findLibraryDuplicates } from './find-library-duplicates.ts';
import type { Library } from './library.ts';
import type { LibrarySpace } from './library-spaces.ts';

/** Duplicates of the library as of one moment of it. */
export interface GeneratedReport {
  /** Another with every change of the library, and with every decision. */
  readonly generation: string;
  readonly report: DuplicateReport;
}

/** Finds duplicates once per state of the library, its decisions, space and wish, and keeps the latest answers. */
export interface DuplicateReports {
  /**
   * @throws EideticError OVERLOADED when too many different ones are being computed; INVALID_INPUT when too many
   *   pictures are so similar
   */
  of(searched: LibrarySpace, wish: DuplicateWish): Promise<GeneratedReport>;
  /** How far the one is that is being computed; null when none is. */
  progress(): DuplicateProgress | null;
  /** Stops what is being computed. */
  close(): void;
}

/** How long a report is kept that tells of files out of reach: mounting a drive changes nothing in the library. */
const PASSING_MS = 60_000;

/** What a server makes of one request: some 250 MB of pairs, and no walk through all of a large library for each. */
const LIMITS: PairLimits = { pairs: 1_000_000, ofOnePicture: 10_000 };

/** Enough for a few people who page through different thresholds. */
const KEPT = 4;

/** One computation runs at a time; it goes on when the client that asked for it has gone, for the next to find. */
export function duplicateReports(library: Library): DuplicateReports {
  const kept = new Map<string, Promise<GeneratedReport>>();
  const closing = new AbortController();
  let last: Promise<unknown> = Promise.resolve();

  let pending = 0;
  let progress: DuplicateProgress | null = null;

  async function compute(
    generation: string,
    searched: LibrarySpace,
    wish: DuplicateWish,
  ): Promise<GeneratedReport> {
    pending++;
    try {
      await last.catch(() => {});
      const { signal } = closing;
      const onProgress = (next: DuplicateProgress) => {
        progress = next;
      };
      const report = await findLibraryDuplicates(library, searched, wish, onProgress, signal, LIMITS);
      return { generation, report };
    } finally {
      pending--;
      progress = null;
    }
  }

  return {
    async of(searched, wish) {
      const position = await library.catalog.descriptors.position();
      const decided = await library.catalog.decisions.revision();
      const generation = `${position}-${decided}`;
      const key = JSON.stringify([generation, searched.space.id, wish]);
      const known = kept.get(key);
      if (known !== undefined) {
        return known;
      }
      if (pending >= KEPT) {
        throw new EideticError('OVERLOADED', `${pending} duplicate reports are being made; try again later.`);
      }
      const computing = compute(generation, searched, wish);
      last = computing;
      kept.set(key, computing);
      const forget = () => kept.get(key) === computing && kept.delete(key);
      computing.then(({ report }) => {
        const { unknownPixels, copies } = report;
        if (unknownPixels.unreachable + unknownPixels.unfinished + (copies?.unknown ?? 0) > 0) {
          setTimeout(forget, PASSING_MS).unref();
        }
      }, forget);
      const [oldest] = kept.keys();
      if (kept.size > KEPT && oldest !== undefined) {
        kept.delete(oldest);
      }
      return computing;
    },
    progress: () => progress,
    close: () => closing.abort(),
  };
}
