import type { Picture } from '../../client/eidetic-client.ts';
import { fileName, shownText } from '../parts/file-name.ts';
import { keptThumbnail } from '../parts/kept-thumbnail.ts';
import { type Fact, factsOf } from '../parts/picture-facts.ts';
import { thumbnailAt } from '../parts/thumbnail.ts';
import { type Example, formatRoute } from '../route.ts';
import { texts } from '../texts/texts.ts';
import { dropped } from './dropped.ts';
import { fetched } from './fetched.ts';
import type { Loaded } from './loaded.ts';
import { client } from './server.ts';
import { useLoaded } from './use-loaded.ts';

/** One of two pictures that are shown beside each other. */
export interface Compared {
  readonly name: string;
  /** Where it is drawn. */
  readonly address: string;
  /** Width over height; null as long as nobody knows. */
  readonly ratio: number | null;
  /** Of its own place in the page; null for one that is not in the library. */
  readonly place: string | null;
  readonly facts: readonly Fact[];
}

/** Longest side that is asked for, pixels. */
const SIDE = 1_024;

/** A picture of the library, or one that was dropped or fetched, as far as it has come. */
export function useCompared(picture: Example): Loaded<Compared> {
  const state = useLoaded(async (signal) =>
    typeof picture === 'number' ? ofLibrary(await client.picture(picture, signal)) : null,
  );
  if (typeof picture === 'string') {
    return { kind: 'there', value: ofKept(picture) };
  }
  return state.kind === 'there' && state.value === null ? { kind: 'loading' } : (state as Loaded<Compared>);
}

function ofLibrary(picture: Picture): Compared {
  return {
    name: fileName(picture),
    address: thumbnailAt(picture, SIDE),
    ratio: picture.width / Math.max(1, picture.height),
    place: formatRoute({ view: 'picture', id: picture.id, within: null }),
    facts: factsOf(picture, texts),
  };
}

/** What this browser knows of a picture that the server keeps by its hash. */
function ofKept(hash: string): Compared {
  const file = dropped.value.get(hash);
  const [url, link] = [...fetched.value].find(([, kept]) => kept.contentHash === hash) ?? [];
  const size = file ?? link ?? null;
  return {
    name: shownText(file?.name ?? url ?? texts.results.yourPicture),
    address: keptThumbnail(hash, SIDE),
    ratio: size && size.width / Math.max(1, size.height),
    place: null,
    facts: [],
  };
}
