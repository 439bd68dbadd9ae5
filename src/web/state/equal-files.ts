import { signal } from '@preact/signals';
import { EideticApiError, type EqualFilesPage, type ReportProgress } from '../../client/eidetic-client.ts';
import { Pages } from './pages.ts';
import { client } from './server.ts';

/** How the pictures of a group are equal. */
export type EqualRelation = EqualFilesPage['groups'][number]['relation'];

/** A first report outlasts a request: milliseconds until it is asked for again, and between looks at how far it is. */
const AGAIN_MS = 1_000;

/** What is known of the whole report, whichever groups are shown. */
export const equalSummary = signal<Omit<EqualFilesPage, 'groups' | 'nextCursor'> | null>(null);

/** Groups of equal files, the most certain first. */
export class EqualFiles extends Pages<EqualFilesPage> {
  readonly groups = signal<EqualFilesPage['groups']>([]);
  /** How far the report is that is waited for. */
  readonly progress = signal<ReportProgress['working']>(null);
  readonly #relation: EqualRelation | null;
  #cursor: string | null = null;

  /** @param relation only groups of this one; null for all */
  constructor(relation: EqualRelation | null) {
    super();
    this.#relation = relation;
  }

  protected async ask(signal: AbortSignal): Promise<EqualFilesPage> {
    const watching = setInterval(() => void this.#watch(signal), AGAIN_MS);
    try {
      return await this.#waitFor(signal);
    } finally {
      clearInterval(watching);
    }
  }

  protected take(page: EqualFilesPage): boolean {
    const known = new Set(this.groups.value.map(({ id }) => id));
    this.groups.value = [...this.groups.value, ...page.groups.filter(({ id }) => !known.has(id))];
    equalSummary.value = page;
    this.#cursor = page.nextCursor;
    return page.nextCursor === null;
  }

  /** Asks until the server has done it: it goes on when it has refused to let a request wait any longer. */
  async #waitFor(signal: AbortSignal): Promise<EqualFilesPage> {
    const query = {
      ...(this.#relation === null ? {} : { relation: this.#relation }),
      ...(this.#cursor === null ? {} : { cursor: this.#cursor }),
    };
    for (;;) {
      try {
        return await client.equalFiles(query, signal);
      } catch (error) {
        if (!(error instanceof EideticApiError) || error.problem.code !== 'OVERLOADED') {
          throw error;
        }
      }
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      signal.throwIfAborted();
    }
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const { working } = await client.duplicatesProgress(signal).catch(() => ({ working: null }));
    this.progress.value = working ?? this.progress.value;
  }
}
