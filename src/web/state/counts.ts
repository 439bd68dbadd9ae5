import { signal } from '@preact/signals';
import type { RootsAnswer } from '../../client/eidetic-client.ts';
import { client, noteRefusal, whenBack } from './server.ts';

/** What the library holds. */
export interface Counts {
  readonly pictures: number;
  readonly roots: RootsAnswer['roots'];
}

export const counts = signal<Counts | null>(null);

let asking: Promise<void> | null = null;

/** Asks again: something has been indexed, or a view wants to know. Counting takes a while in large libraries. */
export function refreshCounts(): Promise<void> {
  asking ??= ask().finally(() => {
    asking = null;
  });
  return asking;
}

async function ask(): Promise<void> {
  try {
    const { roots, pictures } = await client.roots();
    counts.value = { roots, pictures };
  } catch (error) {
    if (noteRefusal(error)) {
      whenBack(() => void refreshCounts());
    }
  }
}
