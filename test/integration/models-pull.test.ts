import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { EideticError } from '../../src/domain/errors.ts';
import type { ModelPin } from '../../src/models/pin.ts';
import { pullModel } from '../../src/models/pull-model.ts';
import type { PullOptions } from '../../src/models/pull-options.ts';
import {
  answerStatus,
  type Behaviour,
  breakAfter,
  honest,
  serveModels,
  stallAfter,
  withoutRanges,
  wrongByte,
} from '../support/model-server.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { pinnedFile, pullOptions, testPin } from '../support/test-pin.ts';
import { tinyVit } from '../support/tiny-vit.ts';

const WEIGHTS = tinyVit().onnx;
const PIN = testPin(pinnedFile('onnx/model.onnx', WEIGHTS));

async function pullFrom(t: TestContext, behaviours: Behaviour[], changes: Partial<PullOptions> = {}) {
  const server = await serveModels(t, { 'onnx/model.onnx': WEIGHTS }, ...behaviours);
  const modelsFolder = await makeTemporaryFolder(t);
  const options = pullOptions(modelsFolder, server.base, changes);
  const pull = (pin: ModelPin = PIN) => pullModel(pin, options);
  return { server, options, pull, folder: join(modelsFolder, PIN.id) };
}

/** Everything in a folder that a program could take for a model or a piece of one. */
async function contents(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).sort();
}

async function rejection(promise: Promise<unknown>): Promise<EideticError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof EideticError, `expected an EideticError, found ${error}`);
  assert.equal(error.code, 'MODEL_UNAVAILABLE');
  return error;
}

describe('pulling a model', () => {
  it('downloads it from its commit, and has nothing to do the second time', async (t) => {
    const { server, pull, folder } = await pullFrom(t, [honest]);
    const { model, downloaded } = await pull();
    assert.deepEqual(downloaded, ['model.onnx']);
    assert.deepEqual(await readFile(join(folder, 'model.onnx')), Buffer.from(WEIGHTS));
    assert.equal(model.manifest.sha256, PIN.weights.sha256);
    assert.deepEqual(await contents(folder), ['model.json', 'model.onnx']);
    assert.equal(server.requests[0]?.path, `/test/tiny/resolve/${PIN.commit}/onnx/model.onnx`);
    assert.deepEqual((await pull()).downloaded, []);
    assert.equal(server.requests.length, 1);
  });

  it('goes on where a broken connection left off', async (t) => {
    const { server, pull } = await pullFrom(t, [breakAfter(20_000), breakAfter(10_000), honest]);
    await pull();
    const ranges = server.requests.map(({ headers }) => headers.range);
    assert.equal(ranges[0], undefined);
    assert.match(ranges[1] ?? '', /^bytes=[1-9]\d*-$/);
    assert.equal(ranges.length, 3);
    assert.match(String(server.requests[1]?.headers['if-range']), /^"[0-9a-f]{64}"$/);
  });

  it('gives up when nothing more comes, keeps what came, and resumes it in the next pull', async (t) => {
    const { server, pull, folder } = await pullFrom(t, [
      breakAfter(30_000),
      ...Array(4).fill(breakAfter(0)),
      honest,
    ]);
    const { message } = await rejection(pull());
    assert.match(message, /connection broke at \d+ bytes .*after 5 tries/);
    assert.ok((await contents(folder)).every((name) => name.includes('.part')));
    await pull();
    assert.match(server.requests.at(-1)?.headers.range ?? '', /^bytes=[1-9]\d*-$/);
    assert.deepEqual(await contents(folder), ['model.json', 'model.onnx']);
  });

  it('never makes a model of wrong bytes', async (t) => {
    const { pull, folder } = await pullFrom(t, [wrongByte]);
    const { message } = await rejection(pull());
    assert.match(message, /127\.0\.0\.1:\d+ sent the wrong bytes: found SHA-256 [0-9a-f]{64} .*, expected /);
    assert.ok(message.includes(PIN.weights.sha256 ?? ''));
    assert.deepEqual(await contents(folder), []);
  });

  it('begins anew when what it resumed was not a part of the file', async (t) => {
    const { pull, options, folder } = await pullFrom(t, [
      (request, response) => breakAfter(30_000)(request, response, new Uint8Array(WEIGHTS.length)),
      withRangesOfAnything,
      honest,
    ]);
    await pull();
    assert.deepEqual(await readFile(join(folder, 'model.onnx')), Buffer.from(WEIGHTS));
    assert.ok(options.said.some((line) => line.includes('connection broke')));
  });

  it('refuses a file of another size before it comes', async (t) => {
    const { pull, folder } = await pullFrom(t, [
      (request, response) => honest(request, response, WEIGHTS.subarray(0, 1_000)),
    ]);
    const { message } = await rejection(pull());
    assert.match(
      message,
      new RegExp(`offers a file of 1000 bytes, expected ${WEIGHTS.length}: it is another file`),
    );
    assert.deepEqual(await contents(folder), []);
  });

  it('stops a body that is longer than the file can be', async (t) => {
    const endless: Behaviour = (_request, response) => {
      response.writeHead(200);
      response.write(WEIGHTS);
      response.write(WEIGHTS);
    };
    const { pull } = await pullFrom(t, [endless]);
    assert.match((await rejection(pull())).message, /more than \d+ bytes came: it is another file/);
  });

  it('takes a server that knows no ranges', async (t) => {
    const { pull, folder } = await pullFrom(t, [breakAfter(20_000), withoutRanges]);
    await pull();
    assert.deepEqual(await readFile(join(folder, 'model.onnx')), Buffer.from(WEIGHTS));
  });

  it('begins anew when the server has no such range', async (t) => {
    const { pull, folder } = await pullFrom(t, [breakAfter(20_000), answerStatus(416), honest]);
    await pull();
    assert.deepEqual(await contents(folder), ['model.json', 'model.onnx']);
  });

  it('breaks off a connection that stalls, and resumes', async (t) => {
    const { server, options, pull } = await pullFrom(t, [stallAfter(20_000), honest]);
    await pull();
    assert.equal(server.requests.length, 2);
    assert.ok(options.said.some((line) => line.includes('nothing came for 0.2 s')));
  });

  it('waits as long as a busy server asks', async (t) => {
    const { server, pull } = await pullFrom(t, [
      answerStatus(429, { 'retry-after': '1' }),
      answerStatus(503),
      honest,
    ]);
    const startedAt = performance.now();
    await pull();
    assert.ok(performance.now() - startedAt >= 1_000);
    assert.equal(server.requests.length, 3);
  });

  it('does not wait an hour, and says so', async (t) => {
    const { server, pull } = await pullFrom(t, [answerStatus(429, { 'retry-after': '3600' })]);
    assert.match((await rejection(pull())).message, /answered 429 and asks to wait 3600 s; try again then/);
    assert.equal(server.requests.length, 1);
  });

  it('tells a missing file from one that is not allowed', async (t) => {
    const { pull } = await pullFrom(t, [answerStatus(404), answerStatus(401)]);
    assert.match((await rejection(pull())).message, /answered 404 \(not there\)/);
    assert.match((await rejection(pull())).message, /answered 401 .*HF_TOKEN/);
  });

  it('says what to download, where to put it and how it is checked, and takes what is put there', async (t) => {
    const { server, pull, folder } = await pullFrom(t, [answerStatus(404)]);
    const { message } = await rejection(pull());
    assert.ok(message.includes(`${server.base}/test/tiny/resolve/${PIN.commit}/onnx/model.onnx`));
    assert.ok(message.includes(join(folder, 'model.onnx')));
    assert.ok(message.includes(`size ${WEIGHTS.length} bytes, SHA-256 ${PIN.weights.sha256}`));
    await writeFile(join(folder, 'model.onnx'), WEIGHTS.subarray(1));
    assert.match(
      (await rejection(pull())).message,
      /is not the right file \(found \d+ bytes, expected \d+\); delete it/,
    );
    assert.deepEqual(await contents(folder), ['model.onnx']);
    await writeFile(join(folder, 'model.onnx'), WEIGHTS);
    assert.deepEqual((await pull()).downloaded, []);
    assert.equal(server.requests.length, 1);
  });

  it('uses no network when it is told to be offline', async (t) => {
    const { server, pull } = await pullFrom(t, [honest], { isOffline: true });
    assert.match((await rejection(pull())).message, /offline mode forbids to download it/);
    assert.equal(server.requests.length, 0);
  });

  it('stops at once when it is interrupted, and keeps what came', async (t) => {
    const controller = new AbortController();
    const { pull, folder } = await pullFrom(t, [stallAfter(20_000)], {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await assert.rejects(pull(), { name: 'AbortError' });
    assert.ok((await contents(folder)).some((name) => name.endsWith('.part')));
  });

  it('lets two pulls of one model run side by side', async (t) => {
    const { pull, folder } = await pullFrom(t, [honest]);
    await Promise.all([pull(), pull(), pull()]);
    assert.deepEqual(await readFile(join(folder, 'model.onnx')), Buffer.from(WEIGHTS));
    assert.deepEqual(await contents(folder), ['model.json', 'model.onnx']);
  });
});

/** Answers a range of the right file and claims that it goes with whatever the client has. */
const withRangesOfAnything: Behaviour = (request, response, content) => {
  delete request.headers['if-range'];
  honest(request, response, content);
};
