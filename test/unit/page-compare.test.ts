import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EXAMPLE_VERIFICATION } from '../../src/api/openapi/example-verification.ts';
import type { CompareAnswer } from '../../src/client/eidetic-client.ts';
import { COPY_SCORE, UNSURE_SCORE } from '../../src/copies/judge-pair.ts';
import { comparisonFacts } from '../../src/web/parts/comparison-facts.ts';
import { type FractionMap, inverted, overlapOf, type Point } from '../../src/web/parts/overlap.ts';
import { fitOf } from '../../src/web/parts/pair-fit.ts';
import { verdictWords } from '../../src/web/parts/verdict-words.ts';
import { de } from '../../src/web/texts/de.ts';
import { en } from '../../src/web/texts/en.ts';

const AS_IT_IS: FractionMap = { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 };
const VERIFICATION = EXAMPLE_VERIFICATION as unknown as NonNullable<CompareAnswer['verification']>;

/** Corners, and what they enclose: fractions. */
function told(corners: readonly Point[] | undefined): { corners: Set<string>; area: number } {
  const shape = corners ?? [];
  let twice = 0;
  for (const [i, { x, y }] of shape.entries()) {
    const next = shape[(i + 1) % shape.length] ?? { x: 0, y: 0 };
    twice += x * next.y - next.x * y;
  }
  return {
    corners: new Set(shape.map(({ x, y }) => `${x.toFixed(2)} ${y.toFixed(2)}`)),
    area: Math.abs(twice) / 2,
  };
}

describe('what two pictures have in common', () => {
  const whole = new Set(['0.00 0.00', '1.00 0.00', '1.00 1.00', '0.00 1.00']);

  it('is all of both where one is all of the other, also where its edge was not compared', () => {
    for (const map of [AS_IT_IS, { ...AS_IT_IS, xx: 0.99, y0: 0.008 }]) {
      const overlap = overlapOf(map);
      assert.deepEqual(told(overlap?.a).corners, whole);
      assert.deepEqual(told(overlap?.b).corners, whole);
    }
  });

  it('is a half of one where the other is that half, mirrored or not', () => {
    const half = new Set(['0.50 0.00', '1.00 0.00', '1.00 1.00', '0.50 1.00']);
    for (const map of [
      { ...AS_IT_IS, xx: 2, x0: -1 },
      { ...AS_IT_IS, xx: -2, x0: 2 },
    ]) {
      const overlap = overlapOf(map);
      assert.deepEqual(told(overlap?.a).corners, half);
      assert.deepEqual(told(overlap?.b).corners, whole);
    }
  });

  it('loses its corners where one was turned', () => {
    const [c, s] = [Math.SQRT1_2, Math.SQRT1_2];
    const overlap = overlapOf({
      ...{ xx: c, xy: -s, x0: 0.5 - 0.5 * c + 0.5 * s },
      ...{ yx: s, yy: c, y0: 0.5 - 0.5 * s - 0.5 * c },
    });
    for (const shape of [overlap?.a, overlap?.b]) {
      assert.equal(shape?.length, 8);
      assert.ok(Math.abs(told(shape).area - 2 * (Math.SQRT2 - 1)) < 0.001, `${told(shape).area}`);
      assert.ok(shape?.every(({ x, y }) => x >= 0 && x <= 1 && y >= 0 && y <= 1));
    }
  });

  it('is nothing where they lie beside each other, and where a map is none', () => {
    assert.equal(overlapOf({ ...AS_IT_IS, x0: 1.5 }), null);
    assert.equal(overlapOf({ ...AS_IT_IS, xx: 0 }), null);
    assert.equal(inverted({ ...AS_IT_IS, yy: 0 }), null);
  });
});

describe('how two pictures are laid over each other', () => {
  const told = (overlap: { a: number; b: number }, relation: CompareAnswer['relation'] = 'copy') =>
    fitOf({
      relation,
      pixels: 'different',
      verification: { ...VERIFICATION, evidence: { ...VERIFICATION.evidence, overlap } },
    });

  it('is in the frame of the one of which the other shows less', () => {
    const fit = told({ a: 0.5, b: 1 });
    assert.equal(fit?.below, 'A');
    // As JSON, which has no negative 0.
    assert.equal(JSON.stringify(fit?.toBelow), '{"xx":0.5,"xy":0,"x0":0.5,"yx":0,"yy":1,"y0":0}');
    assert.deepEqual(told({ a: 1, b: 0.5 }), { below: 'B', toBelow: VERIFICATION.evidence.map });
  });

  it('is as they are where every pixel is equal, and not at all where they do not show the same', () => {
    const equal = fitOf({ relation: 'same-pixels', pixels: 'equal', verification: null });
    assert.deepEqual(equal, { below: 'A', toBelow: AS_IT_IS });
    assert.equal(told({ a: 0.5, b: 1 }, 'alike'), null);
    assert.equal(fitOf({ relation: null, pixels: 'unknown', verification: null }), null);
  });
});

describe('what is said of two pictures', () => {
  it('is the verdict in the language of the page, and what else the server has to say', () => {
    const copy = verdictWords({ relation: 'copy', words: ['B is the right half of A.'] }, de);
    assert.deepEqual([copy.title, copy.sentences], [de.compare.verdicts.copy, ['B is the right half of A.']]);
    const words = [
      'Nothing in them was found to fit together.',
      'Of B only the first of 3 pages was looked at.',
    ];
    assert.deepEqual(verdictWords({ relation: 'different', words }, en).sentences, words.slice(1));
    const equal = verdictWords({ relation: 'same-pixels', words: ['Every pixel is equal.'] }, en);
    assert.deepEqual([equal.title, equal.sentences], [en.equal['same-pixels'], []]);
  });

  it('is no more than that nobody could look, where nobody could', () => {
    const { title, sentences } = verdictWords(
      { relation: null, words: ['No file of picture 3 is there.'] },
      en,
    );
    assert.deepEqual([title, sentences], ['Could not be compared', ['No file of picture 3 is there.']]);
  });

  it('has numbers behind it, with the bounds that the rule has', () => {
    const facts = comparisonFacts(
      { similarity: 0.99999, pixels: 'different', verification: VERIFICATION },
      en,
    );
    const named = Object.fromEntries(facts);
    assert.equal(named[en.compare.similarity], '0.99');
    assert.equal(named[en.compare.points], '74 of 93');
    assert.equal(named[en.compare.overlap], 'A 50%, B 99%');
    assert.equal(named[en.compare.detail], '0.61 · 0.93 · 0.99');
    for (const words of [en, de]) {
      const score = words.compare.scoreOf('4');
      assert.match(score, new RegExp(`^4 .*\\b${COPY_SCORE}\\b.*\\b${UNSURE_SCORE}\\b`));
    }
    const equal = comparisonFacts({ similarity: 1, pixels: 'equal', verification: null }, de);
    assert.deepEqual(equal, [
      ['Ähnlichkeit', '1.00'],
      ['Pixel', 'alle gleich'],
    ]);
  });
});
