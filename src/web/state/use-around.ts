import { useEffect, useMemo } from 'preact/hooks';
import type { Picture } from '../../client/eidetic-client.ts';
import { parseRoute } from '../route.ts';
import { byLikelihood } from './by-likelihood.ts';
import { knownFolder } from './folder-pictures.ts';
import type { Hits } from './hits.ts';
import { knownHits } from './known-searches.ts';

/** A picture's place in the list that somebody goes through. */
export interface Around {
  readonly picture: Picture;
  /** Of the picture, from 1. */
  readonly position: number;
  /** Pictures of the list that are known. */
  readonly total: number;
  /** Whether there are no more. */
  readonly isWhole: boolean;
  readonly previous: Picture | null;
  readonly next: Picture | null;
}

/** The next page is asked for when so few are left. */
const FEW = 5;

/** A picture that was opened by its address may be far down its list: it is looked for among so many. */
const MOST_LOOKED_AT = 1_000;

/**
 * Where a picture stands in the list that it was opened from; null when it was opened by itself, or the list does not
 * have it.
 * @param within address of the list
 */
export function useAround(within: string | null, id: number): Around | null {
  const list = useMemo(() => listAt(within), [within, id]); // looked up with each step, so that it is kept
  const { pictures, isWhole } = list?.read(id) ?? { pictures: [], isWhole: true };
  const at = pictures.findIndex((picture) => picture.id === id);
  const isNearEnd = at < 0 ? pictures.length < MOST_LOOKED_AT : at + FEW >= pictures.length;
  const wantsMore = isNearEnd && !isWhole && pictures.length > 0;
  useEffect(() => {
    if (wantsMore) {
      list?.more();
    }
  }, [wantsMore, pictures.length]);
  const picture = pictures[at];
  if (picture === undefined) {
    return null;
  }
  return {
    picture,
    position: at + 1,
    total: pictures.length,
    isWhole,
    previous: pictures[at - 1] ?? null,
    next: pictures[at + 1] ?? null,
  };
}

interface List {
  /** @param id the one that somebody looks at */
  read(id: number): { readonly pictures: readonly Picture[]; readonly isWhole: boolean };
  more(): void;
}

function listAt(within: string | null): List | null {
  const place = within === null ? null : parseRoute(within);
  if (place?.view === 'search') {
    const hits = knownHits(place.query, place.filter);
    return { read: (id) => hitsFor(hits, id), more: () => void hits.more() };
  }
  if (place?.view === 'folder') {
    const folder = knownFolder(place.path);
    return {
      read: () => ({ pictures: folder.pictures.value, isWhole: folder.isWhole.value }),
      more: () => void folder.more(),
    };
  }
  return null;
}

/** What is no longer alike is gone through only by who has opened one of those. */
function hitsFor(
  hits: Hits,
  id: number,
): { readonly pictures: readonly Picture[]; readonly isWhole: boolean } {
  const found = hits.found.value;
  const { likely, between, unlikely } = byLikelihood(found, hits.bounds.value);
  const alike = [...likely, ...between];
  return unlikely.length > 0 && alike.some((hit) => hit.id === id)
    ? { pictures: alike, isWhole: true }
    : { pictures: found, isWhole: hits.isWhole.value };
}
