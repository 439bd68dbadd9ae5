import type { SearchAnswer } from '../../client/eidetic-client.ts';
import type { Example } from '../route.ts';
import { namedPicture } from './asked-picture.ts';
import { client, trouble, whenBack } from './server.ts';

/** How a hit relates to the picture that was searched for; see the API's Match. */
export type Relation = NonNullable<SearchAnswer['hits'][number]['relation']>;

/** By the ids of the hits. */
type Relations = ReadonlyMap<number, Relation>;

/** Pictures come first, and who goes on soon has asked for nothing; milliseconds. */
const LATER_MS = 700;

/** Each takes the server about a tenth of a second of a core. */
const MOST_LOOKED_AT = 24;

/** Another filter is no other picture: what was found of the last one is good for so long, milliseconds. */
const FRESH_MS = 60_000;

let last: { readonly picture: Example; readonly relations: Relations; readonly at: number } | null = null;

/**
 * Has the server look which pictures of the library are copies of one, or may be, by laying it over the nearest. It is asked
 * later than what somebody waits for, and while the server has trouble not before that is over.
 * @param onFound told of those that are, by id, once; never when nobody could look, for then nothing is known
 */
export function findCopies(
  picture: Example,
  onFound: (relations: Relations) => void,
  signal: AbortSignal,
): void {
  if (last?.picture === picture && Date.now() - last.at < FRESH_MS) {
    onFound(last.relations);
    return;
  }
  setTimeout(() => {
    if (signal.aborted) {
      return;
    }
    if (trouble.value === null) {
      void look(picture, signal).then((found) => found !== null && onFound(found));
    } else {
      whenBack(() => findCopies(picture, onFound, signal));
    }
  }, LATER_MS);
}

/** Null where nobody looked: nothing is said then, and nothing of it, for nobody has asked. */
async function look(picture: Example, signal: AbortSignal): Promise<Relations | null> {
  try {
    const { matches } = await client.match(
      { ...namedPicture(picture), mostLookedAt: MOST_LOOKED_AT },
      {},
      signal,
    );
    if (signal.aborted) {
      return null;
    }
    const relations = new Map(matches.map(({ id, relation }) => [id, relation]));
    last = { picture, relations, at: Date.now() };
    return relations;
  } catch {
    return null;
  }
}
