import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ModelManifest } from '../../src/domain/model.ts';
import { withChosenRecipe, withFormerRecipe } from '../../src/embedding/input-recipe.ts';
import { modelKey } from '../../src/embedding/model-key.ts';
import { CROP, SQUASH } from '../support/input-recipe.ts';
import { SEEDED_MODEL } from '../support/seeded-picture.ts';

const DYNAMIC: ModelManifest = {
  ...SEEDED_MODEL,
  input: { ...SQUASH, height: 192, width: 192, resizeTo: 192 },
  patchSize: 16,
  bounds: { cls: { likely: 0.9, unlikely: 0.4 } },
};

function sized(manifest: ModelManifest, inputSize: number | null): ModelManifest {
  return withChosenRecipe(manifest, { resize: null, inputSize });
}

describe('the size of pictures that a model is given', () => {
  it('is the model’s own unless another is chosen, which is another recipe', () => {
    assert.equal(sized(DYNAMIC, null), DYNAMIC);
    assert.equal(sized(DYNAMIC, 192), DYNAMIC);
    const larger = sized(DYNAMIC, 224);
    const { height, width, resizeTo } = larger.input;
    assert.deepEqual([height, width, resizeTo], [224, 224, 224]);
    assert.notEqual(modelKey(larger), modelKey(DYNAMIC));
    assert.equal(modelKey(sized(larger, 192)), modelKey(DYNAMIC));
  });

  it('keeps the margin around what is cut out', () => {
    const { height, resizeTo } = sized({ ...DYNAMIC, input: CROP }, 128).input;
    assert.deepEqual([height, resizeTo], [128, 160]);
  });

  it('leaves out what similarities mean, which is known at the model’s own size alone', () => {
    assert.equal(sized(DYNAMIC, 208).bounds, undefined);
    assert.deepEqual(sized(DYNAMIC, 192).bounds, DYNAMIC.bounds);
  });

  it('is one that the model takes; the nearest are named', () => {
    for (const [size, nearest] of [
      [200, '192 or 208'],
      [1, '32'],
      [31, '32'],
      [769, '768'],
      [4096, '768'],
    ] as const) {
      assert.throws(() => sized(DYNAMIC, size), {
        code: 'INVALID_INPUT',
        message: `Found the input size ${size} for seeded, expected a multiple of 16 from 32 to 768 pixels, such as ${nearest}.`,
      });
    }
    for (const size of [32, 768]) {
      assert.equal(sized(DYNAMIC, size).input.height, size);
    }
  });

  it('has a bound in patches, since memory grows with the fourth power of their number along a side', () => {
    assert.throws(() => sized({ ...DYNAMIC, patchSize: 8 }, 400), /from 32 to 384 pixels, such as 384\.$/);
    assert.equal(sized({ ...DYNAMIC, patchSize: 8 }, 384).input.height, 384);
  });

  it('is the only one of a model that takes one', () => {
    const fixed = { ...DYNAMIC, input: { ...DYNAMIC.input, dynamic: false, multipleOf: 1 } };
    assert.equal(sized(fixed, 192), fixed);
    assert.throws(() => sized(fixed, 224), {
      code: 'INVALID_INPUT',
      message: /takes pictures of 192 x 192 pixels only/,
    });
  });

  it('is kept for a model of the same name that can take it', () => {
    const former = sized(DYNAMIC, 224);
    assert.equal(withFormerRecipe(DYNAMIC, former).input.height, 224);
    assert.equal(withFormerRecipe({ ...DYNAMIC, id: 'other' }, former).input.height, 192);
    const fixed = { ...DYNAMIC, input: { ...DYNAMIC.input, dynamic: false } };
    assert.equal(withFormerRecipe(fixed, former).input.height, 192);
  });
});
