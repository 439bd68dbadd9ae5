import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toEmbedding } from '../../src/domain/embedding.ts';
import { classifyPictures } from '../../src/evaluation/classify-pictures.ts';
import { knnFigures } from '../../src/evaluation/knn-figures.ts';
import { voteForClass } from '../../src/evaluation/vote-for-class.ts';

/** Asks neighbors by class and similarity. */
function vote(
  neighbors: ReadonlyArray<readonly [name: string, similarity: number]>,
  k: number,
  right: string,
) {
  const near = neighbors.map(([, similarity], at) => ({ at, similarity }));
  return voteForClass(near, k, (at) => neighbors[at]?.[0] ?? '', right);
}

describe('voteForClass', () => {
  it('weighs votes by exp(similarity / 0.07)', () => {
    // exp(0.07 / 0.07) = 2.718 for a, twice exp(0.014 / 0.07) = 2.443 for b, thrice exp(-0.007 / 0.07) = 2.715 for c.
    const near = [
      ['a', 0.07],
      ['b', 0.014],
      ['b', 0.014],
      ['c', -0.007],
      ['c', -0.007],
      ['c', -0.007],
    ] as const;
    assert.equal(vote(near, 6, 'a').isFirst, true);
    assert.equal(vote(near, 6, 'c').isFirst, false);
    const weighed = [
      ['a', 0.07],
      ['b', 0.03],
      ['b', 0.014],
    ] as const; // 2.718 against 1.535 + 1.221
    assert.equal(vote(weighed, 3, 'b').isFirst, true);
    assert.equal(vote(weighed, 2, 'a').isFirst, true);
  });

  it('takes the right class for the last of those with as many votes, and for not found without one', () => {
    assert.deepEqual(
      vote(
        [
          ['a', 0.5],
          ['b', 0.5],
        ],
        2,
        'b',
      ),
      { isFirst: false, isAmongFive: true },
    );
    assert.deepEqual(
      vote(
        [
          ['a', 0.5],
          ['b', 0.4],
        ],
        1,
        'b',
      ),
      { isFirst: false, isAmongFive: false },
    );
    const six = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, 0.5] as const);
    assert.deepEqual(vote(six, 6, 'f'), { isFirst: false, isAmongFive: false });
    assert.deepEqual(vote(six.slice(1), 5, 'f'), { isFirst: false, isAmongFive: true });
  });
});

describe('classifyPictures', () => {
  it("gives what DINO's eval_knn.py gives", async () => {
    // Its knn_classifier, carried over to NumPy, finds 3 of these 20 first and 11 among five, by 10 and by 20 neighbors.
    const vector = (i: number, step: number) =>
      toEmbedding([1, 2, 3, 4].map((j) => Math.sin((i + 1) * j * step)));
    const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
    const train = {
      classes: numbers(40).map((i) => `${(i * 7) % 9}`),
      vectors: numbers(40).map((i) => vector(i, 1.7)),
    };
    const test = {
      classes: numbers(20).map((i) => `${(i * 4) % 9}`),
      vectors: numbers(20).map((i) => vector(i, 0.9)),
    };
    let told = 0;
    const votes = await classifyPictures(train, test, [10, 20], async () => void told++);
    const figures = knnFigures([10, 20], votes);
    assert.equal(told, 20);
    assert.deepEqual(
      figures.map(({ neighbors, top1, top5 }) => [neighbors, top1.value, top5.value]),
      [
        [10, 3 / 20, 11 / 20],
        [20, 3 / 20, 11 / 20],
      ],
    );
    const firsts = (which: number) =>
      [...(votes[which] ?? []).keys()].filter((i) => votes[which]?.[i]?.isFirst);
    assert.deepEqual(
      [firsts(0), firsts(1)],
      [
        [0, 5, 18],
        [0, 5, 18],
      ],
    );
  });
});
