import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fromCursor, toCursor } from '../../src/pictures/cursor.ts';

describe('cursor', () => {
  it('comes back as it went', () => {
    for (const id of [0, 1, 123_456, 2 ** 40]) {
      assert.equal(fromCursor(toCursor(id)), id);
    }
    assert.equal(fromCursor(undefined), 0);
  });

  it('refuses what it has not made', () => {
    for (const text of ['', 'x', '5', toCursor(-1), toCursor(1.5), `${toCursor(1)}AAAA`, 'YWZ0ZXI6', '%00']) {
      assert.throws(() => fromCursor(text), { code: 'INVALID_INPUT' }, text);
    }
  });
});
