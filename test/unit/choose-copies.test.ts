import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  BY_RULE,
  COPY_PRESETS,
  type CopyWish,
  chooseCopies,
  wishOf,
  withoutHeldBack,
} from '../../src/copies/choose-copies.ts';
import { HIGHEST_SCORE } from '../../src/copies/judge-pair.ts';
import { fitScores } from '../../src/copies/score-mixture.ts';
import { type CopyLine, isCalledCopy, type ScoredPair } from '../../src/domain/copy-line.ts';
import { createRandom, type Random } from '../../src/sample/seeded-random.ts';

/** Others thin out at this rate, unless another is named. */
const RATE = 1;

interface Collection {
  readonly pairs: readonly ScoredPair[];
  readonly copies: readonly ScoredPair[];
  readonly others: readonly ScoredPair[];
}

interface Kind {
  /** How fast others thin out. */
  readonly rate?: number;
  /** Share that is held back of others which may be copies by their scores. */
  readonly heldBack?: number;
}

function collectionOf(seed: string, copies: number, others: number, kind: Kind = {}): Collection {
  const { rate = RATE, heldBack = 0.85 } = kind;
  const random = createRandom(seed);
  const scored = (share: number, scoreOf: (isHeldBack: boolean) => number): ScoredPair => {
    const isHeldBack = random.chance(share);
    const score = scoreOf(isHeldBack);
    return { score, isHeldBack: isHeldBack && score >= 1 };
  };
  const drawn = {
    copies: Array.from({ length: copies }, () => scored(0.17, () => copyScore(random))),
    others: Array.from({ length: others }, () =>
      scored(heldBack, (isHeldBack) => otherScore(random, rate, isHeldBack ? HIGHEST_SCORE : 4)),
    ),
  };
  const below = Array.from({ length: 5 * others }, () => scored(0, () => random.between(-4, 0)));
  return { ...drawn, pairs: [...drawn.others, ...below, ...drawn.copies] };
}

/** Nothing is held against them. */
function free(...scores: readonly number[]): ScoredPair[] {
  return scores.map((score) => ({ score, isHeldBack: false }));
}

/** Some are of one scene, with scores up to a bound; no score is above the highest. */
function otherScore(random: Random, rate: number, ofOneScene: number): number {
  if (random.chance(0.15)) {
    return random.between(0, ofOneScene);
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

function countCalled(pairs: readonly ScoredPair[], line: CopyLine): number {
  return pairs.filter((pair) => isCalledCopy(pair, line)).length;
}

function atMost(most: number): CopyWish {
  return { by: 'false pairs', most, takesHeldBack: true };
}

function atLeast(least: number): CopyWish {
  return { by: 'precision', least, takesHeldBack: true };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('choosing copies by their scores', () => {
  const seeds = Array.from({ length: 40 }, (_, i) => `collection ${i}`);

  it('keeps a promise of false pairs, whatever the collection', () => {
    for (const [others, kind] of [
      [100, {}],
      [400, {}],
      [400, { rate: 1.6 }],
      [1_500, { rate: 1.2 }],
      [400, { heldBack: 0 }],
      [400, { heldBack: 0.95 }],
    ] as const) {
      for (const most of [1, 5, 20]) {
        const runs = seeds.map((seed) => {
          const collection = collectionOf(seed, 200, others, kind);
          const chosen = chooseCopies(collection.pairs, atMost(most));
          assert.ok(chosen.expectedWrong <= most);
          return { ...chosen, wrong: countCalled(collection.others, chosen) };
        });
        const [wrong, expected] = [
          mean(runs.map((run) => run.wrong)),
          mean(runs.map(({ expectedWrong }) => expectedWrong)),
        ];
        const told = `${others} others, ${JSON.stringify(kind)}, ${most}: ${wrong} of ${expected}`;
        // What is not known shall not look safe: it may expect too much, and never far too little.
        assert.ok(wrong <= 1.5 * expected + 0.5 && expected <= 2.5 * wrong + 1, told);
        const held = runs.filter((run) => run.wrong <= run.mostWrong).length;
        assert.ok(held >= 0.9 * runs.length, `${told}: the bound held in ${held} of ${runs.length}`);
      }
    }
  });

  it('calls what is held back a copy where it is likely enough, but not for who acts unseen, or names a score', () => {
    const { pairs, copies } = collectionOf('a', 200, 60);
    const wish = atMost(5);
    const unseen = chooseCopies(pairs, withoutHeldBack(wish));
    const taking = chooseCopies(pairs, wish);
    assert.equal(unseen.leastHeldBack, null);
    assert.ok(taking.leastHeldBack !== null && taking.leastHeldBack > taking.leastScore);
    const [found, before] = [taking, unseen].map((line) => countCalled(copies, line) / copies.length);
    assert.ok((found as number) > 0.95 && (before as number) < 0.88, `${found} and ${before}`);
    assert.ok(chooseCopies(pairs, atMost(1)).called < taking.called);
    for (const preset of ['strict', 'copies', 'broad'] as const) {
      const line = chooseCopies(pairs, wishOf({ preset }) ?? wish);
      assert.deepEqual([line.leastHeldBack, line.leastScore], [null, COPY_PRESETS[preset]]);
      assert.equal(line.called, countCalled(pairs, line));
    }
    const [likely, unlikely] = [false, true].map((isHeldBack) =>
      taking.certaintyOf({ score: 3.2, isHeldBack }),
    );
    assert.ok((likely as number) > 0.8 && (unlikely as number) < 0.5, `${likely} and ${unlikely}`);
  });

  it('learns how much of a collection is held back', () => {
    const certaintyAt = (heldBack: number) =>
      chooseCopies(collectionOf('a', 100, 600, { heldBack }).pairs, BY_RULE).certaintyOf({
        ...{ score: 3.2, isHeldBack: false },
      });
    assert.ok(certaintyAt(0) < certaintyAt(0.85) - 0.2, `${certaintyAt(0)} and ${certaintyAt(0.85)}`);
  });

  it('is as certain of a few pairs as is known of such pairs, and no more', () => {
    const certaintyOf = (score: number, others: readonly number[] = []) =>
      chooseCopies(free(score, ...others), BY_RULE).certaintyOf({ score, isHeldBack: false });
    const alone = [2.6, 3.2, 3.6, 4.2, 5].map((score) => certaintyOf(score));
    for (const [i, [least, most]] of [
      [0.3, 0.6],
      [0.7, 0.88],
      [0.8, 0.95],
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
    const { pairs } = collectionOf('a', 60, 40);
    const saying = (score: number, isCopy: boolean, times: number) =>
      chooseCopies(pairs, atLeast(0.99), Array(times).fill({ score, isHeldBack: false, isCopy }));
    const before = chooseCopies(pairs, atLeast(0.99));
    const at = (score: number) => ({ score, isHeldBack: false });
    const wronged = saying(4.4, false, 8);
    assert.ok(
      wronged.certaintyOf(at(4.4)) < before.certaintyOf(at(4.4)) - 0.02,
      'no copies of that score were found',
    );
    assert.ok(wronged.leastScore > before.leastScore);
    assert.ok(wronged.expectedWrong <= 0.01 * wronged.called);
    assert.ok(saying(3.2, true, 30).certaintyOf(at(3.2)) > before.certaintyOf(at(3.2)));
    assert.equal(saying(4.4, false, 0).certaintyOf(at(4.4)), before.certaintyOf(at(4.4)));
    assert.equal(
      saying(-3, false, 50).certaintyOf(at(4.4)),
      before.certaintyOf(at(4.4)),
      'nobody takes them for copies',
    );
  });

  it('draws a stricter line where more look-alikes are, and none is lost where there are none', () => {
    const line = (others: number) =>
      chooseCopies(collectionOf('a', 200, others).pairs, atLeast(0.99)).leastScore;
    assert.ok(line(2_000) > line(100) + 0.5, `${line(2_000)} and ${line(100)}`);
    const clean = collectionOf('a', 200, 0);
    const chosen = chooseCopies(clean.pairs, atLeast(0.99));
    assert.ok(countCalled(clean.copies, chosen) >= 0.97 * clean.copies.length);
    assert.ok(chosen.expectedWrong < 2, `${chosen.expectedWrong}`);
  });

  it('comes as near to a precision as it may', () => {
    const { pairs } = collectionOf('a', 200, 2_000);
    const chosen = chooseCopies(pairs, atLeast(0.8));
    const { called, expectedWrong } = chosen;
    assert.ok(
      expectedWrong <= 0.2 * called && expectedWrong > 0.15 * called,
      `${expectedWrong} of ${called}`,
    );
    assert.equal(called, countCalled(pairs, chosen));
  });

  it('expects what others are usually, of a collection with too few of them to tell', () => {
    const expected = (others: readonly number[]) =>
      chooseCopies(free(...others, ...Array<number>(30).fill(4.8), 3.2, 3.4), BY_RULE).expectedWrong;
    // Nothing of it says that others thin out faster than elsewhere.
    assert.ok(expected([0.2, 0.4, 0.3]) > 0.1, `${expected([0.2, 0.4, 0.3])}`);
    assert.ok(expected([0.2, 0.4, 0.3]) < 1, `${expected([0.2, 0.4, 0.3])}`);
  });

  it('bounds what is wrong by twice what it expects and one more, and chance', () => {
    const { pairs } = collectionOf('a', 200, 2_000);
    const { expectedWrong, mostWrong } = chooseCopies(pairs, atMost(5));
    assert.ok(expectedWrong > 4 && expectedWrong <= 5, `${expectedWrong}`);
    // Of a mean of 9 to 11 Poisson's law has 0.9 at 13 to 15.
    assert.ok(mostWrong >= 13 && mostWrong <= 15, `${mostWrong}`);
  });

  it('calls nothing a copy that cannot be one, however much may be wrong', () => {
    const { pairs } = collectionOf('a', 20, 100);
    assert.ok(chooseCopies(pairs, atMost(10_000)).leastScore >= 1);
    const strict = chooseCopies(free(0.5, 1.2, 2.1), atMost(0));
    assert.ok(strict.leastScore > HIGHEST_SCORE, 'nothing is certain enough');
    assert.deepEqual([strict.called, strict.expectedWrong, strict.mostWrong], [0, 0, 0]);
  });

  it('takes a score as it is named, in any collection, and says what it gets wrong', () => {
    const few = chooseCopies(collectionOf('a', 200, 100).pairs, BY_RULE);
    const many = chooseCopies(collectionOf('a', 200, 4_000).pairs, BY_RULE);
    assert.deepEqual([few.leastScore, many.leastScore], [3, 3]);
    assert.ok(many.expectedWrong > 10 * few.expectedWrong);
    assert.deepEqual(chooseCopies([], BY_RULE).expectedWrong, 0);
  });

  it('draws the line where one more pair would still keep the wish, also where there is none', () => {
    const line = (wish: CopyWish, ...scores: readonly number[]) => chooseCopies(free(...scores), wish);
    assert.equal(line(atMost(3), 4.8, 4.9).leastScore, 1);
    assert.equal(line(atMost(3)).leastScore, 1);
    assert.ok(line(atMost(0), 4.8).leastScore > HIGHEST_SCORE);
    const { leastScore, leastHeldBack, certaintyOf } = line(atLeast(0.95), 4.8, 4.9);
    for (const [least, isHeldBack] of [
      [leastScore, false],
      [leastHeldBack ?? 0, true],
    ] as const) {
      assert.ok(certaintyOf({ score: least, isHeldBack }) >= 0.85, `${least}`);
      assert.ok(certaintyOf({ score: least - 0.02, isHeldBack }) < 0.95, `${least}`);
    }
    assert.ok(leastScore < (leastHeldBack ?? 0), `${leastScore} and ${leastHeldBack}`);
    const hard = collectionOf('a', 200, 2_000).pairs;
    const { called } = chooseCopies(hard, atMost(5));
    assert.equal(called, countCalled(hard, chooseCopies(hard, atMost(5))));
  });

  it('takes equal scores together', () => {
    const pairs = free(...Array<number>(50).fill(2), ...Array<number>(50).fill(4.8));
    const { leastScore } = chooseCopies(pairs, atMost(10));
    assert.equal(leastScore, 4.8);
  });

  it('says how likely a pair is a copy, more so by a higher score', () => {
    const { certaintyOf } = fitScores(collectionOf('a', 200, 400).pairs);
    const certainties = free(-2, 0.5, 2, 3, 4, 4.8, 5).map(certaintyOf);
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
    assert.deepEqual(wishOf({ precision: 0.9 }), atLeast(0.9));
    assert.deepEqual(wishOf({ maxFalsePairs: 0 }), atMost(0));
    assert.equal(wishOf({}), null);
  });
});
