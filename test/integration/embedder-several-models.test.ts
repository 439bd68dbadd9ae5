import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, it, type TestContext } from 'node:test';
import type { DescribeTimes, Embedder } from '../../src/domain/embedder.ts';
import type { InstalledModel } from '../../src/domain/model.ts';
import { DEFAULT_PICTURE_LIMITS } from '../../src/domain/picture-limits.ts';
import { startOnnxEmbedder } from '../../src/embedding/onnx-embedder.ts';
import { nameDecoders } from '../../src/imaging/decoders.ts';
import { CROP } from '../support/input-recipe.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { prepareOne } from '../support/prepare-one.ts';
import { makeTemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';
import { installTinyModel } from '../support/tiny-model.ts';

const PICTURES = 12;

async function numbered(n: number): Promise<Uint8Array> {
  return new Uint8Array(await drawNumbered(n).jpeg().toBuffer());
}

async function describeAll(embedder: Embedder) {
  return Promise.all(Array.from({ length: PICTURES }, async (_, n) => embedder.describe(await numbered(n))));
}

async function describeAlone(model: InstalledModel) {
  const embedder = startOnnxEmbedder([model], DEFAULT_PICTURE_LIMITS);
  const described = await describeAll(embedder);
  await embedder.close();
  return described;
}

describe('embedder with several models', () => {
  const folder = temporaryFolder();
  const models = [
    installTinyModel(folder, { dimensions: 48 }),
    installTinyModel(folder, { dimensions: 96, registers: 2 }, CROP),
    installTinyModel(folder, { dimensions: 60, patchSize: 8 }, { height: 96, width: 96, mean: [0, 0, 0] }),
  ];
  const seen: DescribeTimes[] = [];
  const embedder = startOnnxEmbedder(models, DEFAULT_PICTURE_LIMITS, {
    onDescribed: (times) => seen.push(times),
  });
  after(() => embedder.close());

  it('gives every model’s descriptor as that model gives it alone, bit for bit, from one decode', async () => {
    const together = await describeAll(embedder);
    assert.equal(seen.length, PICTURES, 'each picture should have been described once');
    for (const { decodeMs, inferenceMs } of seen) {
      assert.ok(decodeMs > 0 && inferenceMs > 0);
    }
    for (const model of models) {
      const alone = await describeAlone(model);
      for (const [n, { facts, descriptors }] of together.entries()) {
        assert.equal(Object.keys(descriptors).length, models.length);
        assert.deepEqual(facts, alone[n]?.facts);
        assert.deepEqual(descriptors[model.key], alone[n]?.descriptors[model.key]);
        assert.equal(descriptors[model.key]?.cls.unit.length, model.manifest.dimensions);
      }
    }
  });

  it('names its models and what decodes for them', () => {
    assert.deepEqual(embedder.models, models);
    assert.equal(embedder.decoders, nameDecoders());
  });

  it('tells facts alone when there are no models', async () => {
    const none = startOnnxEmbedder([], DEFAULT_PICTURE_LIMITS);
    const { facts, descriptors } = await none.describe(await numbered(1));
    assert.deepEqual(descriptors, {});
    assert.deepEqual(facts, (await prepareOne(await numbered(1))).facts);
    await none.close();
  });
});

describe('embedder of whose models one cannot be loaded', () => {
  it('refuses pictures until it can be, and then describes them', async (t: TestContext) => {
    const folder = await makeTemporaryFolder(t);
    const models = [
      installTinyModel(folder, { dimensions: 48 }),
      installTinyModel(folder, { dimensions: 96 }),
    ];
    const file = join(folder, models[1]?.manifest.file ?? '');
    await rename(file, `${file}.away`);
    const embedder = startOnnxEmbedder(models, DEFAULT_PICTURE_LIMITS);
    const refused = await Promise.allSettled(
      Array.from({ length: embedder.parallelism * 2 }, async (_, n) => embedder.describe(await numbered(n))),
    );
    for (const outcome of refused) {
      assert.equal(outcome.status, 'rejected');
      assert.equal(outcome.reason.code, 'MODEL_UNAVAILABLE');
      assert.match(outcome.reason.message, new RegExp(`cannot load ${file}`));
    }
    await rename(`${file}.away`, file);
    assert.equal(Object.keys((await embedder.describe(await numbered(1))).descriptors).length, 2);
    await embedder.close();
  });
});
