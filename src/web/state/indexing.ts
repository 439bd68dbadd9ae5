import { signal } from '@preact/signals';
import type { JobAnswer } from '../../client/eidetic-client.ts';
import { client, noteRefusal } from './server.ts';

/** The index run that was begun here, as it goes on; null when there is none. */
export const indexing = signal<JobAnswer | null>(null);

/** Why it could not be begun or followed; null when it could. */
export const indexingProblem = signal<unknown>(null);

/** Between two looks at what has come, milliseconds: often enough to see pictures appear. */
const LOOK_MS = 2_000;

/** Has a folder of the server's machine indexed. @param onMore told now and then that pictures may have come */
export async function indexFolder(folder: string, onMore: () => void): Promise<void> {
  indexingProblem.value = null;
  try {
    const { id } = await client.addJob(folder);
    let lookedAt = performance.now();
    for await (const job of client.watchJob(id)) {
      indexing.value = job;
      if (performance.now() - lookedAt >= LOOK_MS) {
        lookedAt = performance.now();
        onMore();
      }
    }
    if (indexing.value?.error === null) {
      indexing.value = null;
    }
  } catch (error) {
    noteRefusal(error);
    indexing.value = null;
    indexingProblem.value = error;
  }
  onMore();
}
