import { signal } from '@preact/signals';
import type { Picture } from '../../client/eidetic-client.ts';
import { client } from './server.ts';

/** Pictures of which no file could be seen when the page looked last. */
export const away = signal<ReadonlySet<number>>(new Set());

/** Pictures first: until then a browser has asked for those on the screen; milliseconds. */
const LATER_MS = 400;

/** Has the server look whether pictures have a file that is there. It may take long, so nothing waits for it. */
export async function lookForFiles(pictures: readonly Picture[]): Promise<void> {
  const ids = pictures.map(({ id }) => id);
  if (ids.length === 0) {
    return;
  }
  await new Promise((resolve) => setTimeout(resolve, LATER_MS));
  // Without an answer nothing is said of these pictures: one that is not marked is not said to be there.
  const answer = await client.away(ids).catch(() => null);
  if (answer !== null) {
    const others = [...away.value].filter((id) => !ids.includes(id));
    away.value = new Set([...others, ...answer.away]);
  }
}
