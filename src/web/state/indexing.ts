import { signal } from '@preact/signals';
import type { JobAnswer } from '../../client/eidetic-client.ts';
import { refreshCounts } from './counts.ts';
import { client, noteRefusal, whenBack } from './server.ts';

/** The index run of this server that goes on, or that ended last while this page looked; null when there is none. */
export const indexing = signal<JobAnswer | null>(null);

/** Why a run could not be begun, followed or stopped; null when it could. */
export const indexingProblem = signal<unknown>(null);

/** Counts up when a run was asked for or may have brought pictures: see what is new then. */
export const arrivals = signal(0);

/** Between two looks at what has come, milliseconds: often enough to see pictures appear. */
const LOOK_MS = 2_000;

/** Runs that are asked for to find one that goes on: others that wait stand before it. */
const LATEST = 100;

let followed: number | null = null;

/** Has folders of the server's machine indexed. @returns whether the run was begun, or waits for its turn */
export async function indexFolders(folders: readonly string[]): Promise<boolean> {
  indexingProblem.value = null;
  try {
    const job = await client.addJob(folders);
    arrivals.value++;
    if (followed === null) {
      void follow(job);
    }
    return true;
  } catch (error) {
    noteRefusal(error);
    indexingProblem.value = error;
    return false;
  }
}

/** Follows the run that goes on, if there is one; for who may know of runs. */
export async function followRuns(): Promise<void> {
  if (followed !== null) {
    return;
  }
  try {
    const { jobs } = await client.jobs({ limit: LATEST });
    const oldest = jobs.findLast((job) => !hasEnded(job));
    if (oldest !== undefined && followed === null) {
      await follow(oldest);
    } else if (oldest === undefined && indexing.value !== null && !hasEnded(indexing.value)) {
      indexing.value = await client.job(indexing.value.id); // it came to its end while nobody could be asked
      look();
    }
  } catch (error) {
    if (noteRefusal(error)) {
      whenBack(() => void followRuns());
    }
  }
}

/** Asks a run to end; what it has indexed stays. */
export async function stopRun(id: number): Promise<void> {
  try {
    const job = await client.cancelJob(id);
    if (indexing.value?.id === id) {
      indexing.value = job;
    }
  } catch (error) {
    noteRefusal(error);
    indexingProblem.value = error;
  }
}

export function hasEnded({ state }: Pick<JobAnswer, 'state'>): boolean {
  return state === 'done' || state === 'failed' || state === 'canceled';
}

async function follow(first: JobAnswer): Promise<void> {
  followed = first.id;
  let last = first;
  let lookedAt = performance.now();
  indexing.value = first;
  try {
    for await (const job of client.watchJob(first.id)) {
      last = job;
      indexing.value = job;
      if (performance.now() - lookedAt >= LOOK_MS) {
        lookedAt = performance.now();
        look();
      }
    }
    if (!hasEnded(last)) {
      throw new TypeError('the events ended before the run'); // as when the server stops
    }
  } catch (error) {
    followed = null;
    if (noteRefusal(error)) {
      whenBack(() => void followRuns());
    } else {
      indexing.value = null;
      indexingProblem.value = error;
    }
    return;
  }
  followed = null;
  look();
  await followRuns(); // the next one, if others wait
}

function look(): void {
  arrivals.value++;
  void refreshCounts();
}
