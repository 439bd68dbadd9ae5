import { signal } from '@preact/signals';
import type { FailurePage, FailuresQuery } from '../../client/eidetic-client.ts';
import { Pages } from './pages.ts';
import { client } from './server.ts';

/** Which failures are looked at; all of what is not named. */
export type FailureChoice = Pick<FailuresQuery, 'code' | 'pathPrefix'>;

/** Failures asked for at once: a screen or two. */
const PAGE = 20;

/** The failures of a choice, by path. */
export class Failures extends Pages<FailurePage> {
  readonly failures = signal<FailurePage['failures']>([]);
  readonly #choice: FailureChoice;
  #cursor: string | null = null;

  constructor(choice: FailureChoice) {
    super();
    this.#choice = choice;
  }

  protected ask(signal: AbortSignal): Promise<FailurePage> {
    const cursor = this.#cursor === null ? {} : { cursor: this.#cursor };
    return client.failures({ ...this.#choice, limit: PAGE, ...cursor }, signal);
  }

  protected take({ failures, nextCursor }: FailurePage): boolean {
    this.failures.value = [...this.failures.value, ...failures];
    this.#cursor = nextCursor;
    return nextCursor === null;
  }
}
