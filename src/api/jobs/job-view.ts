import type { Job, JobOutcome } from '../../domain/job.ts';
import type { IndexProgress, IndexSummary } from '../../indexer/index-files.ts';

/** How far a job is. */
export interface JobProgress {
  /** `wait`: another program writes to the library, such as an index run on the command line. */
  readonly phase: IndexProgress['phase'] | 'wait';
  /** Files; of `total` when that is known. */
  readonly done: number;
  readonly total: number | null;
  readonly failed: number;
}

/** A job, and how far it is while it runs. */
export interface JobView extends Job {
  readonly progress: JobProgress | null;
}

/** Of a job that can go on when another program has ended. */
export const WAITING: JobProgress = { phase: 'wait', done: 0, total: null, failed: 0 };

export function toProgress(progress: IndexProgress): JobProgress {
  switch (progress.phase) {
    case 'scan':
      return { phase: 'scan', done: progress.found, total: null, failed: 0 };
    case 'embed':
      return { phase: 'embed', done: progress.done, total: progress.total, failed: progress.failed };
    case 'save':
      return { phase: 'save', done: 0, total: null, failed: 0 };
  }
}

export function toOutcome(summary: IndexSummary): JobOutcome {
  const { found, unchanged, indexed, embedded, failed, stillFailed, rotten } = summary;
  const { unsupported, others, moved, removed, awayFiles, elapsedMs } = summary;
  return {
    ...{ found, unchanged, indexed, embedded, failed, stillFailed, rotten },
    ...{ unsupported, others, moved, removed, awayFiles, elapsedMs },
  };
}
