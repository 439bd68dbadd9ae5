import { signal } from '@preact/signals';
import type { Picture } from '../../client/eidetic-client.ts';
import { client, noteRefusal } from './server.ts';

const PAGE = 100;

/** The pictures of the library, the newest first, as far as somebody has looked. */
export class NewestPictures {
  readonly pictures = signal<readonly Picture[]>([]);
  readonly isEmpty = signal(false);
  readonly error = signal<unknown>(null);
  #cursor: string | null | undefined;
  #asking: AbortController | null = null;

  /** Asks for the next, unless there are none, or they are on their way. */
  async more(): Promise<void> {
    if (this.#asking !== null || this.#cursor === null) {
      return;
    }
    const asking = new AbortController();
    this.#asking = asking;
    try {
      const query = { order: 'newest' as const, limit: PAGE };
      const cursor = this.#cursor;
      const page = await client.pictures(cursor === undefined ? query : { ...query, cursor }, asking.signal);
      this.#cursor = page.nextCursor;
      this.error.value = null;
      this.pictures.value = [...this.pictures.value, ...page.pictures];
      this.isEmpty.value = this.pictures.value.length === 0;
    } catch (error) {
      if (!asking.signal.aborted) {
        noteRefusal(error);
        this.error.value = error;
      }
    } finally {
      this.#asking = null;
    }
  }

  /** From the start: others have come. */
  async begin(): Promise<void> {
    this.stop();
    this.#cursor = undefined;
    this.pictures.value = [];
    await this.more();
  }

  stop(): void {
    this.#asking?.abort();
    this.#asking = null;
  }
}
