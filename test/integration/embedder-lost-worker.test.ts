import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Worker } from 'node:worker_threads';
import { EideticError } from '../../src/domain/errors.ts';
import { DEFAULT_PICTURE_LIMITS } from '../../src/domain/picture-limits.ts';
import { startOnnxEmbedder } from '../../src/embedding/onnx-embedder.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { installTinyModel } from '../support/tiny-model.ts';

async function numbered(n: number): Promise<Uint8Array> {
  return new Uint8Array(await drawNumbered(n).png().toBuffer());
}

/** A picture that takes long enough to be stopped in the middle. */
async function large(): Promise<Uint8Array> {
  return new Uint8Array(await drawNumbered(1, 4_000).png({ compressionLevel: 1 }).toBuffer());
}

describe('embedder whose worker ends', () => {
  const model = installTinyModel(temporaryFolder(), { dimensions: 48 });
  const start = () => startOnnxEmbedder([model], DEFAULT_PICTURE_LIMITS);
  let started: Worker[] = [];
  let onStart: (worker: Worker) => void = () => {};
  const listen = (worker: Worker) => {
    started.push(worker);
    onStart(worker);
  };
  before(() => process.on('worker', listen));
  after(() => process.off('worker', listen));

  it('refuses the pictures that it held as passing, and describes the next with another', async () => {
    started = [];
    const embedder = start();
    const before = await embedder.describe(await numbered(1));
    assert.equal(started.length, 1);
    const held = embedder.describe(await large());
    const ended = started[0]?.terminate();
    const error = await held.then(
      () => assert.fail('the picture should have been lost'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof EideticError);
    assert.equal(error.code, 'IMAGE_UNREADABLE');
    assert.equal(error.details['isPassing'], true);
    assert.match(error.message, /The thread that described this picture ended \(exit code 1\)/);
    await ended;
    assert.deepEqual(await embedder.describe(await numbered(1)), before);
    assert.equal(started.length, 2);
    await embedder.close();
  });

  it('loses no picture that was waiting, and closes when all are answered', async () => {
    started = [];
    const embedder = start();
    await embedder.describe(await numbered(1));
    const count = embedder.parallelism + 5;
    const pictures = await Promise.all(Array.from({ length: count }, (_, n) => numbered(n)));
    const asked = Promise.allSettled([
      embedder.describe(await large()),
      ...pictures.map((picture) => embedder.describe(picture)),
    ]);
    void started[0]?.terminate();
    const closed = embedder.close();
    const outcomes = await asked;
    await closed;
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    assert.ok(refused.length >= 1 && refused.length <= 3, `${refused.length} were refused`);
    for (const outcome of refused) {
      assert.equal((outcome as PromiseRejectedResult).reason.details.isPassing, true);
    }
  });

  it('refuses the pictures of one whose answer cannot be read, instead of waiting for it', async () => {
    started = [];
    const embedder = start();
    const before = await embedder.describe(await numbered(1));
    const held = embedder.describe(await large());
    const [worker] = started;
    const ended = new Promise((resolve) => worker?.once('exit', resolve));
    worker?.emit('messageerror', new Error('an answer that is none'));
    await assert.rejects(held, (error: EideticError) => {
      assert.deepEqual([error.code, error.details['isPassing']], ['IMAGE_UNREADABLE', true]);
      return /an answer that is none/.test(error.message);
    });
    await ended;
    assert.deepEqual(await embedder.describe(await numbered(1)), before);
    await embedder.close();
  });

  it('calls the model unavailable when it ends before the model was loaded, and does not start again and again', async () => {
    started = [];
    onStart = (worker) => void worker.terminate();
    const embedder = start();
    const count = embedder.parallelism * 3;
    const pictures = await Promise.all(Array.from({ length: count }, (_, n) => numbered(n)));
    const outcomes = await Promise.allSettled(pictures.map((picture) => embedder.describe(picture)));
    for (const outcome of outcomes) {
      assert.equal(outcome.status, 'rejected');
      assert.equal(outcome.reason.code, 'MODEL_UNAVAILABLE');
      assert.match(outcome.reason.message, /loads tiny-48 ended before it was ready \(exit code \d\)/);
    }
    assert.ok(started.length <= embedder.parallelism / 3, `${started.length} workers were started`);
    onStart = () => {};
    await embedder.describe(await numbered(1));
    await embedder.close();
  });
});
