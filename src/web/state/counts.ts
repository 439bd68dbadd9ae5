import { signal } from '@preact/signals';
import type { RootsAnswer } from '../../client/eidetic-client.ts';
import { client, noteRefusal } from './server.ts';

/** What the library holds. */
export interface Counts {
  readonly pictures: number;
  readonly roots: RootsAnswer['roots'];
}

export const counts = signal<Counts | null>(null);

/** Asks again: something has been indexed, or a view wants to know. */
export async function refreshCounts(): Promise<void> {
  try {
    const { roots, pictures } = await client.roots();
    counts.value = { roots, pictures };
  } catch (error) {
    noteRefusal(error);
  }
}
