import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bitSimilarity, packBits } from '../../bench/bit-hash.ts';
import { DIFFERENCE_SIDE, differenceHash } from '../../bench/difference-hash.ts';
import { DIHEDRAL_MAPS, dihedralVariants } from '../../bench/dihedral.ts';
import { applyAffine } from '../../src/copies/affine.ts';
import type { FractionMap } from '../../src/copies/fraction-map.ts';

function bits(text: string): boolean[] {
  return [...text].map((bit) => bit === '1');
}

describe('bitSimilarity', () => {
  it('is the share of bits in common', () => {
    const zeros = '0'.repeat(64);
    const hash = packBits(bits(zeros));
    assert.equal(bitSimilarity(hash, packBits(bits(zeros))), 1);
    assert.equal(bitSimilarity(hash, packBits(bits('1'.repeat(64)))), 0);
    assert.equal(bitSimilarity(hash, packBits(bits(`1${'0'.repeat(30)}11${'0'.repeat(30)}1`))), 60 / 64);
  });
});

describe('differenceHash', () => {
  const square = (value: (x: number, y: number) => number) =>
    Float32Array.from({ length: DIFFERENCE_SIDE ** 2 }, (_, at) =>
      value(at % DIFFERENCE_SIDE, Math.floor(at / DIFFERENCE_SIDE)),
    );

  it('is all ones where it grows brighter to the right, and zeros where not', () => {
    const ones = packBits(bits('1'.repeat(64)));
    assert.deepEqual(differenceHash(square((x) => x)), ones);
    assert.deepEqual(differenceHash(square((x) => -x)), new Uint32Array(2));
    assert.deepEqual(differenceHash(square((_, y) => y)), new Uint32Array(2));
  });

  it('tells the cell that differs, by rows of eight', () => {
    // One bright cell, the third of the second row: brighter than the one to its left, and the next is darker again.
    const hash = differenceHash(square((x, y) => (x >= 16 && x < 24 && y >= 9 && y < 18 ? 1 : 0)));
    assert.deepEqual(hash, packBits(bits(`${'0'.repeat(9)}1${'0'.repeat(54)}`)));
  });
});

describe('dihedralVariants', () => {
  it('are the eight ways to lay a square', () => {
    const shown = dihedralVariants(Float32Array.of(1, 2, 3, 4), 2).map((variant) => variant.join(''));
    assert.deepEqual(shown.sort(), ['1234', '1324', '2143', '2413', '3142', '3412', '4231', '4321']);
    assert.equal(dihedralVariants(Float32Array.of(1, 2, 3, 4), 2)[0]?.join(''), '1234');
  });

  it('lie where their maps say', () => {
    const square = Float32Array.from({ length: 9 }, (_, i) => i);
    for (const [i, variant] of dihedralVariants(square, 3).entries()) {
      for (const [at, value] of variant.entries()) {
        const point = { x: ((at % 3) + 0.5) / 3, y: (Math.floor(at / 3) + 0.5) / 3 };
        const { x, y } = applyAffine(DIHEDRAL_MAPS[i] as FractionMap, point);
        assert.equal(square[3 * Math.floor(3 * y) + Math.floor(3 * x)], value, `variant ${i} at ${at}`);
      }
    }
  });
});
