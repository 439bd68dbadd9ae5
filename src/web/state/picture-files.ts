import { signal } from '@preact/signals';
import type { FilesPage } from '../../client/eidetic-client.ts';
import { Pages } from './pages.ts';
import { client } from './server.ts';

const PAGE = 100;

/** What is at a path now. */
export type FileState = NonNullable<FilesPage['states']>[number];

/** All files of a picture, each with what is there now. */
export class PictureFiles extends Pages<FilesPage> {
  readonly files = signal<ReadonlyArray<{ readonly path: string; readonly state: FileState }>>([]);
  readonly #id: number;
  #cursor: string | null = null;

  constructor(id: number) {
    super();
    this.#id = id;
  }

  protected ask(signal: AbortSignal): Promise<FilesPage> {
    const cursor = this.#cursor === null ? {} : { cursor: this.#cursor };
    return client.files(this.#id, { states: 'true', limit: PAGE, ...cursor }, signal);
  }

  protected take({ files, states, nextCursor }: FilesPage): boolean {
    const looked = files.map((path, i) => ({ path, state: states?.[i] ?? 'away' }));
    this.files.value = [...this.files.value, ...looked];
    this.#cursor = nextCursor;
    return nextCursor === null;
  }
}
