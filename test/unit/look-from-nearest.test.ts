import assert from 'node:assert/strict';
import { it } from 'node:test';
import { lookFromNearest } from '../../src/duplicates/look-from-nearest.ts';

/** How many of them are looked at, which are copies (1) or none (0). */
async function lookedAtOf(copies: readonly number[]): Promise<number> {
  let lookedAt = 0;
  async function* others() {
    yield* copies;
  }
  await lookFromNearest(others(), async (isCopy) => {
    lookedAt++;
    return isCopy === 1;
  });
  return lookedAt;
}

it('the five nearest are looked at in any case, and further ones until three in a row are no copies', async () => {
  assert.equal(await lookedAtOf([]), 0);
  assert.equal(await lookedAtOf([0, 0]), 2);
  assert.equal(await lookedAtOf([0, 0, 0, 0, 0, 1, 1]), 5);
  assert.equal(await lookedAtOf([0, 0, 0, 0, 1, 0, 0, 0, 1]), 8);
  assert.equal(await lookedAtOf([1, 1, 1, 0, 0, 0, 1, 0]), 6);
  assert.equal(await lookedAtOf([1, 1, 1, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0]), 12);
});
