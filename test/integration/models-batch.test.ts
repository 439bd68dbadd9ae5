import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { similarity } from '../../src/domain/embedding.ts';
import type { ModelManifest } from '../../src/domain/model.ts';
import { openOnnxSession } from '../../src/embedding/onnx-session.ts';
import { noisePicture } from '../../src/model-probe/noise-picture.ts';
import { probeModel } from '../../src/model-probe/probe-model.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { type TinyVit, tinyVit } from '../support/tiny-vit.ts';

/** A tiny model as `models add` would install it, with a changed manifest if wanted. */
async function install(t: TestContext, vit: Partial<TinyVit>, changes: Partial<ModelManifest> = {}) {
  const folder = await makeTemporaryFolder(t);
  const { onnx } = tinyVit({ side: 224, ...vit });
  await writeFile(join(folder, 'tiny.onnx'), onnx);
  const hints = { patchSize: null, registers: null, output: null };
  const {
    elapsedMs: _,
    evidence: __,
    dataFiles: ___,
    ...found
  } = await probeModel(join(folder, 'tiny.onnx'), hints);
  const sha256 = createHash('sha256').update(onnx).digest('hex');
  const file = { file: 'tiny.onnx', sha256, sizeBytes: onnx.length };
  const manifest: ModelManifest = {
    ...{ id: 'tiny', title: 'tiny', license: 'none', source: 'drawn', ...file, ...found },
    ...changes,
  };
  return { folder, manifest };
}

/** A picture's embedding alone, and beside one of four times the contrast. */
async function aloneAndBeside(folder: string, manifest: ModelManifest) {
  const session = await openOnnxSession(folder, manifest, 1);
  const picture = noisePicture(1, 224, 224);
  const [alone] = await session.embed([picture]);
  const [, beside] = await session.embed([noisePicture(2, 224, 224, 4), picture]);
  await session.release();
  assert.ok(alone !== undefined && beside !== undefined);
  return { alone, beside };
}

describe('batches', () => {
  it('are taken apart for a dynamically quantized model, whose embeddings would change', async (t) => {
    const { folder, manifest } = await install(t, { isQuantized: true });
    assert.equal(manifest.batchSafe, false);
    const { alone, beside } = await aloneAndBeside(folder, manifest);
    assert.deepEqual(beside, alone);

    const batched = await aloneAndBeside(folder, { ...manifest, batchSafe: true });
    assert.notDeepEqual(batched.beside.cls, batched.alone.cls);
    assert.ok(similarity(batched.beside.gem.unit, batched.alone.gem.unit) < 0.99999);
  });

  it('are run as they are for a float model', async (t) => {
    const { folder, manifest } = await install(t, {});
    assert.equal(manifest.batchSafe, true);
    const { alone, beside } = await aloneAndBeside(folder, manifest);
    assert.ok(similarity(beside.cls.unit, alone.cls.unit) > 0.999999);
    assert.ok(similarity(beside.gem.unit, alone.gem.unit) > 0.999999);
  });

  it('are taken apart for a model that takes one picture at a time', async (t) => {
    const { folder, manifest } = await install(t, { batch: 1 });
    const { alone, beside } = await aloneAndBeside(folder, manifest);
    assert.deepEqual(beside, alone);
    await assert.rejects(aloneAndBeside(folder, { ...manifest, batchSafe: true }), /Got: 2 Expected: 1/);
  });
});

describe('a session', () => {
  it('gives the CLS embedding as both parts of the descriptor when there are no patch tokens', async (t) => {
    const { folder, manifest } = await install(t, { output: 'cls' });
    const { alone } = await aloneAndBeside(folder, manifest);
    assert.deepEqual(alone.gem, alone.cls);
    assert.notEqual(alone.gem.unit.buffer, alone.cls.unit.buffer);
  });

  it('refuses a manifest that promises patch tokens where there are none, and the reverse', async (t) => {
    const alone = await install(t, { output: 'cls' }, { patchSize: 16 });
    await assert.rejects(aloneAndBeside(alone.folder, alone.manifest), { code: 'MODEL_MISMATCH' });
    const tokens = await install(t, {}, { patchSize: null });
    await assert.rejects(aloneAndBeside(tokens.folder, tokens.manifest), { code: 'MODEL_MISMATCH' });
  });

  it('says what a device needs when it is not there', async (t) => {
    const { folder, manifest } = await install(t, {});
    const device = process.platform === 'win32' ? 'coreml' : 'dml';
    await assert.rejects(openOnnxSession(folder, manifest, 1, device), {
      code: 'MODEL_UNAVAILABLE',
      message: /ONNX Runtime cannot use (CoreML|DirectML) \(.*\) for tiny: .* Use --device cpu instead\./,
    });
  });

  it('refuses int8 under DirectML, which would end the process', async (t) => {
    const { folder, manifest } = await install(t, { isQuantized: true });
    await assert.rejects(
      openOnnxSession(folder, manifest, 1, 'dml'),
      /weights are int8, which DirectML cannot run/,
    );
  });
});
