import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Embedding, toEmbedding } from '../../src/domain/embedding.ts';
import { figuresByLabel, labelFigures } from '../../src/evaluation/label-figures.ts';
import { judgeRanking, rankByLabels } from '../../src/evaluation/rank-by-labels.ts';

const NEVER = new AbortController().signal;

/** On a circle, so that the nearest is the one with the nearest angle. */
function at(degrees: number): Embedding {
  const angle = (degrees * Math.PI) / 180;
  return toEmbedding([Math.cos(angle), Math.sin(angle)]);
}

function judge(right: readonly number[], wrong: readonly number[]) {
  return judgeRanking(Float64Array.from(right), Float64Array.from(wrong));
}

describe('judgeRanking', () => {
  it('averages precision at the place of each picture of the label', () => {
    // Right ones at places 1, 3 and 6: precisions 1, 2/3 and 3/6.
    const judged = judge([0.9, 0.7, 0.4], [0.8, 0.6, 0.5]);
    assert.equal(judged.averagePrecision, (1 + 2 / 3 + 3 / 6) / 3);
    assert.equal(judged.precisionAt5, 2 / 5);
    assert.equal(judged.isFirstRight, true);
    assert.equal(judged.similarity, 0.9);
  });

  it('takes wrong ones for nearer where they are equally near', () => {
    const judged = judge([0.5, 0.5], [0.5, 0.5, 0.1]);
    assert.equal(judged.isFirstRight, false);
    assert.equal(judged.averagePrecision, (1 / 3 + 2 / 4) / 2);
    assert.equal(judged.precisionAt5, 2 / 5);
  });

  it('looks at all where there are fewer than five, and at no more than five', () => {
    assert.equal(judge([0.9], [0.8]).precisionAt5, 1 / 2);
    assert.equal(judge([0.9, 0.8, 0.7, 0.6, 0.5, 0.4], [0.1]).precisionAt5, 1);
    assert.equal(judge([0.9, 0.8], []).averagePrecision, 1);
  });
});

describe('rankByLabels', () => {
  it('leaves each picture out and looks for those of its label among all others', async () => {
    const labels = ['a', 'b', 'a', 'b', 'alone'];
    const vectors = [0, 10, 25, 90, 11].map(at);
    let ranked = 0;
    const rankings = await rankByLabels(labels, vectors, (count) => (ranked += count), NEVER);
    assert.equal(ranked, 5);
    // From 0 degrees: 10 (b), 11 (alone), 25 (a). From 25: 11, 10, 0 (a). From 10: 11, 0, 25, 90 (b). From 90: 25, 11, 10 (b).
    assert.deepEqual(
      rankings.map(({ label, averagePrecision, isFirstRight }) => [label, averagePrecision, isFirstRight]),
      [
        ['a', 1 / 3, false],
        ['b', 1 / 4, false],
        ['a', 1 / 3, false],
        ['b', 1 / 3, false],
      ],
    );
    const figures = labelFigures(rankings, 'seed');
    assert.equal(figures.queries, 4);
    assert.equal(figures.top1.value, 0);
    assert.ok(Math.abs(figures.meanAveragePrecision.value - 5 / 16) < 1e-12);
    assert.deepEqual([...figuresByLabel(rankings, 'seed').keys()], ['a', 'b']);
  });

  it('stops when it is told to', async () => {
    const vectors = Array.from({ length: 100 }, (_, i) => at(i));
    const stop = new AbortController();
    const ranking = rankByLabels(new Array(100).fill('a'), vectors, () => stop.abort(), stop.signal);
    await assert.rejects(ranking, { name: 'AbortError' });
  });
});
