import { signal } from '@preact/signals';
import type { Picture, PicturePage } from '../../client/eidetic-client.ts';
import { Pages } from './pages.ts';
import { client } from './server.ts';

const PAGE = 100;

/** Pictures at or below a folder, in the order in which they came into the library. */
class FolderPictures extends Pages<PicturePage> {
  readonly pictures = signal<readonly Picture[]>([]);
  readonly #path: string;
  #cursor: string | null = null;

  constructor(path: string) {
    super();
    this.#path = path;
  }

  protected ask(signal: AbortSignal): Promise<PicturePage> {
    const cursor = this.#cursor === null ? {} : { cursor: this.#cursor };
    return client.pictures({ pathPrefix: this.#path, limit: PAGE, ...cursor }, signal);
  }

  protected take({ pictures, nextCursor }: PicturePage): boolean {
    this.pictures.value = [...this.pictures.value, ...pictures];
    this.#cursor = nextCursor;
    return nextCursor === null;
  }
}

let known: { readonly path: string; readonly pictures: FolderPictures } | null = null;

/** The pictures of a folder; the last one is kept, so that arrow keys go through it and "back" finds it as it was. */
export function knownFolder(path: string): FolderPictures {
  if (known?.path !== path) {
    known?.pictures.stop();
    known = { path, pictures: new FolderPictures(path) };
  }
  if (known.pictures.pictures.value.length === 0) {
    void known.pictures.more();
  }
  return known.pictures;
}
