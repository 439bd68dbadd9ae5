import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import type { KnownModel } from '../../src/model-shelf/shelved-models.ts';
import { PINS } from '../../src/models/pins.ts';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { BUNDLED_ID } from '../support/bundled-model.ts';
import { drawPictureFolder } from '../support/picture-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tinyVit } from '../support/tiny-vit.ts';

describe('the models command', () => {
  const folder = temporaryFolder();
  const models = join(folder, 'models');
  const environment = { EIDETIC_MODELS: models, HF_ENDPOINT: 'http://127.0.0.1:9' };

  it('lists every pin with size, license, dimensions, published quality and whether it is here', async () => {
    const listed = await askEideticJson<KnownModel[]>(['models', 'list', '--json'], 0, { environment });
    assert.deepEqual(
      listed.map(({ id }) => id),
      [BUNDLED_ID, ...PINS.map(({ id }) => id)],
    );
    for (const pin of PINS) {
      const model = listed.find(({ id }) => id === pin.id);
      assert.equal(model?.sha256, pin.weights.sha256);
      assert.equal(model?.installed, false);
      assert.equal(model?.license, pin.license);
      assert.equal(model?.dimensions, pin.dimensions);
    }
    const { stdout } = await askEidetic(['models'], { environment });
    assert.match(
      stdout.toString(),
      /384 dimensions, patch 8, about 86\.9 MB, Apache-2\.0, ImageNet k-NN 78\.3 %/,
    );
  });

  it('fails within seconds without a network, and says how to do it by hand', async () => {
    for (const name of ['dino-vits16', 'dino-vits16-int8']) {
      const startedAt = performance.now();
      const { exitCode, stderr } = await askEidetic(['models', 'pull', name], { environment });
      assert.equal(exitCode, 5);
      assert.ok(performance.now() - startedAt < 10_000);
      assert.match(
        stderr,
        /download {2}http:\/\/127\.0\.0\.1:9\/Xenova\/dino-vits16\/resolve\/main\/onnx\/model\w*\.onnx/,
      );
      assert.ok(stderr.includes(join(models, name)));
      assert.match(stderr, /checked {3}size about [\d.]+ MB, SHA-256 /);
    }
  });

  it('refuses a file that was placed by hand and is not the published one', async () => {
    mkdirSync(join(models, 'dinov2-small'), { recursive: true });
    writeFileSync(join(models, 'dinov2-small', 'model.onnx'), tinyVit({ patchSize: 14, side: 224 }).onnx);
    const { exitCode, stdout, stderr } = await askEidetic(['models', 'verify'], { environment });
    assert.equal(exitCode, 5);
    assert.match(
      stdout.toString(),
      /dinov2-small: .*\n.*\n.*is not the right file \(found \d+ bytes, expected 88532934\)/,
    );
    assert.match(stderr, /1 of 2 cannot be used: dinov2-small/);
    const removed = await askEidetic(['models', 'remove', 'dinov2-small'], { environment });
    assert.equal(removed.exitCode, 0, removed.stderr);
  });

  it('adds, uses and removes a model of one’s own', async () => {
    const onnx = join(folder, 'tiny.onnx');
    writeFileSync(onnx, tinyVit({ side: 224 }).onnx);
    const { stdout } = await askEidetic(['models', 'add', onnx], { environment });
    assert.match(stdout.toString(), /Added as tiny in /);
    await drawPictureFolder(join(folder, 'few'), 4);
    const library = join(folder, 'tiny-library');
    const args = ['--library', library, '--model', 'tiny', 'index', join(folder, 'few'), '--json'];
    const summary = await askEideticJson<{ embedded: number }>(args, 0, { environment });
    assert.equal(summary.embedded, 4);
    assert.equal((await askEidetic(['models', 'remove', 'tiny'], { environment })).exitCode, 0);
    const orphan = await askEidetic(['--library', library, 'stats'], { environment });
    assert.equal(orphan.exitCode, 0, orphan.stderr);
    assert.match(orphan.stdout.toString(), /indexed with tiny .*which is not installed, .*eidetic reindex/);
    assert.equal((await askEidetic(['--library', library, 'index'], { environment })).exitCode, 5);
  });
});

describe('a library’s recipe', () => {
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  const library = ['--library', join(folder, 'library')];

  before(() => drawPictureFolder(pictures, 6));

  it('is chosen at the first run, kept by the later ones, and never mixed with another', async () => {
    await askEideticJson([...library, 'index', pictures, '--recipe', 'center-crop', '--json']);
    const again = await askEideticJson<{ unchanged: number }>([...library, 'index', '--json']);
    assert.equal(again.unchanged, 6);
    const found = await askEidetic([...library, 'search', join(pictures, 'part-0', '0000.jpg'), '--json']);
    assert.equal(found.exitCode, 0, found.stderr);
    const mixed = await askEidetic([...library, 'index', '--recipe', 'squash']);
    assert.equal(mixed.exitCode, 5);
    assert.match(mixed.stderr, /cannot be compared/);
  });

  it('is squash unless something else is said', async () => {
    const plain = ['--library', join(folder, 'plain')];
    await askEideticJson([...plain, 'index', pictures, '--json']);
    assert.equal((await askEidetic([...plain, 'index', '--recipe', 'center-crop'])).exitCode, 5);
    assert.equal((await askEidetic([...plain, 'index', '--recipe', 'stretch'])).exitCode, 2);
  });
});

describe('a device', () => {
  it('that is not there fails the run with what it would need', async () => {
    const folder = temporaryFolder();
    await drawPictureFolder(join(folder, 'pictures'), 1);
    const device = process.platform === 'win32' ? 'coreml' : 'dml';
    const args = [
      '--library',
      join(folder, 'library'),
      'index',
      join(folder, 'pictures'),
      '--device',
      device,
    ];
    const { exitCode, stderr } = await askEidetic(args);
    assert.equal(exitCode, 5);
    assert.match(stderr, /ONNX Runtime cannot use .* Use --device cpu instead/);
  });
});
