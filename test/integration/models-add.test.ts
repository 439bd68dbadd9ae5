import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findModel, listModels } from '../../src/embedding/model-store.ts';
import { probeModel } from '../../src/model-probe/probe-model.ts';
import { type AddOptions, addModel } from '../../src/models/add-model.ts';
import { type KnownModel, knownModels } from '../../src/models/known-models.ts';
import { removeModel } from '../../src/models/remove-model.ts';
import { BUNDLED_ID } from '../support/bundled-model.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { pinnedFile, testPin } from '../support/test-pin.ts';
import { type TinyVit, tinyVit } from '../support/tiny-vit.ts';

const BUNDLED = fileURLToPath(new URL('../../../models/bundled/', import.meta.url));

async function prepare(t: TestContext, vit: Partial<TinyVit> = {}) {
  const folder = await makeTemporaryFolder(t);
  const modelsFolder = join(folder, 'models');
  const source = join(folder, 'mine', 'model.onnx');
  const { onnx, data } = tinyVit({ side: 224, ...vit });
  await mkdir(join(folder, 'mine'));
  await writeFile(source, onnx);
  if (data !== null && vit.dataFile) {
    await writeFile(join(folder, 'mine', vit.dataFile), data);
  }
  const add = (from = source, changes: Partial<AddOptions> = {}) =>
    addModel(from, {
      ...{
        modelsFolder,
        id: null,
        resize: null,
        inputSize: null,
        license: null,
        taken: [],
        probe: probeModel,
      },
      ...{ patchSize: null, registers: null, output: null },
      ...changes,
    });
  return { folder, modelsFolder, source, add };
}

async function known(modelsFolder: string, id: string): Promise<KnownModel> {
  const found = (await knownModels([], await listModels(modelsFolder), modelsFolder)).find(
    (one) => one.id === id,
  );
  assert.ok(found !== undefined, `${id} is not listed`);
  return found;
}

describe('adding a model of one’s own', () => {
  it('copies the file, describes it, and lets it be found by name', async (t) => {
    const { modelsFolder, source, add } = await prepare(t);
    const { model } = await add(source, { license: 'CC0', resize: 'crop' });
    assert.equal(model.manifest.id, 'mine');
    assert.deepEqual(await readFile(join(modelsFolder, 'mine', 'model.onnx')), await readFile(source));
    const found = await findModel('mine', modelsFolder);
    assert.deepEqual(found, model);
    assert.equal(found.manifest.license, 'CC0');
    assert.deepEqual([found.manifest.input.resize, found.manifest.input.resizeTo], ['crop', 256]);
  });

  it('refuses a folder for models that the system cannot make, at once', async (t) => {
    if (process.platform !== 'linux') {
      t.skip('only Linux has a /proc');
      return;
    }
    const { source, add } = await prepare(t);
    for (const modelsFolder of ['/proc/eidetic', '/proc']) {
      await assert.rejects(add(source, { modelsFolder }), {
        code: 'MODEL_UNAVAILABLE',
        message: /\/proc.* cannot be written: .*EIDETIC_MODELS/,
      });
    }
  });

  it('takes a folder, and the weights beside the file', async (t) => {
    const { folder, modelsFolder, add } = await prepare(t, { dataFile: 'weights.bin' });
    const { model } = await add(join(folder, 'mine'), { id: 'own' });
    assert.deepEqual((await readdir(join(modelsFolder, 'own'))).sort(), [
      'model.json',
      'model.onnx',
      'weights.bin',
    ]);
    assert.equal(model.manifest.data?.[0]?.file, 'weights.bin');
  });

  it('takes a model folder as it says, when its file behaves so', async (t) => {
    const { add } = await prepare(t);
    const { model, probed } = await add(BUNDLED, { id: 'copy' });
    const described = JSON.parse(await readFile(join(BUNDLED, 'model.json'), 'utf8'));
    assert.equal(model.manifest.title, described.title);
    assert.equal(model.manifest.input.height, described.input.height);
    assert.equal(probed.patchSize, described.patchSize);
  });

  it('refuses a model.json that says otherwise than its file behaves', async (t) => {
    const { folder, modelsFolder, source, add } = await prepare(t);
    const { model } = await add(source, { id: 'right' });
    const lie = { ...model.manifest, dimensions: 768 };
    await writeFile(join(folder, 'mine', 'model.json'), JSON.stringify(lie));
    await assert.rejects(add(source, { id: 'wrong' }), /found dimensions 384 where it says 768/);
    assert.deepEqual(await readdir(modelsFolder), ['right']);
  });

  it('leaves nothing behind when the model is refused', async (t) => {
    const { folder, modelsFolder, add } = await prepare(t, { specials: 'none' });
    await assert.rejects(add(), { code: 'MODEL_UNAVAILABLE' });
    await writeFile(join(folder, 'mine', 'second.onnx'), 'x');
    await assert.rejects(add(join(folder, 'mine')), /Found model\.onnx, second\.onnx in .*, expected one/);
    await assert.rejects(readdir(modelsFolder), { code: 'ENOENT' });
  });

  it('refuses an id that is taken, is a path, or has a folder with other things in it', async (t) => {
    const { modelsFolder, source, add } = await prepare(t);
    await assert.rejects(add(source, { taken: ['mine'] }), {
      code: 'INVALID_INPUT',
      message: /is known already/,
    });
    await assert.rejects(add(source, { id: '../up' }), { code: 'INVALID_INPUT' });
    await mkdir(join(modelsFolder, 'mine'), { recursive: true });
    await writeFile(join(modelsFolder, 'mine', 'diary.txt'), 'dear diary');
    await assert.rejects(add(source), /is not empty \(diary\.txt\)/);
    assert.deepEqual(await readdir(join(modelsFolder, 'mine')), ['diary.txt']);
  });
});

describe('removing a model', () => {
  it('deletes its files and its folder', async (t) => {
    const { modelsFolder, add } = await prepare(t);
    await add();
    const removed = await removeModel(await known(modelsFolder, 'mine'), ['model.onnx'], modelsFolder);
    assert.deepEqual(removed.left, []);
    assert.deepEqual(await readdir(modelsFolder), []);
  });

  it('leaves what is no part of it', async (t) => {
    const { modelsFolder, add } = await prepare(t);
    await add();
    await writeFile(join(modelsFolder, 'mine', 'notes.txt'), 'mine');
    await writeFile(join(modelsFolder, 'mine', 'model.onnx.12-ab.part'), 'begun');
    const removed = await removeModel(await known(modelsFolder, 'mine'), ['model.onnx'], modelsFolder);
    assert.deepEqual(removed.left, ['notes.txt']);
    assert.deepEqual(await readdir(join(modelsFolder, 'mine')), ['notes.txt']);
  });

  it('refuses the bundled model and what lies elsewhere', async (t) => {
    const { folder, modelsFolder, source, add } = await prepare(t);
    await add(source, { id: 'first' });
    const bundled = await known(modelsFolder, BUNDLED_ID);
    await assert.rejects(removeModel(bundled, [`${BUNDLED_ID}.onnx`], modelsFolder), { code: 'FORBIDDEN' });
    const { model } = await add(source, { id: 'linked', modelsFolder: join(folder, 'elsewhere') });
    await symlink(model.folder, join(modelsFolder, 'linked'));
    const linked = { ...(await known(modelsFolder, 'first')), folder: join(modelsFolder, 'linked') };
    await assert.rejects(removeModel(linked, ['model.onnx'], modelsFolder), { code: 'FORBIDDEN' });
    const outside = { ...linked, folder: model.folder };
    await assert.rejects(removeModel(outside, ['model.onnx'], modelsFolder), { code: 'FORBIDDEN' });
    assert.deepEqual((await readdir(model.folder)).sort(), ['model.json', 'model.onnx']);
  });
});

describe('the list of models', () => {
  it('tells bundled, published and added ones, and what is wrong with each', async (t) => {
    const { modelsFolder, source, add } = await prepare(t);
    await add(source, { id: 'mine' });
    await add(source, { id: 'tiny-vits16' });
    await mkdir(join(modelsFolder, 'broken'));
    await writeFile(join(modelsFolder, 'broken', 'model.json'), '{');
    const other = testPin(pinnedFile('onnx/model.onnx', new Uint8Array(9)));
    const absent = testPin(pinnedFile('onnx/model.onnx', new Uint8Array(9)), { id: 'absent' });
    const models = await knownModels([other, absent], await listModels(modelsFolder), modelsFolder);
    assert.deepEqual(
      models.map(({ id, origin, installed }) => [id, origin, installed]),
      [
        [BUNDLED_ID, 'bundled', true],
        ['tiny-vits16', 'published', false],
        ['absent', 'published', false],
        ['broken', 'added', false],
        ['mine', 'added', true],
      ],
    );
    assert.match(models[1]?.problem ?? '', /its SHA-256 is .*, published is /);
    assert.equal(models[2]?.problem, null);
    assert.match(models[3]?.problem ?? '', /is not JSON/);
  });

  it('tells when the weights of an installed model have changed', async (t) => {
    const { modelsFolder, source, add } = await prepare(t);
    await add();
    const bytes = await readFile(source);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await writeFile(join(modelsFolder, 'mine', 'model.onnx'), bytes);
    assert.match((await known(modelsFolder, 'mine')).problem ?? '', /Found SHA-256 /);
  });
});
