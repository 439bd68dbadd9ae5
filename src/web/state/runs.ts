import { signal } from '@preact/signals';
import type { JobAnswer, JobPage } from '../../client/eidetic-client.ts';
import { Pages } from './pages.ts';
import { client, noteRefusal } from './server.ts';

const PAGE = 5;

/** The index runs of this server, the latest first. */
export class Runs extends Pages<JobPage> {
  readonly runs = signal<readonly JobAnswer[]>([]);
  #cursor: string | null = null;

  /** The latest once more, since one has come or gone on; the older ones that are shown stay. */
  async latest(): Promise<void> {
    if (this.runs.value.length === 0 && !this.isWhole.value) {
      return this.more(); // nobody has looked so far
    }
    try {
      this.#merge((await client.jobs({ limit: PAGE })).jobs);
    } catch (error) {
      noteRefusal(error);
    }
  }

  protected ask(signal: AbortSignal): Promise<JobPage> {
    return client.jobs(
      { limit: PAGE, ...(this.#cursor === null ? {} : { cursor: Number(this.#cursor) }) },
      signal,
    );
  }

  protected take({ jobs, nextCursor }: JobPage): boolean {
    this.#merge(jobs);
    this.#cursor = nextCursor;
    return nextCursor === null;
  }

  #merge(jobs: readonly JobAnswer[]): void {
    const fresh = new Set(jobs.map(({ id }) => id));
    const others = this.runs.value.filter(({ id }) => !fresh.has(id));
    this.runs.value = [...jobs, ...others].sort((a, b) => b.id - a.id);
  }
}
