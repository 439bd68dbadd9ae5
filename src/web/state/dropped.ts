import { signal } from '@preact/signals';
import { goTo, route } from './location.ts';
import { client, noteRefusal } from './server.ts';

/** A picture that was dropped: the server keeps its bytes, and does not know its name. */
export interface Dropped {
  readonly hash: string;
  readonly name: string;
}

/** The last one. */
export const dropped = signal<Dropped | null>(null);

/** Why the last one could not be searched; null when it could. */
export const dropProblem = signal<unknown>(null);

export const isSending = signal(false);

/** Hands a picture to the server, and goes to what looks like it. */
export async function searchDropped(picture: File): Promise<void> {
  const from = route.value;
  dropProblem.value = null;
  isSending.value = true;
  try {
    const { contentHash } = await client.keepQuery(picture);
    dropped.value = { hash: contentHash, name: picture.name };
    // Who has gone elsewhere meanwhile is not called back.
    if (route.value === from) {
      goTo({ view: 'search', query: { kind: 'dropped', hash: contentHash, region: null }, filter: {} });
    }
  } catch (error) {
    noteRefusal(error);
    dropProblem.value = error;
  } finally {
    isSending.value = false;
  }
}
