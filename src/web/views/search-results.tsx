import type { JSX } from 'preact';
import { PictureGrid } from '../grid/picture-grid.tsx';
import { HitActions } from '../parts/hit-actions.tsx';
import { HitCaption, HitMarks } from '../parts/hit-caption.tsx';
import { type Filter, formatRoute, type Query } from '../route.ts';
import { byLikelihood } from '../state/by-likelihood.ts';
import type { FoundPicture, Hits } from '../state/hits.ts';
import { texts } from '../texts/texts.ts';

interface SearchResultsProps {
  readonly hits: Hits;
  readonly query: Query;
  readonly filter: Filter;
  readonly onOpen: (hit: FoundPicture) => void;
  readonly onFilter: (filter: Filter) => void;
  readonly onMenu: (hit: FoundPicture) => void;
}

/** The hits, parted where the model says so; and, when there are none, why. */
export function SearchResults(props: SearchResultsProps): JSX.Element {
  const { hits, query, filter } = props;
  const { bounds, found, isCut, isLoading, isWhole, showsUnlikely } = hits;
  const words = texts.results;
  const { likely, between, unlikely } = byLikelihood(found.value, bounds.value);
  const isNothingAlike = bounds.value !== null && likely.length + between.length === 0;
  const address = formatRoute({ view: 'search', query, filter });
  const gridOf = (label: string, pictures: readonly FoundPicture[], isLast: boolean) => (
    <PictureGrid<FoundPicture>
      key={address}
      pictures={pictures}
      label={label}
      captionOf={(hit) => <HitCaption hit={hit} />}
      marksOf={(hit) => <HitMarks hit={hit} relations={hits.relations} />}
      onOpen={props.onOpen}
      onMenu={props.onMenu}
      actionsOf={(hit, isReachable) => (
        <HitActions
          id={hit.id}
          query={query}
          filter={filter}
          isReachable={isReachable}
          onMenu={() => props.onMenu(hit)}
        />
      )}
      {...(isLast && !isWhole.value ? { onEnd: () => void hits.more() } : {})}
    />
  );
  if (found.value.length === 0) {
    return <NoneYet hits={hits} filter={filter} onFilter={props.onFilter} />;
  }
  const isAllShown = unlikely.length === 0 || showsUnlikely.value || isNothingAlike;
  return (
    <>
      {likely.length > 0 && (
        <section>
          <h2>{bounds.value === null ? words.title : words.likely}</h2>
          {gridOf(words.likely, likely, between.length + unlikely.length === 0)}
        </section>
      )}
      {between.length > 0 && (
        <section>
          <h2>{words.between}</h2>
          <p class="section-hint">{texts.search.betweenHint}</p>
          {gridOf(words.between, between, unlikely.length === 0)}
        </section>
      )}
      {unlikely.length > 0 && (
        <section class="unlikely">
          <h2>{isNothingAlike ? nothingAlike(filter) : words.unlikely}</h2>
          <p class="section-hint">{words.unlikelyHint}</p>
          {isAllShown ? (
            gridOf(words.unlikely, unlikely, true)
          ) : (
            <button
              type="button"
              onClick={() => {
                showsUnlikely.value = true;
              }}
            >
              {texts.search.showUnlikely}
            </button>
          )}
        </section>
      )}
      {isAllShown && isLoading.value && (
        <p class="list-end" role="status">
          {texts.search.loadingMore}
        </p>
      )}
      {isAllShown && isCut.value && <p class="list-end">{texts.search.cut(found.value.length)}</p>}
    </>
  );
}

function nothingAlike(filter: Filter): string {
  return Object.keys(filter).length === 0 ? texts.results.nothingAlike : texts.search.nothingAlikeFiltered;
}

/** What stands there as long as there are no hits, and when there are none. */
function NoneYet(props: Pick<SearchResultsProps, 'hits' | 'filter' | 'onFilter'>): JSX.Element | null {
  const { isLoading, isWhole } = props.hits;
  if (isLoading.value) {
    return <Placeholder />;
  }
  return isWhole.value ? <Nothing filter={props.filter} onFilter={props.onFilter} /> : null;
}

/** No hit at all: the library has no other picture, or none passes the filters. */
function Nothing(props: {
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
}): JSX.Element {
  if (Object.keys(props.filter).length === 0) {
    return <p class="nothing">{texts.results.nothing}</p>;
  }
  return (
    <div class="nothing">
      <p>{texts.results.nothingFiltered}</p>
      <button type="button" onClick={() => props.onFilter({})}>
        {texts.filters.none}
      </button>
    </div>
  );
}

/** Rows to come, so that nothing jumps when they do. */
function Placeholder(): JSX.Element {
  return (
    <div class="placeholder" aria-busy="true">
      {Array.from({ length: 12 }, (_, i) => (
        <div key={i} class="placeholder-tile" style={{ flexGrow: 1 + ((i * 7) % 5) / 4 }} />
      ))}
    </div>
  );
}
