import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { toEmbedding } from '../../src/domain/embedding.ts';
import { copydaysFigures } from '../../src/evaluation/copydays-figures.ts';
import { copydaysFile, partsOf } from '../../src/evaluation/copydays-parts.ts';
import { OTHERS_KEPT } from '../../src/evaluation/rank-copy.ts';
import { scoreCopy } from '../../src/evaluation/score-copy.ts';

const at = (degrees: number) =>
  toEmbedding([Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]);

describe('copydaysFile', () => {
  const partOf = (...names: string[]) => copydaysFile('/copydays', join('/copydays', ...names))?.part;

  it('tells parts by folder, or by the last two digits where there is none', () => {
    assert.equal(partOf('original', '200000.jpg'), 'original');
    assert.equal(partOf('strong', '200001.jpg'), 'strong');
    assert.equal(partOf('crops', '50', '200000.jpg'), 'crops/50');
    assert.equal(partOf('200000.jpg'), 'original');
    assert.equal(partOf('200001.jpg'), 'strong');
    assert.equal(copydaysFile('/copydays', '/copydays/strong/215503.jpg')?.block, '2155');
  });

  it('knows nothing but six digits', () => {
    for (const name of ['README', '20000.jpg', '2000000.jpg', '200000 copy.jpg', 'a200000.jpg']) {
      assert.equal(partOf('original', name), undefined);
    }
  });

  it('puts parts in order, numbers as numbers', () => {
    const names = [
      'jpegqual/10/200000',
      'jpegqual/3/200000',
      'crops/10/200000',
      'strong/200001',
      'original/200000',
    ];
    const files = names.map((name) => copydaysFile('/c', `/c/${name}.jpg`)).filter((file) => file !== null);
    assert.deepEqual(partsOf(files), ['original', 'strong', 'crops/10', 'jpegqual/3', 'jpegqual/10']);
  });
});

describe('scoreCopy', () => {
  it('gives 1 to the first place, 1/4 to the second, 1/6 to the third', () => {
    const bank = [0, 50, 60].map(at);
    assert.equal(scoreCopy(at(40), bank, new Set([1])), 1);
    assert.equal(scoreCopy(at(40), bank, new Set([2])), 1 / 4);
    assert.ok(Math.abs(scoreCopy(at(40), bank, new Set([0])) - 1 / 6) < 1e-12);
  });

  it('looks at twenty, and takes a wrong one that is equally near for nearer', () => {
    const before = (count: number) => Array.from({ length: count }, () => at(0));
    assert.equal(scoreCopy(at(0), [...before(OTHERS_KEPT), at(0)], new Set([OTHERS_KEPT])), 0);
    const last = scoreCopy(at(0), [...before(OTHERS_KEPT - 1), at(0)], new Set([OTHERS_KEPT - 1]));
    assert.ok(Math.abs(last - 1 / OTHERS_KEPT / 2) < 1e-12, `${last}`);
  });
});

describe('copydaysFigures', () => {
  it('averages over the copies of each part', () => {
    const score = (part: string, block: string, averagePrecision: number) => ({
      part,
      block,
      averagePrecision,
    });
    const scores = [
      score('strong', '2000', 1),
      score('strong', '2000', 0.25),
      score('strong', '2001', 0.25),
      score('crops/10', '2001', 1),
    ];
    const figures = copydaysFigures(scores, ['original', 'strong', 'crops/10'], 'seed');
    assert.deepEqual(Object.keys(figures), ['strong', 'crops/10']);
    assert.equal(figures['strong']?.queries, 3);
    assert.equal(figures['strong']?.meanAveragePrecision.value, 0.5);
    assert.equal(figures['crops/10']?.meanAveragePrecision.value, 1);
  });
});
