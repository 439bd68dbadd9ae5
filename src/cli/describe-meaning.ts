import { isAtLeast } from '../domain/least-similarity.ts';
import type { SimilarityBounds } from '../domain/model.ts';
import { COPY, type SpaceId } from '../domain/space.ts';
import type { SpaceMeaning } from '../engine/library-spaces.ts';
import type { Hit } from '../search/search-similar.ts';

/** Digits behind the point of a bound, at most. */
const DIGITS = 4;

/**
 * What the similarities of a space mean, as one line for a person; none where nobody measured it.
 * @param hits the table below which it stands: one or more, else there is nothing to be said of it
 */
export function meaningOfHits({ space, bounds }: SpaceMeaning, hits: readonly Hit[]): string[] {
  if (bounds === null || hits.length === 0) {
    return [];
  }
  const { same, nothing, closer } = wordsOf(space);
  return hits.some(({ similarity }) => isAtLeast(similarity, bounds.unlikely))
    ? [`${capitalized(describeBounds(space, bounds))} (this model, "${space}").`]
    : [
        `${nothing}: all are below ${shown(bounds.unlikely)}, where at most one in ten is ${same} (this model, "${space}").${closer}`,
      ];
}

/** The same of any similarities of the space, within a sentence. */
export function describeBounds(space: SpaceId, { likely, unlikely }: SimilarityBounds): string {
  return `likely ${wordsOf(space).same} from ${shown(likely)}, unlikely below ${shown(unlikely)}`;
}

function wordsOf(space: SpaceId): {
  readonly same: string;
  readonly nothing: string;
  /** What tells more, with a space before it; '' for nothing. */
  readonly closer: string;
} {
  return space === COPY
    ? {
        same: 'the same photograph',
        nothing: 'Nothing here looks like a copy at first sight',
        closer: ' "eidetic check FILE" looks closer, and finds parts and edits too.',
      }
    : { same: 'the same thing', nothing: 'Nothing here looks alike', closer: '' };
}

function shown(bound: number): string {
  return String(Number(bound.toFixed(DIGITS)));
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
