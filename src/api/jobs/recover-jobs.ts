import type { JobStore } from '../../domain/job.ts';

/** A job that was being done this often when the server ended unasked is given up: it may be what ended it. */
const MAX_ATTEMPTS = 3;

/** Puts jobs that a server left unfinished, by whatever end, into a state from which a new one goes on. */
export async function recoverJobs(store: JobStore): Promise<void> {
  const endedAt = new Date().toISOString();
  for (const { id, state, attempts } of await store.unfinished()) {
    if (state === 'canceling') {
      await store.change(id, { state: 'canceled', endedAt });
    } else if (state === 'running' && attempts >= MAX_ATTEMPTS) {
      const message = `The server ended ${attempts} times while this job ran; it is not begun again. Make a new job to try once more.`;
      await store.change(id, { state: 'failed', endedAt, error: { code: 'BUG', message } });
    } else if (state === 'running') {
      await store.change(id, { state: 'queued' });
    }
  }
}
