import type { Embedding } from '../domain/embedding.ts';
import type { SpaceId } from '../domain/space.ts';
import type { LibrarySpace } from '../engine/library-spaces.ts';

/** What the samples of one space came to. */
export interface RecallTally {
  /** Share of the exact nearest neighbors that the index found in all samples so far; null without any. */
  readonly value: number | null;
  /** Queries compared so far. */
  readonly samples: number;
}

/** Compares answers of the indexes with exact search, now and then, while the server works. */
export interface SampledRecall {
  /** A query in a space that was just answered; most are passed over. */
  offer(searched: LibrarySpace, query: Embedding): void;
  of(space: SpaceId): RecallTally;
}

/** Neighbors compared. */
const K = 10;

/** Between two samples at least. */
const PAUSE_MS = 60_000;

/** A sample reads every embedding of a space: all of them may keep a core busy for this share of the time at most. */
const MOST_SHARE = 0.01;

/**
 * @param recallOf the recall@k of one query; null when it could not be told. See recallOfQuery
 * @param onFailure a sample that could not be taken; the next one is tried all the same
 */
export function sampledRecall(
  recallOf: (searched: LibrarySpace, query: Embedding, k: number) => Promise<number | null>,
  onFailure: (error: unknown) => void,
): SampledRecall {
  const tallies = new Map<SpaceId, RecallTally>();
  let nextAt = 0;

  const of = (space: SpaceId): RecallTally => tallies.get(space) ?? { value: null, samples: 0 };

  function count(space: SpaceId, recall: number): void {
    const { value, samples } = of(space);
    tallies.set(space, { value: ((value ?? 0) * samples + recall) / (samples + 1), samples: samples + 1 });
  }

  async function sample(searched: LibrarySpace, query: Embedding): Promise<void> {
    const startedAt = performance.now();
    nextAt = Number.POSITIVE_INFINITY;
    try {
      const recall = await recallOf(searched, query, K);
      if (recall !== null) {
        count(searched.space.id, recall);
      }
    } catch (error) {
      onFailure(error);
    } finally {
      const tookMs = performance.now() - startedAt;
      nextAt = performance.now() + Math.max(PAUSE_MS, tookMs / MOST_SHARE);
    }
  }

  return {
    offer(searched, query) {
      if (performance.now() >= nextAt) {
        void sample(searched, query);
      }
    },
    of,
  };
}
