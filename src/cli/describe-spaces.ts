import { COPY, SIMILAR } from '../domain/space.ts';
import type { CountedSpace } from '../engine/count-spaces.ts';
import { describeBounds } from './describe-meaning.ts';
import { count } from './print.ts';

/** A line for each space of a library, and one for `copy` where it has none. */
export function describeSpaces(spaces: readonly CountedSpace[]): string[] {
  const lines = spaces.map(({ space, bounds, model, dimensions, vectors }) => {
    const what = space === COPY ? 'which photograph it is' : 'what a picture shows';
    const meaning = bounds === null ? '' : `; ${describeBounds(space, bounds)}`;
    return `Space "${space}", ${what}: ${count(vectors, 'vector')} of ${dimensions} dimensions by ${model}${meaning}`;
  });
  return spaces.some(({ space }) => space === COPY) ? lines : [...lines, NO_COPY];
}

const NO_COPY = `Space "${COPY}": none, for the model gives no vector that tells copies; duplicates are looked for in "${SIMILAR}" until "eidetic reindex" adds that of the bundled model`;
