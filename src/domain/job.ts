import type { ErrorCode } from './errors.ts';

/** Row id of a job; ascending with time, never reused. */
export type JobId = number;

/** `canceling`: it was asked to stop and has not yet. The last three are ends. */
export type JobState = 'queued' | 'running' | 'canceling' | 'done' | 'failed' | 'canceled';

/** What a job brought about; see the summary of an index run. */
export interface JobOutcome {
  readonly found: number;
  readonly unchanged: number;
  readonly indexed: number;
  readonly embedded: number;
  readonly failed: number;
  readonly stillFailed: number;
  readonly removed: number;
  readonly elapsedMs: number;
}

/** One index run that somebody asked a server for. */
export interface Job {
  readonly id: JobId;
  /** Absolute paths of the folders to index. */
  readonly roots: readonly string[];
  readonly state: JobState;
  /** How often it was begun: more than once when the server was killed meanwhile. */
  readonly attempts: number;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** What it did; also of a canceled one, what it had done by then. */
  readonly outcome: JobOutcome | null;
  /** Why it failed. */
  readonly error: { readonly code: ErrorCode | 'BUG'; readonly message: string } | null;
}

/** What a step changes of a job. */
export type JobChange = Partial<
  Pick<Job, 'state' | 'attempts' | 'startedAt' | 'endedAt' | 'outcome' | 'error'>
>;

/** Remembers jobs over restarts. Every call is durable when it returns. @throws EideticError CATALOG_* */
export interface JobStore {
  /** Queues a job. Of those that have ended only the latest thousand are kept. */
  add(roots: readonly string[]): Job;
  /** Null when there is no such job (any more). */
  get(id: JobId): Job | null;
  /** Latest first. @param before only jobs with a smaller id; null for all */
  list(limit: number, before: JobId | null): Job[];
  /** Jobs that have not ended, oldest first. */
  unfinished(): Job[];
  /** Changes a job and returns it as it is then. The job must be there. */
  change(id: JobId, change: JobChange): Job;
  close(): void;
}

export function hasEnded(job: Job): boolean {
  return job.state === 'done' || job.state === 'failed' || job.state === 'canceled';
}
