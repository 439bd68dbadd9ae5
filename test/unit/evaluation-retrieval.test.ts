import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Embedding, similarity, toEmbedding } from '../../src/domain/embedding.ts';
import { boxRegion } from '../../src/evaluation/box-region.ts';
import {
  judgeRetrieval,
  type QueryAnswers,
  SETUPS,
  type Setup,
} from '../../src/evaluation/judge-retrieval.ts';
import { rankBank } from '../../src/evaluation/rank-bank.ts';
import { retrievalFigures } from '../../src/evaluation/retrieval-figures.ts';
import { trapezoidPrecision } from '../../src/evaluation/trapezoid-precision.ts';

function at(degrees: number): Embedding {
  const angle = (degrees * Math.PI) / 180;
  return toEmbedding([Math.cos(angle), Math.sin(angle)]);
}

function answers(
  { easy = [], hard = [], junk = [] }: { easy?: number[]; hard?: number[]; junk?: number[] },
  unread = { easy: 0, hard: 0 },
): QueryAnswers {
  return { easy: new Set(easy), hard: new Set(hard), junk: new Set(junk), unread };
}

function close(found: number | undefined, expected: number): void {
  assert.ok(Math.abs((found ?? Number.NaN) - expected) < 1e-12, `found ${found}, expected ${expected}`);
}

describe('rankBank', () => {
  const bank = [40, 10, 355, 30, 10].map(at);
  const placesOf = (most: number, right: number) =>
    rankBank(at(12), bank, (place) => place === right, most).map((near) => near.at);

  it('gives the nearest first, and no more than were asked for', () => {
    assert.deepEqual(placesOf(9, 4), [1, 4, 2, 3, 0]);
    assert.deepEqual(placesOf(3, 4), [1, 4, 2]);
    const [, , third] = rankBank(at(12), bank, () => false, 3);
    assert.equal(third?.similarity, similarity(at(12), bank[2] as Embedding));
  });

  it('puts wrong ones first where they are equally near, also where it ends', () => {
    assert.deepEqual(placesOf(5, 1), [4, 1, 2, 3, 0]);
    assert.deepEqual(placesOf(1, 1), [4]);
    assert.deepEqual(placesOf(1, 4), [1]);
  });
});

describe('trapezoidPrecision', () => {
  it('is the area below precision over recall', () => {
    assert.equal(trapezoidPrecision([0], 1), 1);
    assert.equal(trapezoidPrecision([1], 1), (0 + 1 / 2) / 2);
    close(trapezoidPrecision([2], 1), (0 + 1 / 3) / 2);
    // Places 1, 3 and 4 of three: (1 + 1) / 2, (1/2 + 2/3) / 2 and (2/3 + 3/4) / 2, each a third of the recall.
    close(trapezoidPrecision([0, 2, 3], 3), (1 + (1 / 2 + 2 / 3) / 2 + (2 / 3 + 3 / 4) / 2) / 3);
  });

  it('loses the recall of what was not found', () => {
    assert.equal(trapezoidPrecision([0], 4), 1 / 4);
    assert.equal(trapezoidPrecision([], 2), 0);
  });
});

/** Rankings of twenty pictures for three queries, and what the published evaluate.py of revisitop makes of them. */
const ORDERS = [
  [7, 3, 12, 0, 9, 15, 1, 19, 4, 10, 6, 2, 18, 11, 5, 14, 8, 17, 13, 16],
  [16, 8, 0, 13, 5, 2, 11, 7, 19, 3, 10, 1, 14, 6, 9, 17, 4, 12, 18, 15],
  [4, 17, 2, 9, 12, 6, 14, 0, 11, 8, 19, 1, 3, 16, 10, 5, 13, 7, 15, 18],
];
const ANSWERS = [
  answers({ easy: [3, 9, 19], hard: [0, 4, 17], junk: [7, 1, 14] }),
  answers({ easy: [8, 13], junk: [16, 2] }),
  answers({ easy: [9], hard: [12, 0, 18, 5] }),
];
const PUBLISHED: Record<
  Setup,
  { readonly map: number; readonly aps: Array<number | null>; readonly mp: number[] }
> = {
  easy: {
    map: 0.5425925925925926,
    aps: [0.711111111111111, 0.7916666666666666, 0.125],
    mp: [0.6666666666666666, 0.5055555555555555, 0.5055555555555555],
  },
  medium: {
    map: 0.5681551099972152,
    aps: [0.6656746031746031, 0.7916666666666666, 0.24712406015037597],
    mp: [0.6666666666666666, 0.5555555555555555, 0.4888888888888889],
  },
  hard: {
    map: 0.2359979019518493,
    aps: [0.29419191919191917, null, 0.17780388471177944],
    mp: [0, 0.3, 0.2],
  },
};

describe('judgeRetrieval', () => {
  it('gives what the published evaluation gives', () => {
    const scoresIn = (setup: Setup) =>
      ORDERS.map((order, i) => judgeRetrieval(order, ANSWERS[i] as QueryAnswers, setup));
    const byQuery = ORDERS.map((_, i) => {
      const [easy = null, medium = null, hard = null] = SETUPS.map((setup) => scoresIn(setup)[i]);
      return { easy, medium, hard };
    });
    const figures = retrievalFigures(byQuery, 'seed');
    for (const setup of SETUPS) {
      const { map, aps, mp } = PUBLISHED[setup];
      for (const [i, expected] of aps.entries()) {
        const found = byQuery[i]?.[setup];
        if (expected === null) {
          assert.equal(found, null);
        } else {
          close(found?.averagePrecision, expected);
        }
      }
      close(figures[setup]?.meanAveragePrecision.value, map);
      for (const [i, k] of ['1', '5', '10'].entries()) {
        close(figures[setup]?.precisionAt[k]?.value, mp[i] as number);
      }
    }
    assert.deepEqual(
      SETUPS.map((setup) => figures[setup]?.queries),
      [3, 3, 2],
    );
  });

  it('takes junk out of the ranking', () => {
    const [order, right] = [[5, 6, 1, 7, 2], { easy: [1, 2] }];
    close(judgeRetrieval(order, answers({ ...right, junk: [5, 6, 7] }), 'easy')?.averagePrecision, 1);
    close(
      judgeRetrieval(order, answers({ ...right, junk: [5, 6] }), 'easy')?.averagePrecision,
      (1 + (1 / 2 + 2 / 3) / 2) / 2,
    );
  });

  it('counts right pictures that could not be read as not found', () => {
    const score = judgeRetrieval([1, 2], answers({ easy: [1] }, { easy: 1, hard: 2 }), 'easy');
    assert.equal(score?.averagePrecision, 1 / 2);
    assert.equal(
      judgeRetrieval([1, 2], answers({ easy: [1] }, { easy: 1, hard: 2 }), 'medium')?.averagePrecision,
      1 / 4,
    );
    const none = judgeRetrieval([1, 2], answers({}, { easy: 0, hard: 2 }), 'hard');
    assert.deepEqual(none, { averagePrecision: 0, precisionAt: [0, 0, 0] });
  });
});

describe('retrievalFigures', () => {
  it('has none for a setup in which nothing was to be found', () => {
    const score = { averagePrecision: 1, precisionAt: [1, 1, 1] };
    assert.equal(retrievalFigures([{ easy: score, medium: score, hard: null }], 'seed').hard, null);
  });
});

describe('boxRegion', () => {
  it('is the box in fractions of the picture, without what lies outside', () => {
    const size = { width: 200, height: 100 };
    assert.deepEqual(boxRegion([50, 25, 150, 75], size), { x: 0.25, y: 0.25, width: 0.5, height: 0.5 });
    assert.deepEqual(boxRegion([-10, 50, 300, 100.5], size), { x: 0, y: 0.5, width: 1, height: 0.5 });
    assert.equal(boxRegion([200, 0, 250, 50], size), null);
  });
});
