import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { withinPixelBudget } from '../../src/imaging/pixel-budget.ts';
import { seededRandom } from '../support/seeded-random.ts';

const MEGAPIXEL = 1_000_000;

it('keeps pictures in work within 64 megapixels, or one larger picture alone, in order', async () => {
  const random = seededRandom(5);
  const sizes = Array.from({ length: 60 }, () => Math.ceil(random() ** 3 * 90) * MEGAPIXEL);
  const started: number[] = [];
  let inWork: number[] = [];
  let most = 0;
  await Promise.all(
    sizes.map((pixels, i) =>
      withinPixelBudget(pixels, async () => {
        started.push(i);
        inWork.push(pixels);
        most = Math.max(most, inWork.length);
        const sum = inWork.reduce((a, b) => a + b);
        assert(sum <= 64 * MEGAPIXEL || inWork.length === 1, `found ${inWork.join(' + ')} pixels at once`);
        await turn();
        inWork = inWork.toSpliced(inWork.indexOf(pixels), 1);
      }),
    ),
  );
  assert.deepEqual(started, [...sizes.keys()]);
  assert(most > 1, 'small pictures should run together');
});

it('lets the next one in after a failure', async () => {
  await assert.rejects(
    withinPixelBudget(100 * MEGAPIXEL, () => Promise.reject(new Error('bad'))),
    /bad/,
  );
  assert.equal(await withinPixelBudget(100 * MEGAPIXEL, async () => 'next'), 'next');
});
