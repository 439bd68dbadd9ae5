import { signal } from '@preact/signals';
import { texts } from '../texts/texts.ts';
import { goTo, route } from './location.ts';
import { client, noteRefusal, whenBack } from './server.ts';

/** A picture that was dropped: the server keeps its bytes, and does not know its name. */
interface Dropped {
  readonly name: string;
  /** Pixels, as shown. */
  readonly width: number;
  readonly height: number;
}

const KEPT = 'eidetic-dropped';
const MOST = 20;
const BRIEF_MS = 2_500;

/** The last ones, by the SHA-256 of their bytes; the latest is the last. */
export const dropped = signal<ReadonlyMap<string, Dropped>>(new Map(kept()));

/** Why the last one could not be searched; null when it could. */
export const dropProblem = signal<unknown>(null);

/** What is to be said of what somebody did last; null for nothing. */
export const note = signal<string | null>(null);

/** The name of the picture that is being sent; null when there is none. */
export const sending = signal<string | null>(null);

let asking: AbortController | null = null;

/** Hands a picture to the server, and goes to what looks like it. The last one that was dropped is looked for. */
export async function searchDropped(picture: File): Promise<void> {
  asking?.abort();
  const from = route.value;
  const mine = new AbortController();
  asking = mine;
  dropProblem.value = null;
  sending.value = picture.name;
  try {
    const { contentHash, width, height } = await client.keepQuery(picture, mine.signal);
    keep(contentHash, { name: picture.name, width, height });
    // Who has gone elsewhere meanwhile is not called back.
    if (route.value === from && !mine.signal.aborted) {
      goTo({ view: 'search', query: { kind: 'dropped', hash: contentHash, region: null }, filter: {} });
    }
  } catch (error) {
    if (!mine.signal.aborted) {
      if (noteRefusal(error)) {
        note.value = texts.give.waits(picture.name);
        whenBack(() => {
          note.value = null;
          void searchDropped(picture);
        });
      } else {
        dropProblem.value = error;
      }
    }
  } finally {
    if (asking === mine) {
      asking = null;
      sending.value = null;
    }
  }
}

/** Says something that needs no answer. */
export function sayBriefly(text: string): void {
  note.value = text;
  setTimeout(() => {
    if (note.value === text) {
      note.value = null;
    }
  }, BRIEF_MS);
}

/** Gives up the picture that is being sent. */
export function stopSending(): void {
  asking?.abort();
}

function keep(hash: string, picture: Dropped): void {
  const others = [...dropped.value].filter(([other]) => other !== hash);
  dropped.value = new Map([...others, [hash, picture] as const].slice(-MOST));
  sessionStorage.setItem(KEPT, JSON.stringify([...dropped.value]));
}

function kept(): Array<[string, Dropped]> {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? '[]') as Array<[string, Dropped]>;
  } catch {
    return []; // what another version has kept
  }
}
