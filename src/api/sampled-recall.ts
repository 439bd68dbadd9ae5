import type { Embedding } from '../domain/embedding.ts';

/** Compares answers of the index with exact search, now and then, while the server works. */
export interface SampledRecall {
  /** A query that was just answered; most are passed over. */
  offer(query: Embedding): void;
  /** Share of the exact nearest neighbors that the index found in all samples so far; null without any. */
  readonly value: number | null;
  /** Queries compared so far. */
  readonly samples: number;
}

/** Neighbors compared. */
const K = 10;

/** Between two samples at least. */
const PAUSE_MS = 60_000;

/** A sample reads every embedding: it may keep a core busy for this share of the time at most. */
const MOST_SHARE = 0.01;

/**
 * @param recallOf the recall@k of one query; null when it could not be told. See recallOfQuery
 * @param onFailure a sample that could not be taken; the next one is tried all the same
 */
export function sampledRecall(
  recallOf: (query: Embedding, k: number) => Promise<number | null>,
  onFailure: (error: unknown) => void,
): SampledRecall {
  let found = 0;
  let samples = 0;
  let nextAt = 0;

  async function sample(query: Embedding): Promise<void> {
    const startedAt = performance.now();
    nextAt = Number.POSITIVE_INFINITY;
    try {
      const recall = await recallOf(query, K);
      if (recall !== null) {
        found += recall;
        samples++;
      }
    } catch (error) {
      onFailure(error);
    } finally {
      const tookMs = performance.now() - startedAt;
      nextAt = performance.now() + Math.max(PAUSE_MS, tookMs / MOST_SHARE);
    }
  }

  return {
    offer(query) {
      if (performance.now() >= nextAt) {
        void sample(query);
      }
    },
    get value() {
      return samples === 0 ? null : found / samples;
    },
    get samples() {
      return samples;
    },
  };
}
