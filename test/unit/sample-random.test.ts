import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNoise, fractal, ridged } from '../../src/sample/noise.ts';
import { createRandom } from '../../src/sample/seeded-random.ts';

test('the same seed gives the same numbers, another seed others', () => {
  const draw = (seed: string): number[] => {
    const random = createRandom(seed);
    return Array.from({ length: 20 }, () => random.next());
  };
  assert.deepEqual(draw('1/sea/3'), draw('1/sea/3'));
  assert.notDeepEqual(draw('1/sea/3'), draw('1/sea/4'));
});

test('numbers are spread evenly over their range', () => {
  const random = createRandom('spread');
  const drawn = Array.from({ length: 10_000 }, () => random.whole(0, 9));
  const counts = Array.from({ length: 10 }, (_, digit) => drawn.filter((number) => number === digit).length);
  assert.ok(Math.min(...counts) > 850, `rarest ${Math.min(...counts)}`);
  assert.ok(Math.max(...counts) < 1150, `most frequent ${Math.max(...counts)}`);
});

test('a shuffled list has the same entries in another order and leaves the first alone', () => {
  const list = Array.from({ length: 50 }, (_, i) => i);
  const shuffled = createRandom('cards').shuffled(list);
  assert.notDeepEqual(shuffled, list);
  assert.deepEqual(
    [...shuffled].sort((a, b) => a - b),
    list,
  );
  assert.equal(list[0], 0);
});

test('noise is continuous, varied and stays near its range', () => {
  const noise = createNoise(createRandom('noise'));
  let lowest = 0;
  let highest = 0;
  for (let i = 0; i < 5000; i++) {
    const [x, y] = [i * 0.037 - 40, i * 0.011 - 20];
    const value = fractal(noise, x, y, 5);
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
    assert.ok(Math.abs(noise(x, y) - noise(x + 1e-6, y)) < 1e-4);
    const crest = ridged(noise, x, y, 4);
    assert.ok(crest >= 0 && crest <= 1, `crest ${crest}`);
  }
  assert.ok(lowest < -0.3 && lowest > -1.3, `lowest ${lowest}`);
  assert.ok(highest > 0.3 && highest < 1.3, `highest ${highest}`);
});
