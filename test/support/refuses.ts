import assert from 'node:assert/strict';
import { EideticError, type ErrorCode } from '../../src/domain/errors.ts';

/** Asserts that something is refused with a code and words that a person understands, and returns the error. */
export async function refuses(work: Promise<unknown>, code: ErrorCode, words: RegExp): Promise<EideticError> {
  try {
    await work;
  } catch (error) {
    assert(error instanceof EideticError, `expected an EideticError, found ${String(error)}`);
    assert.equal(error.code, code, error.message);
    assert.match(error.message, words);
    return error;
  }
  assert.fail(`expected ${code}, found no error`);
}
