import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { PictureGrid } from '../grid/picture-grid.tsx';
import { formatRoute, type Route } from '../route.ts';
import { byLikelihood } from '../state/by-likelihood.ts';
import type { FoundPicture } from '../state/hits.ts';
import { knownHits } from '../state/known-searches.ts';
import { goTo } from '../state/location.ts';
import { texts } from '../texts/texts.ts';
import { HitMarks } from './hit-caption.tsx';
import { Problem } from './problem.tsx';
import { shownSimilarity } from './similarity.ts';

/** A few rows; the search has all. */
const MOST = 24;

/** Where a model does not say what looks alike, the nearest are shown as that and no more. */
const MOST_UNBOUNDED = 12;

/** What looks like a picture of the library, as far as the model says so. */
export function LooksLike({ id }: { readonly id: number }): JSX.Element {
  const query = { kind: 'picture', id, region: null } as const;
  const search: Route = { view: 'search', query, filter: {} };
  const hits = useMemo(() => knownHits(query, {}), [id]);
  const found = hits.found.value;
  const bounds = hits.bounds.value;
  const { likely, between } = byLikelihood(found, bounds);
  const first = likely.slice(0, bounds === null ? MOST_UNBOUNDED : MOST);
  const second = between.slice(0, MOST - first.length);
  const words = texts.results;
  const gridOf = (label: string, pictures: readonly FoundPicture[]) => (
    <PictureGrid<FoundPicture>
      key={id}
      pictures={pictures}
      label={label}
      captionOf={({ similarity }) => <span class="similarity">{shownSimilarity(similarity)}</span>}
      marksOf={(hit) => <HitMarks hit={hit} relations={hits.relations} />}
      onOpen={(hit) => goTo({ view: 'picture', id: hit.id, within: formatRoute(search).slice(1) })}
    />
  );
  const isNothing = (hits.isWhole.value || found.length > 0) && first.length + second.length === 0;
  return (
    <section class="below" aria-busy={hits.isLoading.value && found.length === 0}>
      <div class="below-head">
        <h2>{texts.picture.similar}</h2>
        {found.length > 0 && (
          <a class="button" href={formatRoute(search)}>
            {texts.picture.showAll}
          </a>
        )}
      </div>
      {hits.error.value !== null && <Problem error={hits.error.value} onRetry={() => void hits.more()} />}
      {isNothing && <p class="quiet">{texts.picture.nothingAlike}</p>}
      {first.length > 0 && gridOf(texts.picture.similar, first)}
      {second.length > 0 && (
        <>
          <h3>{words.between}</h3>
          {gridOf(words.between, second)}
        </>
      )}
    </section>
  );
}
