import { signal } from '@preact/signals';
import { goTo } from './location.ts';
import { client, noteRefusal } from './server.ts';

/** A picture that was dropped, as this page shows it: the server only keeps its bytes. */
export interface Dropped {
  readonly hash: string;
  /** A blob: address. */
  readonly address: string;
  readonly name: string;
}

/** The last one. */
export const dropped = signal<Dropped | null>(null);

/** Why the last one could not be searched; null when it could. */
export const dropProblem = signal<unknown>(null);

export const isSending = signal(false);

/** Hands a picture to the server, and goes to what looks like it. */
export async function searchDropped(picture: File): Promise<void> {
  dropProblem.value = null;
  isSending.value = true;
  try {
    const { contentHash } = await client.keepQuery(picture);
    if (dropped.value !== null) {
      URL.revokeObjectURL(dropped.value.address);
    }
    dropped.value = { hash: contentHash, address: URL.createObjectURL(picture), name: picture.name };
    goTo({ view: 'search', query: { kind: 'dropped', hash: contentHash, region: null }, filter: {} });
  } catch (error) {
    noteRefusal(error);
    dropProblem.value = error;
  } finally {
    isSending.value = false;
  }
}
