import type { ComponentChildren, JSX } from 'preact';
import type { Filter, Query } from '../route.ts';
import { askedPicture } from '../state/asked-picture.ts';
import { goTo } from '../state/location.ts';
import { texts } from '../texts/texts.ts';
import { type Examples, lessLike, moreLike } from './examples.ts';

interface HitActionsProps {
  readonly id: number;
  readonly query: Query;
  readonly filter: Filter;
  readonly isReachable: boolean;
  readonly onMenu: () => void;
}

/**
 * More of this and less of that, which go on from the examples that were given so far; beside what was searched for; and
 * everything else.
 */
export function HitActions({ id, query, filter, isReachable, onMenu }: HitActionsProps): JSX.Element {
  const words = texts.actions;
  const asked = askedPicture(query);
  const button = (sign: ComponentChildren, name: string, onClick: () => void) => (
    <button
      type="button"
      class="quick"
      title={name}
      aria-label={name}
      tabIndex={isReachable ? 0 : -1}
      onClick={onClick}
    >
      {sign}
    </button>
  );
  return (
    <>
      {button('+', words.moreLikeThis, () => searchMore(id, query, filter))}
      {button('−', words.lessLikeThis, () => searchLess(id, query, filter))}
      {asked !== null &&
        button(<span class="sign-compare" />, words.compare, () =>
          goTo({ view: 'compare', a: asked, b: id }),
        )}
      <MenuButton isReachable={isReachable} onMenu={onMenu} />
    </>
  );
}

/** Leads to everything that can be done with a picture, for who does not know of the long press. */
export function MenuButton({
  isReachable,
  onMenu,
}: Pick<HitActionsProps, 'isReachable' | 'onMenu'>): JSX.Element {
  return (
    <button
      type="button"
      class="all"
      title={texts.tile.menu}
      aria-label={texts.tile.menu}
      aria-haspopup="dialog"
      tabIndex={isReachable ? 0 : -1}
      onClick={onMenu}
    >
      ⋯
    </button>
  );
}

export function searchMore(id: number, query: Query, filter: Filter): void {
  search(moreLike(examplesOf(query), id), filter);
}

export function searchLess(id: number, query: Query, filter: Filter): void {
  search(lessLike(examplesOf(query), id), filter);
}

function search(examples: Examples, filter: Filter): void {
  if (examples.positive.length > 0) {
    goTo({ view: 'search', query: { kind: 'examples', ...examples }, filter });
  }
}

/** What a search began with, as examples: whole pictures, also where a part was searched. */
function examplesOf(query: Query): Examples {
  if (query.kind === 'examples') {
    return query;
  }
  const picture = askedPicture(query);
  return { positive: picture === null ? [] : [picture], negative: [] };
}
