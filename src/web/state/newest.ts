import { signal } from '@preact/signals';
import type { Picture, PicturePage } from '../../client/eidetic-client.ts';
import { Pages } from './pages.ts';
import { client } from './server.ts';

const PAGE = 100;

/** The pictures of the library, the newest first. */
export class NewestPictures extends Pages<PicturePage> {
  readonly pictures = signal<readonly Picture[]>([]);
  readonly isEmpty = signal(false);
  #cursor: string | null = null;

  /** From the start, since others have come; what is shown stays until they are there. */
  async again(): Promise<void> {
    this.stop();
    this.#cursor = null;
    this.isWhole.value = false;
    await this.more();
  }

  protected ask(signal: AbortSignal): Promise<PicturePage> {
    const cursor = this.#cursor === null ? {} : { cursor: this.#cursor };
    return client.pictures({ order: 'newest', limit: PAGE, ...cursor }, signal);
  }

  protected take({ pictures, nextCursor }: PicturePage): boolean {
    this.pictures.value = this.#cursor === null ? pictures : [...this.pictures.value, ...pictures];
    this.isEmpty.value = this.pictures.value.length === 0;
    this.#cursor = nextCursor;
    return nextCursor === null;
  }
}
