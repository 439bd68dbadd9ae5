import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { normalize, similarity, toEmbedding } from '../../src/domain/embedding.ts';
import { poolTokens } from '../../src/embedding/pool-tokens.ts';

describe('toEmbedding', () => {
  it('gives length 1 and keeps the direction', () => {
    assert.deepEqual(
      [...toEmbedding([3, 0, 4])].map((x) => Number(x.toFixed(6))),
      [0.6, 0, 0.8],
    );
    assert.ok(Math.abs(similarity(toEmbedding([1, 2]), toEmbedding([10, 20])) - 1) < 1e-6);
    assert.ok(Math.abs(similarity(toEmbedding([1, 0]), toEmbedding([-5, 0])) + 1) < 1e-6);
  });

  for (const bad of [[], [0, 0], [Number.NaN, 1], [Number.POSITIVE_INFINITY, 1]]) {
    it(`refuses [${bad}]`, () => {
      assert.throws(() => toEmbedding(bad), { code: 'INVALID_INPUT' });
    });
  }
});

describe('normalize', () => {
  it('tells the length that the vector had, in double precision', () => {
    const values = Float32Array.from([0.1, 0.2, 0.3]);
    const { unit, norm } = normalize(values);
    assert.deepEqual(unit, toEmbedding(values));
    assert.equal(norm, Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0)));
    assert.notEqual(norm, Math.fround(norm));
  });
});

describe('poolTokens', () => {
  it('takes CLS from the first token and GeM from the patches, registers left out', () => {
    const cls = [3, 4];
    const register = [100, 100];
    const patches = [1, -5, 2, 0];
    const { cls: c, gem } = poolTokens(Float32Array.from([...cls, ...register, ...patches]), 2, 1);
    assert.deepEqual(
      [...c.unit].map((x) => Number(x.toFixed(5))),
      [0.6, 0.8],
    );
    // GeM: ((1^4 + 2^4) / 2)^(1/4) in the first dimension, the floor 1e-6 in the second.
    const first = (17 / 2) ** 0.25;
    const norm = Math.hypot(first, 1e-6);
    assert.ok(Math.abs((gem.unit[0] ?? 0) - first / norm) < 1e-6);
    assert.ok(Math.abs((gem.unit[1] ?? 0) - 1e-6 / norm) < 1e-9);
    assert.equal(c.norm, 5);
    assert.ok(Math.abs((gem.norm ?? 0) - norm) < 1e-6);
  });

  it('refuses tokens that are not finite', () => {
    assert.throws(() => poolTokens(Float32Array.from([Number.NaN, 1, 1, 1]), 2, 0), {
      code: 'INVALID_INPUT',
    });
  });
});
