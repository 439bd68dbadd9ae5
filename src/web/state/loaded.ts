import { type Signal, signal } from '@preact/signals';
import { noteRefusal } from './server.ts';

/** What was asked of the server, as far as it has come. */
export type Loaded<Value> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'there'; readonly value: Value }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Asks for something, and takes only the answer to the last question. */
export class Loader<Value> {
  readonly state: Signal<Loaded<Value>> = signal({ kind: 'loading' });
  #asking: AbortController | null = null;

  /** @param keeps whether what is there is shown until the new answer has come */
  async load(ask: (signal: AbortSignal) => Promise<Value>, keeps = false): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    if (!keeps || this.state.value.kind !== 'there') {
      this.state.value = { kind: 'loading' };
    }
    try {
      const value = await ask(asking.signal);
      if (!asking.signal.aborted) {
        this.state.value = { kind: 'there', value };
      }
    } catch (error) {
      if (!asking.signal.aborted) {
        noteRefusal(error);
        this.state.value = { kind: 'failed', error };
      }
    }
  }

  stop(): void {
    this.#asking?.abort();
  }
}
