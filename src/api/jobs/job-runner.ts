import { setTimeout as sleep } from 'node:timers/promises';
import { EideticError } from '../../domain/errors.ts';
import { hasEnded, type Job, type JobId, type JobStore } from '../../domain/job.ts';
import type { Logger } from '../../domain/logger.ts';
import type { IndexProgress, IndexSummary } from '../../indexer/index-files.ts';
import { resolveAllowedRoots } from './allowed-roots.ts';
import { type JobProgress, type JobView, toOutcome, toProgress } from './job-view.ts';
import { recoverJobs } from './recover-jobs.ts';

/** Indexes folders. See indexFiles. */
export type IndexRoots = (
  roots: readonly string[],
  onProgress: (progress: IndexProgress) => void,
  signal: AbortSignal,
) => Promise<IndexSummary>;

export interface JobRunnerParts {
  readonly store: JobStore;
  readonly index: IndexRoots;
  /** Folders inside which jobs may index. */
  readonly allowedRoots: readonly string[];
  readonly logger: Logger;
  /** How long to wait before asking a busy library again, milliseconds. */
  readonly busyRetryMs: number;
}

/** Jobs that may wait; more are refused, so that nobody fills the disk with them. */
const MAX_QUEUED = 100;

/**
 * Runs index jobs one after another, oldest first. Jobs outlive the process: what was queued waits for the next
 * runner, and what was running is begun again, which is cheap, because an index run goes on where the last one
 * was stopped. The library may have only one runner.
 */
export class JobRunner {
  readonly #parts: JobRunnerParts;
  readonly #listeners = new Map<JobId, Set<() => void>>();
  #progress: JobProgress | null = null;
  #running: { readonly id: JobId; readonly abort: AbortController } | null = null;
  #work: Promise<void> = Promise.resolve();
  #isWorking = false;
  #isClosing = false;

  constructor(parts: JobRunnerParts) {
    this.#parts = parts;
    recoverJobs(parts.store);
    this.#wake();
  }

  /**
   * Queues an index run; a run that waits for the same folders is returned instead of a second one.
   * @param roots absolute paths, as a client names them
   * @throws EideticError INVALID_INPUT, FORBIDDEN (see resolveAllowedRoots), OVERLOADED when too many wait or the
   *   server stops
   */
  async add(roots: readonly string[]): Promise<JobView> {
    const { store, allowedRoots } = this.#parts;
    const folders = [...new Set(await resolveAllowedRoots(roots, allowedRoots))].sort();
    if (this.#isClosing) {
      throw new EideticError('OVERLOADED', 'The server is stopping; ask again when it is back.');
    }
    const waiting = store.unfinished().filter(({ state }) => state === 'queued');
    const same = waiting.find((job) => JSON.stringify(job.roots) === JSON.stringify(folders));
    if (same !== undefined) {
      return this.#view(same);
    }
    if (waiting.length >= MAX_QUEUED) {
      throw new EideticError(
        'OVERLOADED',
        `Found ${waiting.length} jobs waiting, expected fewer than ${MAX_QUEUED}; ask again when some are done.`,
      );
    }
    const job = store.add(folders);
    this.#wake();
    return this.#view(job);
  }

  /** @throws EideticError NOT_FOUND */
  get(id: JobId): JobView {
    const job = this.#parts.store.get(id);
    if (job === null) {
      throw new EideticError('NOT_FOUND', `There is no job ${id}; jobs that ended long ago are forgotten.`);
    }
    return this.#view(job);
  }

  /** Latest first. */
  list(limit: number, before: JobId | null): JobView[] {
    return this.#parts.store.list(limit, before).map((job) => this.#view(job));
  }

  /**
   * Asks a job to end. One that waits is canceled at once, one that runs when the pictures in progress are done;
   * one that has ended stays as it is.
   * @throws EideticError NOT_FOUND
   */
  cancel(id: JobId): JobView {
    const job = this.get(id);
    if (job.state === 'queued') {
      this.#change(id, { state: 'canceled', endedAt: new Date().toISOString() });
    } else if (job.state === 'running') {
      this.#change(id, { state: 'canceling' });
      if (this.#running?.id === id) {
        this.#running.abort.abort();
      }
    }
    return this.get(id);
  }

  /** Tells a listener whenever {@link get} would answer differently. Returns how to stop that. */
  watch(id: JobId, listener: () => void): () => void {
    const listeners = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(id) === listeners) {
        this.#listeners.delete(id);
      }
    };
  }

  /** True from the moment that {@link close} is called; listeners are told. */
  get isClosing(): boolean {
    return this.#isClosing;
  }

  /** Stops the running job, which the next runner goes on with, and closes the store. */
  async close(): Promise<void> {
    this.#isClosing = true;
    for (const id of this.#listeners.keys()) {
      this.#tell(id);
    }
    this.#running?.abort.abort();
    await this.#work;
    this.#parts.store.close();
  }

  #wake(): void {
    if (!this.#isWorking) {
      this.#isWorking = true;
      this.#work = this.#runAll();
    }
  }

  async #runAll(): Promise<void> {
    const { store, logger } = this.#parts;
    try {
      for (let next = store.unfinished()[0]; next && !this.#isClosing; next = store.unfinished()[0]) {
        await this.#run(next);
      }
    } catch (error) {
      // The job could not be written down. It stays unfinished; the next job or the next start tries again.
      logger.error('jobs stopped', { reason: (error as Error).message });
    } finally {
      // In the same tick as the last look for jobs: one that comes later wakes it again.
      this.#isWorking = false;
    }
  }

  async #run(job: Job): Promise<void> {
    const abort = new AbortController();
    this.#running = { id: job.id, abort };
    this.#change(job.id, {
      state: 'running',
      attempts: job.attempts + 1,
      startedAt: job.startedAt ?? new Date().toISOString(),
    });
    try {
      const summary = await this.#index(job, abort.signal);
      this.#end(job, summary.interrupted, { outcome: toOutcome(summary) });
    } catch (error) {
      this.#end(job, abort.signal.aborted, { error: this.#describe(job, error) });
    } finally {
      this.#running = null;
      this.#progress = null;
    }
  }

  #end(job: Job, wasStopped: boolean, result: Pick<Partial<Job>, 'outcome' | 'error'>): void {
    const { outcome = null, error = null } = result;
    const endedAt = new Date().toISOString();
    this.#progress = null;
    if (!wasStopped) {
      this.#change(job.id, { state: error === null ? 'done' : 'failed', endedAt, outcome, error });
    } else if (this.#parts.store.get(job.id)?.state === 'canceling') {
      this.#change(job.id, { state: 'canceled', endedAt, outcome });
    } else {
      // Stopped because the server stops. That was no fault of the job, so it does not count.
      this.#change(job.id, { state: 'queued', attempts: job.attempts });
    }
  }

  async #index(job: Job, signal: AbortSignal): Promise<IndexSummary> {
    const { index, allowedRoots, logger, busyRetryMs } = this.#parts;
    const roots = await resolveAllowedRoots(job.roots, allowedRoots);
    const onProgress = (progress: IndexProgress) => {
      this.#progress = toProgress(progress);
      this.#tell(job.id);
    };
    for (let attempt = 1; ; attempt++) {
      try {
        return await index(roots, onProgress, signal);
      } catch (error) {
        if (!(error instanceof EideticError) || error.code !== 'CATALOG_BUSY') {
          throw error;
        }
        if (attempt === 1) {
          logger.warn('a job waits until the library can be written to', {
            job: job.id,
            reason: error.message,
          });
        }
        await sleep(busyRetryMs, undefined, { signal });
      }
    }
  }

  #describe(job: Job, error: unknown): Job['error'] {
    if (error instanceof EideticError) {
      return { code: error.code, message: error.message };
    }
    this.#parts.logger.error('a job ended by a bug', { job: job.id, stack: (error as Error).stack ?? error });
    return { code: 'BUG', message: 'This is a bug; the log of the server has the details.' };
  }

  #change(id: JobId, change: Parameters<JobStore['change']>[1]): void {
    const job = this.#parts.store.change(id, change);
    this.#tell(id);
    if (hasEnded(job)) {
      this.#listeners.delete(id);
    }
  }

  #tell(id: JobId): void {
    for (const listener of this.#listeners.get(id) ?? []) {
      listener();
    }
  }

  #view(job: Job): JobView {
    return { ...job, progress: this.#running?.id === job.id ? this.#progress : null };
  }
}
