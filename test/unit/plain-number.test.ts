import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseDecimal, parseWholeNumber } from '../../src/domain/plain-number.ts';

describe('plain numbers', () => {
  it('are digits alone, as far as a number is exact', () => {
    assert.deepEqual(['0', '7', '10', '9007199254740991'].map(parseWholeNumber), [0, 7, 10, 2 ** 53 - 1]);
    for (const text of [
      '',
      ' 5',
      '5 ',
      '1e0',
      '0x10',
      '1.0',
      '+1',
      '-1',
      '007',
      '1_000',
      '٣',
      '9007199254740992',
    ]) {
      assert.equal(parseWholeNumber(text), null, JSON.stringify(text));
    }
  });

  it('may have a point and a minus sign where they need not be whole, and be as tiny as programs print them', () => {
    assert.deepEqual(['0.5', '-0.25', '1', '1e-7'].map(parseDecimal), [0.5, -0.25, 1, 1e-7]);
    for (const text of ['', ' 0.5', '.5', '5.', '1e0', '1e3', '0x1', 'NaN', 'Infinity', '--1', '0,5']) {
      assert.equal(parseDecimal(text), null, JSON.stringify(text));
    }
  });
});
