import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { InstalledModel, ModelManifest } from '../../src/domain/model.ts';
import { modelKey } from '../../src/embedding/model-key.ts';
import { parseModelManifest } from '../../src/embedding/model-manifest.ts';
import { openOnnxSession } from '../../src/embedding/onnx-session.ts';
import { refuses } from '../support/refuses.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { installTinyModel } from '../support/tiny-model.ts';

const DIMENSIONS = 48;

/** A tiny model whose pooled output is declared as the vector `copy`. */
function tinyWith(output: string, dimensions: number): InstalledModel {
  const folder = temporaryFolder();
  const { manifest } = installTinyModel(folder, { dimensions: DIMENSIONS, output: 'tokens-and-pooled' });
  return withVectors({ manifest, folder, key: '' }, { copy: { output, dimensions } });
}

function withVectors(model: InstalledModel, vectors: ModelManifest['outputs']['vectors']): InstalledModel {
  const manifest = { ...model.manifest, outputs: { ...model.manifest.outputs, vectors } };
  return { ...model, manifest, key: modelKey(manifest) };
}

function noise({ height, width }: ModelManifest['input']): Float32Array {
  return Float32Array.from({ length: 3 * height * width }, (_, i) => Math.sin(i * 12.9898) * 2);
}

describe('vectors that a model declares', () => {
  it('come with the tokens, in one pass, as the graph gives them', async () => {
    const { folder, manifest } = tinyWith('pooler_output', DIMENSIONS);
    const session = await openOnnxSession(folder, manifest, 1);
    const [descriptor] = await session.embed([noise(manifest.input)]);
    await session.release();
    assert.deepEqual(Object.keys(descriptor ?? {}).sort(), ['cls', 'copy', 'gem']);
    assert.deepEqual(descriptor?.['copy'], descriptor?.cls, 'this output is the CLS token once more');
  });

  it('make another model key, whatever their order', () => {
    const model = tinyWith('pooler_output', DIMENSIONS);
    const a = { output: 'pooler_output', dimensions: DIMENSIONS };
    const b = { output: 'other', dimensions: 3 };
    assert.notEqual(model.key, withVectors(model, undefined).key);
    assert.notEqual(model.key, withVectors(model, { copy: { ...a, dimensions: 1 } }).key);
    assert.equal(withVectors(model, { a, b }).key, withVectors(model, { b, a }).key);
  });

  it('are refused when the model has no such output', async () => {
    const { folder, manifest } = tinyWith('copy', DIMENSIONS);
    await refuses(openOnnxSession(folder, manifest, 1), 'MODEL_UNAVAILABLE', /expects "copy"/);
  });

  it('are refused when they have another size, or are no vector of a picture', async () => {
    for (const [output, dimensions, found] of [
      ['pooler_output', 47, /"pooler_output" as float32 of shape 1 x 48 .* expects float32 of 1 x 47/],
      ['last_hidden_state', DIMENSIONS, /shape 1 x \d+ x 48/],
    ] as const) {
      const { folder, manifest } = tinyWith(output, dimensions);
      const session = await openOnnxSession(folder, manifest, 1);
      await refuses(session.embed([noise(manifest.input)]), 'MODEL_MISMATCH', found);
      await session.release();
    }
  });

  it('are refused when they are not finite', async () => {
    const { folder, manifest } = tinyWith('pooler_output', DIMENSIONS);
    const session = await openOnnxSession(folder, manifest, 1);
    const broken = noise(manifest.input).fill(Number.NaN);
    await refuses(session.embed([broken]), 'INVALID_INPUT', /length NaN/);
    await session.release();
  });

  it('may not take the names of those that are made of tokens', () => {
    const folder = temporaryFolder();
    const { manifest } = installTinyModel(folder, { dimensions: DIMENSIONS });
    const file = join(folder, 'model.json');
    for (const name of ['cls', 'gem', 'Copy', '']) {
      const vectors = { [name]: { output: 'x', dimensions: 2 } };
      writeFileSync(file, JSON.stringify({ ...manifest, outputs: { ...manifest.outputs, vectors } }));
      assert.throws(() => parseModelManifest(readFileSync(file, 'utf8'), file), /outputs\.vectors/);
    }
  });
});
