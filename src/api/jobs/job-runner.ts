import { setTimeout as sleep } from 'node:timers/promises';
import { EideticError } from '../../domain/errors.ts';
import { hasEnded, type Job, type JobChange, type JobId, type JobStore } from '../../domain/job.ts';
import type { Logger } from '../../domain/logger.ts';
import { createTurns } from '../../domain/turns.ts';
import type { IndexProgress, IndexSummary } from '../../indexer/index-files.ts';
import { allowedFolders, resolveAllowedRoots } from './allowed-roots.ts';
import { type JobProgress, type JobView, toOutcome, toProgress, WAITING } from './job-view.ts';
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

/** The job that is being done. */
interface Running {
  readonly job: Job;
  readonly abort: AbortController;
  progress: JobProgress | null;
}

/** How an index run ended. */
interface End extends Pick<Partial<Job>, 'outcome' | 'error'> {
  /** Whether it was asked to. */
  readonly wasStopped: boolean;
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
  /** What is decided by jobs and then changes jobs takes turns, so that no other change comes in between. */
  readonly #inTurn = createTurns();
  #running: Running | null = null;
  #work: Promise<void> = Promise.resolve();
  #isDue = false;
  #isWorking = false;
  #isClosing = false;

  private constructor(parts: JobRunnerParts) {
    this.#parts = parts;
  }

  /**
   * Goes on with what the last runner left.
   * @param parts the store in them is closed with the runner, and when it cannot be started
   * @throws EideticError CATALOG_*
   */
  static async start(parts: JobRunnerParts): Promise<JobRunner> {
    try {
      await recoverJobs(parts.store);
    } catch (error) {
      await parts.store.close();
      throw error;
    }
    const runner = new JobRunner(parts);
    runner.#wake();
    return runner;
  }

  /**
   * Queues an index run; a run that waits for the same folders is returned instead of a second one.
   * @param roots absolute paths, as a client names them
   * @throws EideticError INVALID_INPUT, FORBIDDEN (see resolveAllowedRoots), OVERLOADED when too many wait or the
   *   server stops
   */
  async add(roots: readonly string[]): Promise<JobView> {
    const folders = await resolveAllowedRoots(roots, this.#parts.allowedRoots);
    return this.#inTurn(() => this.#queue([...new Set(folders)].sort()));
  }

  /** The folders inside which jobs may index, as far as they are there. */
  allowedFolders(): Promise<string[]> {
    return allowedFolders(this.#parts.allowedRoots);
  }

  /** @throws EideticError NOT_FOUND */
  async get(id: JobId): Promise<JobView> {
    const job = await this.#parts.store.get(id);
    if (job === null) {
      throw new EideticError('NOT_FOUND', `There is no job ${id}; jobs that ended long ago are forgotten.`);
    }
    return this.#view(job);
  }

  /** Latest first. */
  async list(limit: number, before: JobId | null): Promise<JobView[]> {
    const jobs = await this.#parts.store.list(limit, before);
    return jobs.map((job) => this.#view(job));
  }

  /**
   * Asks a job to end. One that waits is canceled at once, one that runs when the pictures in progress are done,
   * whatever else becomes of it until then; one that has ended stays as it is.
   * @throws EideticError NOT_FOUND
   */
  cancel(id: JobId): Promise<JobView> {
    return this.#inTurn(async () => {
      const job = await this.get(id);
      if (hasEnded(job)) {
        return job;
      }
      if (this.#running?.job.id !== id) {
        return this.#change(id, { state: 'canceled', endedAt: new Date().toISOString() });
      }
      if (job.state === 'canceling') {
        return job;
      }
      const canceling = await this.#change(id, { state: 'canceling' });
      this.#running.abort.abort();
      return canceling;
    });
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
    await this.#inTurn(() => this.#parts.store.close());
  }

  async #queue(folders: readonly string[]): Promise<JobView> {
    const { store } = this.#parts;
    if (this.#isClosing) {
      throw new EideticError('OVERLOADED', 'The server is stopping; ask again when it is back.');
    }
    const waiting = (await store.unfinished()).filter(({ state }) => state === 'queued');
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
    const job = await store.add(folders);
    this.#wake();
    return this.#view(job);
  }

  /** To be called when a job may wait. One that comes while the runner closes waits for the next runner. */
  #wake(): void {
    this.#isDue = true;
    if (!this.#isWorking && !this.#isClosing) {
      this.#isWorking = true;
      this.#work = this.#runAll();
    }
  }

  async #runAll(): Promise<void> {
    while (this.#isDue) {
      this.#isDue = false; // before the look for jobs: one that comes during it is looked for again
      try {
        if (await this.#runNext()) {
          this.#isDue = true;
        }
      } catch (error) {
        // The job could not be written down. It stays unfinished; the next job or the next start tries again.
        this.#parts.logger.error('jobs stopped', { reason: (error as Error).message });
      }
    }
    // In the same tick as the last look at what is due: a job that comes later wakes it again.
    this.#isWorking = false;
  }

  /** Does the oldest job; false when there is none, or when the runner closes. */
  async #runNext(): Promise<boolean> {
    try {
      const running = await this.#inTurn(() => this.#begin());
      if (running === null) {
        return false;
      }
      const end = await this.#do(running);
      await this.#inTurn(() => this.#end(running.job, end));
      return true;
    } finally {
      this.#running = null;
    }
  }

  async #begin(): Promise<Running | null> {
    const job = await this.#nextJob();
    if (job === undefined || this.#isClosing) {
      return null;
    }
    // Without a pause since the look at isClosing: a close that comes later finds something to abort.
    const running: Running = { job, abort: new AbortController(), progress: null };
    this.#running = running;
    await this.#change(job.id, {
      state: 'running',
      attempts: job.attempts + 1,
      startedAt: job.startedAt ?? new Date().toISOString(),
    });
    return running;
  }

  /** The oldest one; those that are to end, and whose end could not be written down so far, end here. */
  async #nextJob(): Promise<Job | undefined> {
    const unfinished = await this.#parts.store.unfinished();
    for (const { id } of unfinished.filter(({ state }) => state === 'canceling')) {
      await this.#change(id, { state: 'canceled', endedAt: new Date().toISOString() });
    }
    return unfinished.find(({ state }) => state !== 'canceling');
  }

  async #do(running: Running): Promise<End> {
    try {
      const summary = await this.#index(running);
      return { wasStopped: summary.interrupted, outcome: toOutcome(summary) };
    } catch (error) {
      const wasStopped = running.abort.signal.aborted;
      const isEnd = wasStopped && (error as Error).name === 'AbortError';
      return { wasStopped, error: isEnd ? null : this.#describe(running.job, error) };
    }
  }

  async #end(job: Job, { wasStopped, outcome = null, error = null }: End): Promise<void> {
    const endedAt = new Date().toISOString();
    if ((await this.#parts.store.get(job.id))?.state === 'canceling') {
      // Also when it came to its end all the same, or failed: whoever canceled it was told that it would be canceled.
      await this.#change(job.id, { state: 'canceled', endedAt, outcome });
    } else if (!wasStopped) {
      await this.#change(job.id, { state: error === null ? 'done' : 'failed', endedAt, outcome, error });
    } else {
      // Stopped because the server stops. That was no fault of the job, so it does not count.
      await this.#change(job.id, { state: 'queued', attempts: job.attempts });
    }
  }

  async #index(running: Running): Promise<IndexSummary> {
    const { index, allowedRoots, logger, busyRetryMs } = this.#parts;
    const { job, abort } = running;
    const roots = await resolveAllowedRoots(job.roots, allowedRoots);
    const onProgress = (progress: IndexProgress) => {
      running.progress = toProgress(progress);
      this.#tell(job.id);
    };
    for (let attempt = 1; ; attempt++) {
      try {
        return await index(roots, onProgress, abort.signal);
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
        running.progress = WAITING;
        this.#tell(job.id);
        await sleep(busyRetryMs, undefined, { signal: abort.signal });
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

  async #change(id: JobId, change: JobChange): Promise<JobView> {
    const job = await this.#parts.store.change(id, change);
    this.#tell(id);
    if (hasEnded(job)) {
      this.#listeners.delete(id);
    }
    return this.#view(job);
  }

  #tell(id: JobId): void {
    for (const listener of this.#listeners.get(id) ?? []) {
      listener();
    }
  }

  #view(job: Job): JobView {
    const isRunning = job.state === 'running' || job.state === 'canceling';
    const progress = isRunning && this.#running?.job.id === job.id ? this.#running.progress : null;
    return { ...job, progress };
  }
}
