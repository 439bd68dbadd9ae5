import { type Signal, signal } from '@preact/signals';
import { noteRefusal, whenBack } from './server.ts';
import { awaited } from './waiting.ts';

/** What was asked of the server, as far as it has come. */
export type Loaded<Value> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'there'; readonly value: Value }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Asks for something, and takes only the answer to the last question. */
export class Loader<Value> {
  readonly state: Signal<Loaded<Value>> = signal({ kind: 'loading' });
  #asking: AbortController | null = null;

  /**
   * What the server cannot answer at the moment is asked again when it can.
   * @param keeps whether what is there is shown until the new answer has come
   */
  async load(ask: (signal: AbortSignal) => Promise<Value>, keeps = false): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    const isKept = keeps && this.state.value.kind === 'there';
    if (!isKept) {
      this.state.value = { kind: 'loading' };
    }
    try {
      const value = await awaited(ask(asking.signal));
      if (!asking.signal.aborted) {
        this.state.value = { kind: 'there', value };
      }
    } catch (error) {
      if (asking.signal.aborted) {
        return;
      }
      const passes = noteRefusal(error);
      if (passes) {
        whenBack(() => !asking.signal.aborted && void this.load(ask, keeps));
      }
      if (!(passes && isKept)) {
        this.state.value = { kind: 'failed', error };
      }
    }
  }

  stop(): void {
    this.#asking?.abort();
  }
}
