import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { Filters } from '../parts/filters.tsx';
import { searchLess, searchMore } from '../parts/hit-actions.tsx';
import { PictureMenu } from '../parts/picture-menu.tsx';
import { QueryPanel } from '../parts/query-panel.tsx';
import { SearchProblem } from '../parts/search-problem.tsx';
import { type Filter, formatRoute, type Query } from '../route.ts';
import { askedPicture } from '../state/asked-picture.ts';
import type { FoundPicture } from '../state/hits.ts';
import { freshHits, knownHits } from '../state/known-searches.ts';
import { isByKeyboard } from '../state/last-input.ts';
import { goTo } from '../state/location.ts';
import { isReturn } from '../state/places.ts';
import { texts } from '../texts/texts.ts';
import { actionsOf } from './picture-actions.ts';
import { SearchResults } from './search-results.tsx';

interface SearchViewProps {
  readonly query: Query;
  readonly filter: Filter;
}

/** What looks like something, in up to three parts: alike, perhaps, and no longer alike. */
export function SearchView({ query, filter }: SearchViewProps): JSX.Element {
  const address = formatRoute({ view: 'search', query, filter });
  const hits = useMemo(() => (isReturn() ? knownHits(query, filter) : freshHits(query, filter)), [address]);
  const menuOf = useSignal<FoundPicture | null>(null);
  const { error, found } = hits;
  const isFirst = found.value.length > 0;
  useEffect(() => {
    // Who works by keyboard goes on among the hits, unless something else has the focus.
    if (isFirst && isByKeyboard() && !isReturn() && document.activeElement === document.body) {
      document.querySelector<HTMLElement>('.grid [data-at="0"]')?.focus({ preventScroll: true });
    }
  }, [hits, isFirst]);

  useEffect(() => (isFirst ? hits.lookForCopies() : undefined), [hits, isFirst]);

  const asked = askedPicture(query);
  const open = ({ id }: FoundPicture) => goTo({ view: 'picture', id, within: address.slice(1) });
  const change = (next: Filter) => goTo({ view: 'search', query, filter: next }, { isStep: false });
  const problem = error.value !== null && (
    <SearchProblem query={query} error={error.value} onRetry={() => void hits.more()} />
  );
  const menu = menuOf.value;
  return (
    <>
      <QueryPanel query={query} filter={filter} />
      <Filters filter={filter} onChange={change} />
      {!isFirst && problem}
      <SearchResults
        hits={hits}
        query={query}
        filter={filter}
        onOpen={open}
        onFilter={change}
        onMenu={(hit) => {
          menuOf.value = hit;
        }}
      />
      {isFirst && problem}
      {menu !== null && (
        <PictureMenu
          picture={menu}
          actions={[
            { name: texts.actions.open, onChoose: () => open(menu) },
            { name: texts.actions.moreLikeThis, onChoose: () => searchMore(menu.id, query, filter) },
            { name: texts.actions.lessLikeThis, onChoose: () => searchLess(menu.id, query, filter) },
            ...(asked === null
              ? []
              : [
                  {
                    name: texts.actions.compare,
                    onChoose: () => goTo({ view: 'compare', a: asked, b: menu.id }),
                  },
                ]),
            ...actionsOf(menu),
          ]}
          onClose={() => {
            menuOf.value = null;
          }}
        />
      )}
    </>
  );
}
