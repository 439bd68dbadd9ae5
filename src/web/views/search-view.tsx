import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { EideticApiError } from '../../client/eidetic-client.ts';
import { PictureGrid } from '../grid/picture-grid.tsx';
import { Filters } from '../parts/filters.tsx';
import { HitActions } from '../parts/hit-actions.tsx';
import { Problem } from '../parts/problem.tsx';
import { QueryPanel } from '../parts/query-panel.tsx';
import { type Filter, formatRoute, type Query } from '../route.ts';
import type { FoundPicture } from '../state/hits.ts';
import { knownHits } from '../state/known-searches.ts';
import { goTo } from '../state/location.ts';
import { texts } from '../texts/texts.ts';
import { byLikelihood } from './by-likelihood.ts';

/** What looks like something, in up to three parts: alike, perhaps, and no longer alike. */
export function SearchView({
  query,
  filter,
}: {
  readonly query: Query;
  readonly filter: Filter;
}): JSX.Element {
  const address = formatRoute({ view: 'search', query, filter });
  const hits = useMemo(() => knownHits(query, filter), [address]);
  const showsUnlikely = useSignal(false);
  useEffect(() => {
    showsUnlikely.value = false;
    scrollTo({ top: 0 });
  }, [hits]);

  const words = texts.results;
  const { error, isWhole, isLoading } = hits;
  const gridOf = (label: string, pictures: readonly FoundPicture[], isLast: boolean) => (
    <PictureGrid<FoundPicture>
      pictures={pictures}
      label={label}
      captionOf={(hit) => <HitCaption hit={hit} />}
      onOpen={({ id }) => goTo({ view: 'picture', id, within: address.slice(1) })}
      actionsOf={(hit) => <HitActions id={hit.id} query={query} filter={filter} />}
      {...(isLast && !isWhole.value ? { onEnd: () => void hits.more() } : {})}
    />
  );
  const { likely, between, unlikely } = byLikelihood(hits.found.value, hits.bounds.value);
  const isNothingAlike = hits.bounds.value !== null && likely.length + between.length === 0;
  return (
    <>
      <QueryPanel query={query} filter={filter} />
      <Filters
        filter={filter}
        onChange={(next) => goTo({ view: 'search', query, filter: next }, { isStep: false })}
      />
      {error.value !== null && (
        <SearchProblem query={query} error={error.value} onRetry={() => void hits.more()} />
      )}
      {isLoading.value && hits.found.value.length === 0 && <Placeholder />}
      {likely.length > 0 && (
        <section>
          <h2>{hits.bounds.value === null ? words.title : words.likely}</h2>
          {gridOf(words.likely, likely, between.length + unlikely.length === 0)}
        </section>
      )}
      {between.length > 0 && (
        <section>
          <h2>{words.between}</h2>
          {gridOf(words.between, between, unlikely.length === 0)}
        </section>
      )}
      {isWhole.value && hits.found.value.length === 0 && (
        <p class="nothing">{Object.keys(filter).length === 0 ? words.nothing : words.nothingFiltered}</p>
      )}
      {unlikely.length > 0 && (
        <section class="unlikely">
          <h2>{isNothingAlike ? words.nothingAlike : words.unlikely}</h2>
          <p class="quiet">{words.unlikelyHint}</p>
          {showsUnlikely.value || isNothingAlike ? (
            gridOf(words.unlikely, unlikely, true)
          ) : (
            <button
              type="button"
              onClick={() => {
                showsUnlikely.value = true;
              }}
            >
              {texts.home.more}
            </button>
          )}
        </section>
      )}
    </>
  );
}

/** Similarity, quietly; that the bytes are the same, plainly. */
function HitCaption({ hit }: { readonly hit: FoundPicture }): JSX.Element {
  return hit.isSame ? (
    <strong class="same">{texts.results.same}</strong>
  ) : (
    <span class="similarity">{roundedDown(hit.similarity)}</span>
  );
}

/** A picture that is not the same shall never look as if it were wholly so. */
function roundedDown(similarity: number): string {
  return (Math.floor(similarity * 100) / 100).toFixed(2);
}

function SearchProblem(props: {
  readonly query: Query;
  readonly error: unknown;
  readonly onRetry: () => void;
}): JSX.Element {
  const isExpired =
    props.query.kind === 'dropped' &&
    props.error instanceof EideticApiError &&
    props.error.problem.code === 'NOT_FOUND';
  return isExpired ? (
    <p class="nothing" role="alert">
      {texts.results.expired}
    </p>
  ) : (
    <Problem error={props.error} onRetry={props.onRetry} />
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
