import assert from 'node:assert/strict';
import { it } from 'node:test';
import { toInputTensor } from '../../src/imaging/input-tensor.ts';
import { SQUASH } from '../support/input-recipe.ts';

const RECIPE = { ...SQUASH, width: 2, height: 1 };

it('puts red, green and blue into planes, each with its own mean and deviation', () => {
  const tensor = toInputTensor(Uint8Array.of(0, 51, 102, 153, 204, 255), 3, RECIPE);
  const expected = [0, 0.6, 0.2, 0.8, 0.4, 1].map((value, i) => {
    const channel = Math.floor(i / 2);
    return (value - (RECIPE.mean[channel] as number)) / (RECIPE.std[channel] as number);
  });
  assert.deepEqual(tensor, Float32Array.from(expected));
});

it('fills all three planes from gray', () => {
  const gray = toInputTensor(Uint8Array.of(30, 200), 1, RECIPE);
  assert.deepEqual(gray, toInputTensor(Uint8Array.of(30, 30, 30, 200, 200, 200), 3, RECIPE));
});
