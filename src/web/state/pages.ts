import { signal } from '@preact/signals';
import { noteRefusal, whenBack } from './server.ts';
import { awaited } from './waiting.ts';

/** A list that comes page by page, as far as somebody has looked. */
export abstract class Pages<Page> {
  readonly isLoading = signal(false);
  /** Whether there are no more. */
  readonly isWhole = signal(false);
  /** Why the last page did not come; null when it did. */
  readonly error = signal<unknown>(null);
  #asking: AbortController | null = null;

  protected abstract ask(signal: AbortSignal): Promise<Page>;
  /** Takes a page that has come. @returns whether it was the last */
  protected abstract take(page: Page): boolean;

  /**
   * Asks for the next, unless there are none, or they are on their way. What the server cannot answer at the moment is
   * asked again when it can.
   */
  async more(): Promise<void> {
    if (this.isLoading.value || this.isWhole.value) {
      return;
    }
    const asking = new AbortController();
    this.#asking = asking;
    this.isLoading.value = true;
    try {
      const page = await awaited(this.ask(asking.signal));
      if (!asking.signal.aborted) {
        this.isWhole.value = this.take(page);
        this.error.value = null;
      }
    } catch (error) {
      if (!asking.signal.aborted) {
        this.error.value = error;
        if (noteRefusal(error)) {
          whenBack(() => !asking.signal.aborted && void this.more());
        }
      }
    } finally {
      if (this.#asking === asking && !asking.signal.aborted) {
        this.isLoading.value = false;
      }
    }
  }

  stop(): void {
    this.#asking?.abort();
    this.isLoading.value = false;
  }
}
