import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  copyEstimates,
  copyFigures,
  type PairTruth,
  type RankedQuery,
  recallByEdit,
} from '../../bench/copy-metrics.ts';

type Found = readonly [score: number, truth: PairTruth];

function query(original: string, edit: string, ...found: readonly Found[]): RankedQuery {
  const pairs = found.map(([score, truth], candidate) => ({ candidate, score, truth }));
  return { original, edit, seed: 1, pairs };
}

function assertNear(found: number, expected: number): void {
  assert.ok(Math.abs(found - expected) < 1e-12, `found ${found}, expected ${expected}`);
}

describe('copyFigures', () => {
  it('puts the pairs of all queries in one list, and divides by the number of queries', () => {
    // 0.9 copy, 0.8 wrong, 0.7 copy, 0.6 wrong, 0.5 wrong, 0.4 copy, and a query that found nothing right.
    const queries = [
      query('a', 'gray', [0.9, 'copy'], [0.6, 'wrong']),
      query('b', 'gray', [0.8, 'wrong'], [0.7, 'copy']),
      query('c', 'gray', [0.5, 'wrong'], [0.4, 'copy']),
      query('d', 'gray', [0.1, 'wrong']),
    ];
    const figures = copyFigures(queries);
    assertNear(figures.microAveragePrecision, (1 + 2 / 3 + 3 / 6) / 4);
    assert.equal(figures.recallAt99, 1 / 4);
    assert.equal(figures.recallAt90, 1 / 4);
  });

  it('takes of equal scores the wrong first, and no threshold between them', () => {
    const figures = copyFigures([
      query('a', 'gray', [0.9, 'copy'], [0.9, 'wrong']),
      query('b', 'gray', [0.9, 'copy']),
    ]);
    assertNear(figures.microAveragePrecision, (1 / 2 + 2 / 3) / 2);
    assert.equal(figures.recallAt99, 0);
  });

  it('gives the largest recall of that precision, also behind a threshold without it', () => {
    // Precision 0 at the first, then 9 of 10 = 0.9 at the last.
    const right = Array.from({ length: 9 }, (_, i) => query(`r${i}`, 'gray', [0.8 - i / 100, 'copy']));
    const figures = copyFigures([...right, query('w', 'gray', [0.95, 'wrong'])]);
    assert.equal(figures.recallAt90, 9 / 10);
    assert.equal(figures.recallAt99, 0);
  });

  it('counts what is set aside neither for nor against', () => {
    const queries = [query('a', 'gray', [0.99, 'aside'], [0.9, 'copy']), query('b', 'gray', [0.95, 'aside'])];
    assertNear(copyFigures(queries).microAveragePrecision, 1 / 2);
    assert.equal(copyFigures(queries).recallAt99, 1 / 2);
  });

  it('refuses a score that has no place in a list', () => {
    assert.throws(() => copyFigures([query('a', 'gray', [Number.NaN, 'copy'])]), /the score NaN/);
  });
});

describe('recallByEdit', () => {
  it('takes one threshold for all edits', () => {
    const { threshold, recalls } = recallByEdit([
      query('a', 'gray', [0.9, 'copy']),
      query('a', 'crop', [0.5, 'copy']),
      query('b', 'crop', [0.7, 'copy'], [0.6, 'wrong']),
    ]);
    assert.equal(threshold, 0.7);
    assert.equal(recalls.get('gray')?.value, 1);
    assert.equal(recalls.get('crop')?.value, 1 / 2);
  });

  it('tells the seeds apart, at the threshold of all', () => {
    const { recalls } = recallByEdit([
      query('a', 'crop', [0.9, 'copy']),
      { ...query('a', 'crop', [0.5, 'copy']), seed: 2 },
      { ...query('b', 'crop', [0.8, 'copy'], [0.6, 'wrong']), seed: 2 },
    ]);
    assert.deepEqual(recalls.get('crop'), { value: 2 / 3, bySeed: [1, 1 / 2] });
  });

  it('finds nothing where no threshold is precise enough', () => {
    const { threshold, recalls } = recallByEdit([query('a', 'gray', [0.9, 'wrong'], [0.8, 'copy'])]);
    assert.equal(threshold, null);
    assert.equal(recalls.get('gray')?.value, 0);
  });
});

describe('copyEstimates', () => {
  it('draws originals with all of their copies', () => {
    const ofOne = (original: string, isFound: boolean) =>
      Array.from({ length: 3 }, (_, i) => query(original, `${i}`, [0.9, isFound ? 'copy' : 'wrong']));
    const queries = Array.from({ length: 12 }, (_, i) => ofOne(`o${i}`, true)).flat();
    const all = copyEstimates(queries, 'seed').recallAt99;
    assert.deepEqual(all, { value: 1, low: 1, high: 1 });
    const half = copyEstimates(
      queries.map((found, i) => (i < 18 ? found : query(found.original, found.edit))),
      'seed',
    ).recallAt99;
    assert.equal(half.value, 1 / 2);
    // Twelve units of three: a draw of the 36 copies by themselves would stay between 0.33 and 0.67.
    assert.ok((half.low as number) <= 0.26 && (half.high as number) >= 0.74, JSON.stringify(half));
  });
});
