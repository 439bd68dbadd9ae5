import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { DecodingCost } from '../domain/embedder.ts';
import type { SpaceId } from '../domain/space.ts';
import type { BoundedQueue } from './bounded-queue.ts';
import type { SampledRecall } from './sampled-recall.ts';

/** What the server measures of itself, for Prometheus. */
export interface ApiMetrics {
  readonly registry: Registry;
  /** Times a piece of work. */
  time<T>(stage: Stage, work: () => Promise<T>): Promise<T>;
  /** Counts a piece of work that was timed elsewhere. */
  observe(stage: Stage, elapsedMs: number): void;
  /** Counts and times every request, under its operation's name. */
  readonly observeRequests: RequestHandler;
}

/**
 * Parts of a request that are timed apart: `describe` is decoding and inference, waiting for a turn not included, and
 * `decode` and `inference` its two parts, of indexed pictures too (see DescribeTimes); `search` the index and the
 * pictures that it names; `catalog` what is looked up beside that.
 */
export type Stage = 'describe' | 'decode' | 'inference' | 'search' | 'catalog' | 'thumbnail' | 'upload';

export interface MeasuredParts {
  readonly inference: Readonly<Record<DecodingCost, BoundedQueue>>;
  /** Pictures that searches find. */
  readonly countPictures: () => Promise<number>;
  /** Whether the last attempt to save the index failed. */
  readonly isIndexUnsaved: () => boolean;
  /** Those that searches look in. */
  readonly spaces: readonly SpaceId[];
  readonly recall: SampledRecall;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function startMetrics({
  inference,
  countPictures,
  isIndexUnsaved,
  spaces,
  recall,
}: MeasuredParts): ApiMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'eidetic_request_seconds',
    help: 'Time to answer a request, by operation and status',
    labelNames: ['operation', 'status'],
    buckets: SECONDS,
    registers,
  });
  const stages = new Histogram({
    name: 'eidetic_stage_seconds',
    help: 'Time of a part of the work for a request',
    labelNames: ['stage'],
    buckets: SECONDS,
    registers,
  });
  new Gauge({
    name: 'eidetic_inference_queue',
    help: 'Pictures that wait for or are in decoding and inference, by what decoding may take',
    labelNames: ['cost', 'state'],
    registers,
    collect() {
      for (const [cost, queue] of Object.entries(inference)) {
        this.set({ cost, state: 'waiting' }, queue.waiting);
        this.set({ cost, state: 'running' }, queue.running);
      }
    },
  });
  new Gauge({
    name: 'eidetic_index_pictures',
    help: 'Pictures that searches find',
    registers,
    async collect() {
      this.set(await countPictures());
    },
  });
  new Gauge({
    name: 'eidetic_index_unsaved',
    help: '1 while the index cannot be saved, so that it is made again from the catalog at the next start, else 0',
    registers,
    collect() {
      this.set(isIndexUnsaved() ? 1 : 0);
    },
  });
  new Gauge({
    name: 'eidetic_sampled_recall',
    help: 'Share of the exact 10 nearest neighbors that the index of a space found, over queries sampled since the start',
    labelNames: ['space'],
    registers,
    collect() {
      for (const space of spaces) {
        this.set({ space }, recall.of(space).value ?? Number.NaN);
      }
    },
  });
  new Gauge({
    name: 'eidetic_sampled_recall_queries',
    help: 'Queries sampled for the recall since the start, by the space that they searched',
    labelNames: ['space'],
    registers,
    collect() {
      for (const space of spaces) {
        this.set({ space }, recall.of(space).samples);
      }
    },
  });
  return {
    registry,
    async time(stage, work) {
      const end = stages.startTimer({ stage });
      try {
        return await work();
      } finally {
        end();
      }
    },
    observe: (stage, elapsedMs) => stages.observe({ stage }, elapsedMs / 1_000),
    observeRequests: (_request, response, next) => {
      const end = requests.startTimer();
      response.on('close', () => {
        const operation = String(response.locals['operation'] ?? 'none');
        end({ operation, status: response.writableFinished ? response.statusCode : 'gone' });
      });
      next();
    },
  };
}
