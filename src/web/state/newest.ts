import { signal } from '@preact/signals';
import type { Picture, PicturePage } from '../../client/eidetic-client.ts';
import { lookForFiles } from './away.ts';
import { noteFolders } from './known-folders.ts';
import { Pages } from './pages.ts';
import { client, noteRefusal } from './server.ts';

const PAGE = 100;

/** The pictures of the library, the newest first. */
class NewestPictures extends Pages<PicturePage> {
  readonly pictures = signal<readonly Picture[]>([]);
  readonly isEmpty = signal(false);
  /** The newest page, when it has others than are shown, and somebody must not be moved. */
  readonly waiting = signal<PicturePage | null>(null);
  #cursor: string | null = null;

  /**
   * Looks for those that have come meanwhile, and puts them before the others.
   * @param isHeld whether they wait until they are shown with showWaiting
   */
  async again(isHeld = false): Promise<void> {
    if (this.pictures.value.length === 0) {
      this.stop();
      this.#cursor = null;
      this.isWhole.value = false;
      await this.more();
      return;
    }
    const page = await client.pictures({ order: 'newest', limit: PAGE }).catch((error: unknown) => {
      noteRefusal(error);
      return null;
    });
    if (page === null || this.#isAsShown(page)) {
      return;
    }
    this.waiting.value = page;
    if (!isHeld) {
      this.showWaiting();
    }
  }

  showWaiting(): void {
    const page = this.waiting.value;
    this.waiting.value = null;
    if (page === null) {
      return;
    }
    const last = page.pictures.at(-1)?.id ?? 0;
    const shown = this.pictures.value;
    const isJoined = shown.some(({ id }) => id >= last);
    if (!isJoined) {
      this.stop();
      this.#cursor = page.nextCursor;
      this.isWhole.value = page.nextCursor === null;
    }
    this.#show(isJoined ? [...page.pictures, ...shown.filter(({ id }) => id < last)] : page.pictures);
  }

  protected ask(signal: AbortSignal): Promise<PicturePage> {
    const cursor = this.#cursor === null ? {} : { cursor: this.#cursor };
    return client.pictures({ order: 'newest', limit: PAGE, ...cursor }, signal);
  }

  protected take({ pictures, nextCursor }: PicturePage): boolean {
    this.#show(this.#cursor === null ? pictures : [...this.pictures.value, ...pictures]);
    this.#cursor = nextCursor;
    return nextCursor === null;
  }

  /** How many of the waiting ones are not shown. */
  get fresh(): number {
    const first = this.pictures.value[0]?.id ?? 0;
    return this.waiting.value?.pictures.filter(({ id }) => id > first).length ?? 0;
  }

  #isAsShown({ pictures }: PicturePage): boolean {
    const shown = this.pictures.value;
    const isAsLong = pictures.length === Math.min(PAGE, shown.length);
    return isAsLong && pictures.every(({ id }, at) => shown[at]?.id === id);
  }

  #show(pictures: readonly Picture[]): void {
    const known = new Set(this.pictures.value.map(({ id }) => id));
    const fresh = pictures.filter(({ id }) => !known.has(id));
    this.pictures.value = pictures;
    this.isEmpty.value = pictures.length === 0;
    noteFolders(fresh);
    void lookForFiles(fresh);
  }
}

/** Kept while the page is open, so that who comes back finds what was there. */
export const newest = new NewestPictures();
