import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { meaningOfHits } from '../../src/cli/describe-meaning.ts';
import { describeSpaces } from '../../src/cli/describe-spaces.ts';
import { reportedPicture } from '../support/reported-picture.ts';

const BOUNDS = { likely: 0.95, unlikely: 0.38 };

function hitsOf(...similarities: number[]) {
  return similarities.map((similarity, i) => ({ picture: reportedPicture(i + 1, [`/${i}`]), similarity }));
}

describe('what similarities mean', () => {
  it('is said in one line below a table, in the words of its space', () => {
    assert.deepEqual(meaningOfHits({ space: 'similar', bounds: BOUNDS }, hitsOf(0.97, 0.2)), [
      'Likely the same thing from 0.95, unlikely below 0.38 (this model, "similar").',
    ]);
    const bounds = { likely: 0.8700000048, unlikely: 0.75 };
    assert.deepEqual(meaningOfHits({ space: 'copy', bounds }, hitsOf(0.8)), [
      'Likely the same photograph from 0.87, unlikely below 0.75 (this model, "copy").',
    ]);
  });

  it('is that nothing looks alike when all of a table is below where chance begins', () => {
    assert.deepEqual(meaningOfHits({ space: 'similar', bounds: BOUNDS }, hitsOf(0.3799, 0.2)), [
      'Nothing here looks alike: all are below 0.38, where at most one in ten is the same thing (this model, "similar").',
    ]);
    assert.deepEqual(meaningOfHits({ space: 'copy', bounds: BOUNDS }, hitsOf(0.1)), [
      'Nothing here looks like a copy at first sight: all are below 0.38, where at most one in ten is the same photograph (this model, "copy"). "eidetic check FILE" looks closer, and finds parts and edits too.',
    ]);
    // What float32 rounds below the bound is at it, as with --min-similarity.
    assert.match(meaningOfHits({ space: 'similar', bounds: BOUNDS }, hitsOf(0.3799999))[0] ?? '', /^Likely/);
  });

  it('is not said where nobody measured it, or nothing was found', () => {
    assert.deepEqual(meaningOfHits({ space: 'similar', bounds: null }, hitsOf(0.9)), []);
    assert.deepEqual(meaningOfHits({ space: 'similar', bounds: BOUNDS }, []), []);
  });
});

it('a library without copy is said to have none', () => {
  const similar = {
    ...{ space: 'similar', bounds: null, revision: 1, model: 'dinov2-small', modelKey: 'key' },
    ...{ dimensions: 384, vectors: 1_405 },
  };
  assert.deepEqual(describeSpaces([similar]), [
    'Space "similar", what a picture shows: 1,405 vectors of 384 dimensions by dinov2-small',
    'Space "copy": none, for the model gives no vector that tells copies; duplicates are looked for in "similar" until "eidetic reindex" adds that of the bundled model',
  ]);
});
