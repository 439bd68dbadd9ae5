import type { JSX } from 'preact';
import type { Filter, Query } from '../route.ts';
import { goTo } from '../state/location.ts';
import { texts } from '../texts/texts.ts';

/** More of this, less of that: each goes on from the examples that were given so far. */
export function HitActions(props: {
  readonly id: number;
  readonly query: Query;
  readonly filter: Filter;
}): JSX.Element {
  const { id, query, filter } = props;
  const { positive, negative } = examplesOf(query);
  const search = (next: Query) => goTo({ view: 'search', query: next, filter });
  const words = texts.actions;
  return (
    <>
      <button
        type="button"
        title={words.moreLikeThis}
        aria-label={words.moreLikeThis}
        onClick={() =>
          search({
            kind: 'examples',
            positive: [...positive.filter((other) => other !== id), id],
            negative: negative.filter((other) => other !== id),
          })
        }
      >
        +
      </button>
      {positive.length > 0 && (
        <button
          type="button"
          title={words.lessLikeThis}
          aria-label={words.lessLikeThis}
          onClick={() =>
            search({
              kind: 'examples',
              positive: positive.filter((other) => other !== id),
              negative: [...negative.filter((other) => other !== id), id],
            })
          }
        >
          −
        </button>
      )}
    </>
  );
}

/** What a search began with, as examples; a picture that is not in the library cannot be one. */
function examplesOf(query: Query): {
  readonly positive: readonly number[];
  readonly negative: readonly number[];
} {
  switch (query.kind) {
    case 'examples':
      return query;
    case 'picture':
      return { positive: [query.id], negative: [] };
    default:
      return { positive: [], negative: [] };
  }
}
