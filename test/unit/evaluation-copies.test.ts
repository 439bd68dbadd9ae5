import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Embedding, toEmbedding } from '../../src/domain/embedding.ts';
import { copyFigures } from '../../src/evaluation/copy-figures.ts';
import { type CopySource, drawQueries, rankCopiesOf } from '../../src/evaluation/copy-source.ts';
import {
  atPrecision,
  microAveragePrecision,
  poolHits,
  precisionRecall,
} from '../../src/evaluation/hit-pool.ts';
import { type CopyRanking, firstInstead, OTHERS_KEPT, rankCopy } from '../../src/evaluation/rank-copy.ts';

const NONE = () => false;

function ranking(original: number, similarity: number, ...others: number[]): CopyRanking {
  const found = others.map((near, i) => ({ at: 100 + i, similarity: near }));
  return { edit: 'edit', original, similarity, others: found };
}

function measure(...rankings: CopyRanking[]) {
  const pool = poolHits(rankings, NONE);
  const once = new Uint16Array(pool.queriesOf.length).fill(1);
  return { average: microAveragePrecision(pool, once), point: atPrecision(pool, once, 0.75) };
}

describe('the micro average precision', () => {
  it('pools the hits of all queries, and divides by the number of queries', () => {
    // 0.9 right, 0.8 wrong, 0.7 right, 0.6 wrong, 0.5 wrong, 0.4 right: precisions 1, 2/3 and 3/6.
    const { average, point } = measure(ranking(1, 0.9, 0.6), ranking(2, 0.7, 0.8), ranking(3, 0.4, 0.5));
    assert.ok(Math.abs(average - (1 + 2 / 3 + 3 / 6) / 3) < 1e-12);
    assert.deepEqual(point, { recall: 1 / 3, threshold: 0.9 });
  });

  it('takes wrong hits for nearer where they are equally near, and no threshold between equal ones', () => {
    const { average, point } = measure(ranking(1, 0.9, 0.9), ranking(2, 0.9));
    assert.ok(Math.abs(average - (1 / 2 + 2 / 3) / 2) < 1e-12);
    assert.deepEqual(point, { recall: 0, threshold: null });
  });

  it('takes the lowest threshold that is precise enough, also behind one that is not', () => {
    const { point } = measure(ranking(1, 0.8, 0.9), ranking(2, 0.7), ranking(3, 0.6));
    assert.deepEqual(point, { recall: 1, threshold: 0.6 });
  });

  it('loses an original that lies behind the hits that count', () => {
    const farther = Array.from({ length: OTHERS_KEPT }, (_, i) => 0.9 - i / 1_000);
    assert.equal(measure(ranking(1, 0.1, ...farther)).average, 0);
    assert.ok(measure(ranking(1, 0.1, ...farther.slice(1))).average > 0);
  });

  it('counts a query twice that was drawn twice', () => {
    const pool = poolHits([ranking(1, 0.9), ranking(2, 0.5, 0.8)], NONE);
    assert.equal(microAveragePrecision(pool, Uint16Array.of(2, 0)), 1);
    assert.equal(microAveragePrecision(pool, Uint16Array.of(0, 2)), 1 / 2);
  });
});

describe('precisionRecall', () => {
  it('has a point at each threshold that an original reaches, with wrong hits that are equally near', () => {
    // 0.9 right; 0.8 right and wrong; 0.7 wrong; 0.4 right; one original is behind what counts.
    const farther = Array.from({ length: OTHERS_KEPT }, () => 0.3);
    const rankings = [
      ranking(1, 0.9, 0.7),
      ranking(2, 0.8),
      ranking(3, 0.4, 0.8),
      ranking(4, 0.1, ...farther),
    ];
    assert.deepEqual(precisionRecall(poolHits(rankings, NONE)), [
      { recall: 1 / 4, precision: 1 },
      { recall: 2 / 4, precision: 2 / 3 },
      { recall: 3 / 4, precision: 3 / 5 },
    ]);
  });
});

describe('copyFigures', () => {
  it('counts near-duplicates that come first apart, and as mistakes', () => {
    const rankings = [ranking(1, 0.8, 0.9), ranking(2, 0.8, 0.9, 0.7), ranking(3, 0.95, 0.1)];
    const figures = copyFigures(rankings, (original, other) => original === 1 && other === 100, 'seed');
    assert.equal(figures.nearDuplicateFirst, 1);
    assert.equal(figures.recallAt1.value, 1 / 3);
    assert.equal(figures.recallAt1ByEdit['edit']?.value, 1 / 3);
    // 0.95 right, 0.9 wrong twice, 0.8 right twice; and with one of the wrong ones aside.
    assert.ok(Math.abs(figures.microAveragePrecision.value - (1 + 2 / 4 + 3 / 5) / 3) < 1e-12);
    const aside = figures.nearDuplicatesAside.microAveragePrecision.value;
    assert.ok(Math.abs(aside - (1 + 2 / 3 + 3 / 4) / 3) < 1e-12);
    assert.deepEqual([figures.threshold, figures.recallAtPrecision.value], [0.95, 1 / 3]);
  });

  it('draws the copies of one picture together, since they are no independent tries', () => {
    const originals = Array.from({ length: 20 }, (_, original) => original);
    const once = originals.map((original) => ranking(original, original % 2, 0.5));
    const often = Array.from({ length: 50 }, () => once).flat();
    const [few, many] = [copyFigures(once, NONE, 'seed'), copyFigures(often, NONE, 'seed')];
    assert.deepEqual(many.recallAt1, few.recallAt1);
  });
});

describe('rankCopy', () => {
  const bank = [0, 10, 20, 30].map((degrees) => {
    const angle = (degrees * Math.PI) / 180;
    return toEmbedding([Math.cos(angle), Math.sin(angle)]);
  });

  it('orders the others by similarity, without the original and what is left out', () => {
    const { others, original } = rankCopy(bank[1] as Embedding, 0, bank, 2);
    assert.deepEqual([original, ...others.map(({ at }) => at)], [0, 1, 3]);
    assert.equal(firstInstead({ edit: '', ...rankCopy(bank[0] as Embedding, 0, bank, null) }), null);
  });

  it('keeps the nearest of many', () => {
    const many = Array.from({ length: 300 }, (_, i) => toEmbedding([1, (i * 37) % 300]));
    const { others } = rankCopy(toEmbedding([1, 0]), 0, many, null);
    const sorted = others.map(({ at }) => (at * 37) % 300);
    assert.deepEqual(
      sorted,
      Array.from({ length: OTHERS_KEPT }, (_, i) => i + 1),
    );
  });

  it('says that another came first when it is as near as the original', () => {
    const same = [bank[0], bank[0], bank[1]] as Embedding[];
    const found = rankCopy(bank[0] as Embedding, 0, same, null);
    assert.equal(firstInstead({ edit: '', ...found })?.at, 1);
  });
});

describe('rankCopiesOf', () => {
  const bank = [toEmbedding([1, 0]), toEmbedding([0, 1])];
  const source: CopySource = {
    hashes: ['a', 'b'],
    banks: [bank, bank],
    seed: 1,
    original: async (at) => Buffer.from([at]),
    look: async (bytes) => [bank[bytes[0] as number] as Embedding, bank[0] as Embedding],
    edits: [
      { name: 'none', make: async (original) => original },
      { name: 'put into another', make: async (_, _random, other) => other() },
      { name: 'never made', make: () => Promise.reject(new Error('too small')) },
    ],
  };

  it('looks for each copy in the bank of each contender, but not for what it was put into', async () => {
    const { rankings, unmade } = await rankCopiesOf(1, source);
    assert.deepEqual(
      rankings.map((ofContender) =>
        ofContender.map(({ edit, others }) => [edit, others.map(({ at }) => at)]),
      ),
      [
        [
          ['none', [0]],
          ['put into another', []],
        ],
        [
          ['none', [0]],
          ['put into another', []],
        ],
      ],
    );
    assert.deepEqual(
      rankings[0]?.map(({ similarity }) => similarity),
      [1, 0],
    );
    assert.deepEqual(
      unmade.map(({ edit }) => edit),
      ['never made'],
    );
  });

  it('draws the same pictures for the same seed, each once', () => {
    const drawn = drawQueries(50, 10, 3);
    assert.deepEqual(drawn, drawQueries(50, 10, 3));
    assert.notDeepEqual(drawn, drawQueries(50, 10, 4));
    assert.equal(new Set(drawn).size, 10);
    assert.deepEqual(drawQueries(3, 10, 1), [0, 1, 2]);
  });
});
