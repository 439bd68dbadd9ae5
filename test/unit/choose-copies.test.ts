import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BY_RULE, type CopyWish, chooseCopies, wishOf } from '../../src/copies/choose-copies.ts';
import { HIGHEST_SCORE } from '../../src/copies/judge-pair.ts';
import { fitScores } from '../../src/copies/score-mixture.ts';
import { createRandom, type Random } from '../../src/sample/seeded-random.ts';

/** Others thin out at this rate, unless another is named. */
const RATE = 1;

interface Collection {
  readonly scores: readonly number[];
  readonly copies: readonly number[];
  readonly others: readonly number[];
}

function collectionOf(seed: string, copies: number, others: number, rate = RATE): Collection {
  const random = createRandom(seed);
  const drawn = {
    copies: Array.from({ length: copies }, () => copyScore(random)),
    others: Array.from({ length: others }, () => otherScore(random, rate)),
  };
  const below = Array.from({ length: 5 * others }, () => random.between(-4, 0));
  return { ...drawn, scores: [...drawn.others, ...below, ...drawn.copies] };
}

/** Some are of one scene; no score is above the highest. */
function otherScore(random: Random, rate: number): number {
  if (random.chance(0.15)) {
    return random.between(0, 4);
  }
  const share = 1 - Math.exp(-rate * HIGHEST_SCORE);
  return -Math.log(1 - share * random.next()) / rate;
}

/** As copies lie: most are certain. */
function copyScore(random: Random): number {
  const place = random.between(0, 1);
  if (place < 0.75) {
    return random.between(4.5, 5);
  }
  return place < 0.97 ? random.between(3, 4.5) : random.between(1.5, 3);
}

function wrongFrom({ others }: Collection, least: number): number {
  return others.filter((score) => score >= least).length;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('choosing copies by their scores', () => {
  const seeds = Array.from({ length: 40 }, (_, i) => `collection ${i}`);

  it('keeps a promise of false pairs, whatever the collection', () => {
    for (const [others, rate] of [
      [100, 1],
      [400, 1],
      [400, 1.6],
      [1_500, 1.2],
    ] as const) {
      for (const most of [1, 5, 20]) {
        const runs = seeds.map((seed) => {
          const collection = collectionOf(seed, 200, others, rate);
          const chosen = chooseCopies(collection.scores, { by: 'false pairs', most });
          assert.ok(chosen.expectedWrong <= most);
          return { ...chosen, wrong: wrongFrom(collection, chosen.leastScore) };
        });
        const [wrong, expected] = [
          mean(runs.map((run) => run.wrong)),
          mean(runs.map(({ expectedWrong }) => expectedWrong)),
        ];
        const told = `${others} others, rate ${rate}, ${most}: ${wrong} of ${expected}`;
        // What is not known shall not look safe: it may expect too much, and never far too little.
        assert.ok(wrong <= 1.5 * expected + 0.5 && expected <= 2.5 * wrong + 1, told);
        const held = runs.filter((run) => run.wrong <= run.mostWrong).length;
        assert.ok(held >= 0.9 * runs.length, `${told}: the bound held in ${held} of ${runs.length}`);
      }
    }
  });

  it('is as certain of a few pairs as is known of such pairs, and no more', () => {
    const certaintyOf = (score: number, others: readonly number[] = []) =>
      chooseCopies([score, ...others], BY_RULE).certaintyOf(score);
    const alone = [2.6, 3.2, 3.6, 4.2, 5].map((score) => certaintyOf(score));
    for (const [i, [least, most]] of [
      [0.3, 0.6],
      [0.7, 0.85],
      [0.8, 0.93],
      [0.95, 0.99],
      [0.99, 0.999],
    ].entries()) {
      const certainty = alone[i] as number;
      assert.ok(certainty >= (least as number) && certainty <= (most as number), alone.join(' '));
    }
    assert.ok(certaintyOf(5, Array(30).fill(5)) > 0.998);
    assert.ok(certaintyOf(3.2, [0.2, 0.4, 0.5, 0.9, 1.2, 1.6, 2.1]) < certaintyOf(3.2) - 0.1);
  });

  it('learns from what persons have said of pairs', () => {
    const { scores } = collectionOf('a', 60, 40);
    const saying = (score: number, isCopy: boolean, times: number) =>
      chooseCopies(scores, { by: 'precision', least: 0.99 }, Array(times).fill({ score, isCopy }));
    const before = chooseCopies(scores, { by: 'precision', least: 0.99 });
    const wronged = saying(4.4, false, 8);
    assert.ok(
      wronged.certaintyOf(4.4) < before.certaintyOf(4.4) - 0.02,
      'no copies of that score were found',
    );
    assert.ok(wronged.leastScore > before.leastScore);
    assert.ok(wronged.expectedWrong <= 0.01 * wronged.called);
    assert.ok(saying(3.2, true, 30).certaintyOf(3.2) > before.certaintyOf(3.2));
    assert.equal(saying(4.4, false, 0).certaintyOf(4.4), before.certaintyOf(4.4));
    assert.equal(
      saying(-3, false, 50).certaintyOf(4.4),
      before.certaintyOf(4.4),
      'nobody takes them for copies',
    );
  });

  it('draws a stricter line where more look-alikes are, and none is lost where there are none', () => {
    const wish: CopyWish = { by: 'precision', least: 0.99 };
    const line = (others: number) => chooseCopies(collectionOf('a', 200, others).scores, wish).leastScore;
    assert.ok(line(2_000) > line(100) + 0.5, `${line(2_000)} and ${line(100)}`);
    const clean = collectionOf('a', 200, 0);
    const { leastScore, expectedWrong } = chooseCopies(clean.scores, wish);
    assert.ok(clean.copies.filter((score) => score >= leastScore).length >= 0.99 * clean.copies.length);
    assert.ok(expectedWrong < 2, `${expectedWrong}`);
  });

  it('comes as near to a precision as it may', () => {
    const { scores } = collectionOf('a', 200, 2_000);
    const { called, expectedWrong, leastScore } = chooseCopies(scores, { by: 'precision', least: 0.8 });
    assert.ok(
      expectedWrong <= 0.2 * called && expectedWrong > 0.15 * called,
      `${expectedWrong} of ${called}`,
    );
    assert.equal(called, scores.filter((score) => score >= leastScore).length);
  });

  it('expects what others are usually, of a collection with too few of them to tell', () => {
    const expected = (others: readonly number[]) =>
      chooseCopies([...others, ...Array.from({ length: 30 }, () => 4.8), 3.2, 3.4], BY_RULE).expectedWrong;
    // Nothing of it says that others thin out faster than elsewhere.
    assert.ok(expected([0.2, 0.4, 0.3]) > 0.15, `${expected([0.2, 0.4, 0.3])}`);
    assert.ok(expected([0.2, 0.4, 0.3]) < 1, `${expected([0.2, 0.4, 0.3])}`);
  });

  it('bounds what is wrong by twice what it expects and one more, and chance', () => {
    const { scores } = collectionOf('a', 200, 2_000);
    const { expectedWrong, mostWrong } = chooseCopies(scores, { by: 'false pairs', most: 5 });
    assert.ok(expectedWrong > 4 && expectedWrong <= 5, `${expectedWrong}`);
    // Of a mean of 9 to 11 Poisson's law has 0.9 at 13 to 15.
    assert.ok(mostWrong >= 13 && mostWrong <= 15, `${mostWrong}`);
  });

  it('calls nothing a copy that cannot be one, however much may be wrong', () => {
    const { scores } = collectionOf('a', 20, 100);
    assert.ok(chooseCopies(scores, { by: 'false pairs', most: 10_000 }).leastScore >= 1);
    const strict = chooseCopies([0.5, 1.2, 2.1], { by: 'false pairs', most: 0 });
    assert.ok(strict.leastScore > HIGHEST_SCORE, 'nothing is certain enough');
    assert.deepEqual([strict.called, strict.expectedWrong, strict.mostWrong], [0, 0, 0]);
  });

  it('takes a score as it is named, in any collection, and says what it gets wrong', () => {
    const few = chooseCopies(collectionOf('a', 200, 100).scores, BY_RULE);
    const many = chooseCopies(collectionOf('a', 200, 4_000).scores, BY_RULE);
    assert.deepEqual([few.leastScore, many.leastScore], [3, 3]);
    assert.ok(many.expectedWrong > 10 * few.expectedWrong);
    assert.deepEqual(chooseCopies([], BY_RULE).expectedWrong, 0);
  });

  it('takes equal scores together', () => {
    const scores = [...Array.from({ length: 50 }, () => 2), ...Array.from({ length: 50 }, () => 4.8)];
    const { leastScore } = chooseCopies(scores, { by: 'false pairs', most: 10 });
    assert.equal(leastScore, 4.8);
  });

  it('says how likely a pair is a copy, more so by a higher score', () => {
    const { certaintyOf } = fitScores(collectionOf('a', 200, 400).scores);
    const certainties = [-2, 0.5, 2, 3, 4, 4.8, 5].map(certaintyOf);
    assert.deepEqual(
      certainties,
      [...certainties].sort((a, b) => a - b),
      `${certainties}`,
    );
    assert.equal(certainties[0], 0);
    assert.ok((certainties[1] as number) < 0.02 && (certainties[5] as number) > 0.97, `${certainties}`);
  });

  it('knows three ways to wish, and what none of them is', () => {
    assert.deepEqual(wishOf({ preset: 'strict' }), { by: 'score', least: 4 });
    assert.deepEqual(wishOf({ precision: 0.9 }), { by: 'precision', least: 0.9 });
    assert.deepEqual(wishOf({ maxFalsePairs: 0 }), { by: 'false pairs', most: 0 });
    assert.equal(wishOf({}), null);
  });
});
