import assert from 'node:assert/strict';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { openOnnxSession } from '../../src/embedding/onnx-session.ts';
import { probeModel } from '../../src/model-probe/probe-model.ts';
import type { ModelPin } from '../../src/models/pin.ts';
import { pullModel } from '../../src/models/pull-model.ts';
import type { PullOptions } from '../../src/models/pull-options.ts';
import { serveModels } from '../support/model-server.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { pinnedFile, pullOptions, testPin } from '../support/test-pin.ts';
import { tinyVit } from '../support/tiny-vit.ts';

const WEIGHTS = tinyVit().onnx;
const KNOWN = pinnedFile('onnx/model.onnx', WEIGHTS);
const UNKNOWN_PIN = testPin({ ...KNOWN, sizeBytes: null, sha256: null, megabytes: 1 });

async function pullerFor(t: TestContext, files: Record<string, Uint8Array>, changes: Partial<PullOptions>) {
  const server = await serveModels(t, files);
  const modelsFolder = await makeTemporaryFolder(t);
  const options = pullOptions(modelsFolder, server.base, { probe: probeModel, ...changes });
  const pull = (pin: ModelPin, more: Partial<PullOptions> = {}) => pullModel(pin, { ...options, ...more });
  return { server, modelsFolder, options, pull };
}

describe('a pin whose SHA-256 nobody has told', () => {
  it('is refused, with the flag that allows it', async (t) => {
    const { server, pull } = await pullerFor(t, { 'model.onnx': WEIGHTS }, {});
    await assert.rejects(
      pull(UNKNOWN_PIN),
      /nobody has told the SHA-256 of onnx\/model\.onnx.*--trust-on-first-use/,
    );
    assert.equal(server.requests.length, 0);
  });

  it('is taken once when it is trusted, and locked: another file is refused from then on', async (t) => {
    const { modelsFolder, options, pull } = await pullerFor(
      t,
      { 'model.onnx': WEIGHTS },
      { trustsOnFirstUse: true },
    );
    const { model } = await pull(UNKNOWN_PIN);
    assert.equal(model.manifest.sha256, KNOWN.sha256);
    assert.ok(options.said.some((line) => line.includes(KNOWN.sha256 ?? '') && line.includes('locked')));
    const locks = JSON.parse(await readFile(join(modelsFolder, 'models.lock.json'), 'utf8'));
    assert.deepEqual(locks.models[UNKNOWN_PIN.id].files, {
      'onnx/model.onnx': { sha256: KNOWN.sha256, sizeBytes: WEIGHTS.length },
    });

    const elsewhere = await serveModels(t, { 'model.onnx': tinyVit({ heads: 12 }).onnx });
    await rm(join(modelsFolder, UNKNOWN_PIN.id), { recursive: true });
    const environment = { HF_ENDPOINT: elsewhere.base };
    await assert.rejects(pull(UNKNOWN_PIN, { environment }), /it is another file|sent the wrong bytes/);
    assert.deepEqual(await readdir(join(modelsFolder, UNKNOWN_PIN.id)), []);
  });

  it('must behave as the model that it is said to be', async (t) => {
    const other = tinyVit({ patchSize: 8, side: 224 }).onnx;
    const { modelsFolder, pull } = await pullerFor(t, { 'model.onnx': other }, { trustsOnFirstUse: true });
    await assert.rejects(pull(UNKNOWN_PIN), /is not installed: .*fits no patch side/);
    await assert.rejects(readFile(join(modelsFolder, UNKNOWN_PIN.id, 'model.json')), { code: 'ENOENT' });
  });
});

describe('a model under a license with conditions, its weights beside it', () => {
  const LICENSE = Buffer.from('You may, if you agree.\n');
  const tiny = tinyVit({ dataFile: 'model.onnx_data' });
  const data = tiny.data ?? new Uint8Array(0);
  const files = { 'model.onnx': tiny.onnx, 'model.onnx_data': data, 'LICENSE.md': LICENSE };
  const pin = testPin(pinnedFile('onnx/model.onnx', tiny.onnx), {
    license: 'Conditions License',
    data: [pinnedFile('onnx/model.onnx_data', data)],
    licenseText: pinnedFile('LICENSE.md', LICENSE),
  });

  it('shows the text and installs nothing until it is accepted', async (t) => {
    const { server, options, pull, modelsFolder } = await pullerFor(t, files, {});
    await assert.rejects(pull(pin), /under the Conditions License, which sets conditions; read it above/);
    assert.deepEqual(options.said, [LICENSE.toString()]);
    assert.deepEqual(
      server.requests.map(({ path }) => path.split('/').at(-1)),
      ['LICENSE.md'],
    );
    assert.deepEqual(await readdir(join(modelsFolder, pin.id)), ['LICENSE.md']);
  });

  it('is installed with its license and all its weights once it is accepted, and runs', async (t) => {
    const { modelsFolder, pull } = await pullerFor(t, files, { acceptsLicense: true });
    const { model } = await pull(pin);
    const names = (await readdir(join(modelsFolder, pin.id))).sort();
    assert.deepEqual(names, ['LICENSE.md', 'model.json', 'model.onnx', 'model.onnx_data']);
    assert.equal(model.manifest.data?.[0]?.sha256, pin.data[0]?.sha256);
    const session = await openOnnxSession(model.folder, model.manifest, 1);
    const [descriptor] = await session.embed([new Float32Array(3 * 224 * 224).fill(0.5)]);
    assert.equal(descriptor?.cls.unit.length, 384);
    await session.release();
  });

  it('has another key when only the weights beside it differ', async (t) => {
    const other = Uint8Array.from(data);
    other[0] = (other[0] ?? 0) ^ 1;
    const { pull } = await pullerFor(t, files, { acceptsLicense: true });
    const changed = await pullerFor(t, { ...files, 'model.onnx_data': other }, { acceptsLicense: true });
    const { model } = await pull(pin);
    const second = await changed.pull({ ...pin, data: [pinnedFile('onnx/model.onnx_data', other)] });
    assert.notEqual(second.model.key, model.key);
  });
});
