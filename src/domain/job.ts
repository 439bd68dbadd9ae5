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
  /** Pictures in formats that are not read. */
  readonly unsupported: number;
  /** Files that are no pictures. */
  readonly others: number;
  /** Of those that failed: changed on disk without having been written. */
  readonly rotten: number;
  readonly moved: number;
  readonly removed: number;
  /** Files that the library knows and the run could not see; they stay in it. */
  readonly awayFiles: number;
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

/**
 * Remembers jobs over restarts. What a call changes is durable when its promise resolves, and of calls that are made
 * at once each is done whole. One runner has it open at a time.
 * @throws EideticError CATALOG_*; CATALOG_CLOSED for a call after {@link close}
 */
export interface JobStore {
  /** Queues a job. Of those that have ended only the latest thousand are kept. */
  add(roots: readonly string[]): Promise<Job>;
  /** Null when there is no such job (any more). */
  get(id: JobId): Promise<Job | null>;
  /** Latest first. @param before only jobs with a smaller id; null for all */
  list(limit: number, before: JobId | null): Promise<Job[]>;
  /** Jobs that have not ended, oldest first. */
  unfinished(): Promise<Job[]>;
  /** Changes a job and returns it as it is then. @throws EideticError NOT_FOUND */
  change(id: JobId, change: JobChange): Promise<Job>;
  /** Waits for the calls in progress. Closing twice does nothing more. */
  close(): Promise<void>;
}

export function hasEnded(job: Job): boolean {
  return job.state === 'done' || job.state === 'failed' || job.state === 'canceled';
}
