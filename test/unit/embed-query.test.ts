import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toEmbedding } from '../../src/domain/embedding.ts';
import type { Space } from '../../src/domain/space.ts';
import { embedQuery } from '../../src/search/query/embed-query.ts';
import { refuses } from '../support/refuses.ts';

function spaceOf(id: string, dimensions: number): Space {
  return { id, revision: 1, modelKey: 'key', from: 'cls', transform: 'none', dimensions, metric: 'cosine' };
}

const SIMILAR = spaceOf('similar', 3);
const COPY = spaceOf('copy', 4);

function embedVector(space: Space, values: readonly number[]) {
  const never = () => Promise.reject(new Error('nothing is read for a vector'));
  const parts = { space, spaces: [SIMILAR, COPY], embeddingOf: never, readOriginal: never, describe: never };
  return embedQuery(parts, { kind: 'vector', values });
}

describe('a vector as a query', () => {
  it('is taken at its direction when it has the dimensions of the space', async () => {
    assert.deepEqual(await embedVector(SIMILAR, [0, 5, 0]), toEmbedding([0, 1, 0]));
  });

  it('is refused with the space that it fits when it is one of another', async () => {
    await refuses(
      embedVector(SIMILAR, [1, 2, 3, 4]),
      'INVALID_INPUT',
      /^Found a vector of 4 numbers, which fit the space "copy", expected 3 of "similar"; name that space, or send a vector of this one\.$/,
    );
    await refuses(
      embedVector(COPY, [1, 2, 3]),
      'INVALID_INPUT',
      /which fit the space "similar", expected 4 of "copy"/,
    );
    await refuses(
      embedVector(COPY, [1]),
      'INVALID_INPUT',
      /^Found a vector of 1 numbers, expected 4 of "copy"\.$/,
    );
  });
});
