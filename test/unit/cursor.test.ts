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

  it('comes back as it went in a list that goes down', () => {
    for (const id of [1, 123_456, 2 ** 40]) {
      assert.equal(fromCursor(toCursor(id, 'before'), 'before'), id);
    }
    assert.equal(fromCursor(undefined, 'before'), Number.MAX_SAFE_INTEGER);
  });

  it('refuses a cursor of the other order, and says so', () => {
    for (const [side, other] of [
      ['after', 'before'],
      ['before', 'after'],
    ] as const) {
      assert.throws(() => fromCursor(toCursor(5, side), other), { code: 'INVALID_INPUT', message: /order/ });
    }
  });

  it('refuses what it has not made', () => {
    for (const text of ['', 'x', '5', toCursor(-1), toCursor(1.5), `${toCursor(1)}AAAA`, 'YWZ0ZXI6', '%00']) {
      assert.throws(() => fromCursor(text), { code: 'INVALID_INPUT' }, text);
    }
  });
});
