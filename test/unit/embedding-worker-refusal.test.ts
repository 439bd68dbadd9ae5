import assert from 'node:assert/strict';
import { it } from 'node:test';
import { EideticError } from '../../src/domain/errors.ts';
import { refusalOf } from '../../src/embedding/worker-refusal.ts';

/** What V8 throws when there is no memory for so many bytes. */
function allocationError(): unknown {
  try {
    return new ArrayBuffer(2 ** 45);
  } catch (error) {
    return error;
  }
}

it('refuses a picture as passing when memory ran out, whoever says so', () => {
  for (const error of [
    allocationError(),
    new Error('Non-zero status code returned while running Conv node. std::bad_alloc'),
    new Error('BFCArena::AllocateRawInternal Failed to allocate memory for requested buffer of size 99'),
  ]) {
    assert.ok(error instanceof Error);
    const refusal = refusalOf(error);
    assert.ok(refusal instanceof EideticError, error.message);
    assert.equal(refusal.code, 'IMAGE_UNREADABLE');
    assert.deepEqual(refusal.details, { isPassing: true });
    assert.equal(refusal.cause, error);
  }
});

it('leaves a bug a bug, and a refusal as it is', () => {
  const bug = new TypeError('undefined is not a function');
  assert.equal(refusalOf(bug), bug);
  const refusal = new EideticError('IMAGE_TOO_LARGE', 'Found too much.');
  assert.equal(refusalOf(refusal), refusal);
});
