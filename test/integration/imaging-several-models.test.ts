import assert from 'node:assert/strict';
import { it } from 'node:test';
import sharp from 'sharp';
import type { InputRecipe } from '../../src/domain/model.ts';
import { DEFAULT_PICTURE_LIMITS } from '../../src/domain/picture-limits.ts';
import { preparePicture } from '../../src/imaging/prepare-picture.ts';
import { drawPicture } from '../support/draw-picture.ts';
import { CROP, SQUASH } from '../support/input-recipe.ts';
import { prepareOne } from '../support/prepare-one.ts';

const OTHER_COLORS: InputRecipe = { ...SQUASH, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] };
const LARGER: InputRecipe = { ...SQUASH, height: 96, width: 96, resizeTo: 96 };

function prepare(file: Uint8Array, recipes: readonly InputRecipe[]) {
  return preparePicture(file, recipes, DEFAULT_PICTURE_LIMITS);
}

/** How many decodings sharp is asked for while something is done. */
async function countSharpWork(work: () => Promise<unknown>): Promise<number> {
  let changes = 0;
  const count = () => changes++;
  sharp.queue.on('change', count);
  await work();
  sharp.queue.off('change', count);
  return changes;
}

it('gives each of several recipes what it gives it alone', async () => {
  const file = await drawPicture(1).jpeg().toBuffer();
  const recipes = [SQUASH, CROP, OTHER_COLORS, LARGER, SQUASH];
  const together = await prepare(file, recipes);
  for (const [i, recipe] of recipes.entries()) {
    const alone = await prepareOne(file, recipe);
    assert.deepEqual(together.inputs[i], alone.input);
    assert.deepEqual(together.facts, alone.facts);
  }
});

it('decodes once for all recipes that want the picture alike', async () => {
  const file = await drawPicture(1).png().toBuffer();
  await prepare(file, [SQUASH]);
  const once = await countSharpWork(() => prepare(file, [SQUASH]));
  const twice = await countSharpWork(() => prepare(file, [SQUASH, CROP]));
  assert.ok(twice > once);
  assert.equal(await countSharpWork(() => prepare(file, [SQUASH, OTHER_COLORS])), once);
  assert.equal(await countSharpWork(() => prepare(file, [SQUASH, CROP, OTHER_COLORS])), twice);
});
