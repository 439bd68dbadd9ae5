import { signal } from '@preact/signals';
import type { DuplicatesPage } from '../../client/eidetic-client.ts';
import { Pages } from './pages.ts';
import { client } from './server.ts';

/** Groups of equal files. */
export class EqualFiles extends Pages<DuplicatesPage> {
  readonly groups = signal<DuplicatesPage['groups']>([]);
  /** Pictures of which nobody knows whether they are equal to another. */
  readonly unknown = signal(0);
  #cursor: string | null = null;

  protected ask(signal: AbortSignal): Promise<DuplicatesPage> {
    return client.duplicates(this.#cursor === null ? {} : { cursor: this.#cursor }, signal);
  }

  protected take({ groups, unknownPixels, nextCursor }: DuplicatesPage): boolean {
    const { unreachable, unfinished, incomparable } = unknownPixels;
    this.groups.value = [...this.groups.value, ...groups];
    this.unknown.value = unreachable + unfinished + incomparable;
    this.#cursor = nextCursor;
    return nextCursor === null;
  }
}
