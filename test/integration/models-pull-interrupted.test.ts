import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { pullModel } from '../../src/models/pull-model.ts';
import { type Behaviour, honest, serveModels, stallAfter } from '../support/model-server.ts';
import { runScript } from '../support/run-script.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { pinnedFile, pullOptions, testPin } from '../support/test-pin.ts';
import { tinyVit } from '../support/tiny-vit.ts';

const WEIGHTS = tinyVit({ dimensions: 768, heads: 12, patchSize: 32, side: 224 }).onnx;
const PIN = testPin(pinnedFile('onnx/model.onnx', WEIGHTS), { patchSize: 32, dimensions: 768, heads: 12 });

/** A module's text that pulls, and writes a line for each piece that comes. */
function pullScript(modelsFolder: string, base: string): string {
  const from = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  return `
    import { pullModel } from ${from('../../src/models/pull-model.js')};
    import { pullOptions } from ${from('../support/test-pin.js')};
    const timing = { answerTimeoutMs: 2000, stallMs: 20000, retryMs: 5, longestWaitMs: 1000 };
    const onProgress = (file, done) => process.stdout.write(done + '\\n');
    const options = pullOptions(${JSON.stringify(modelsFolder)}, '${base}', { timing, onProgress });
    await pullModel(${JSON.stringify(PIN)}, options).then(
      () => process.stdout.write('installed'),
      (error) => process.stdout.write(error.message),
    );`;
}

it('a killed download goes on where it was', async (t) => {
  const server = await serveModels(t, { 'model.onnx': WEIGHTS }, stallAfter(120_000), honest);
  const modelsFolder = await makeTemporaryFolder(t);
  const { signal } = await runScript(pullScript(modelsFolder, server.base), { killAfterMs: 300 });
  assert.equal(signal, 'SIGKILL');
  const folder = join(modelsFolder, PIN.id);
  assert.deepEqual((await readdir(folder)).map((name) => name.replace(/\d+-\w+/, '')).sort(), [
    'model.onnx..part',
    'model.onnx..part.json',
  ]);
  await pullModel(PIN, pullOptions(modelsFolder, server.base));
  assert.equal(server.requests[1]?.headers.range, 'bytes=120000-');
  assert.deepEqual((await readdir(folder)).sort(), ['model.json', 'model.onnx']);
  assert.deepEqual(await readFile(join(folder, 'model.onnx')), Buffer.from(WEIGHTS));
});

it('two processes that pull at once both end with the right file', async (t) => {
  const slowly: Behaviour = (request, response, content) => {
    setTimeout(() => honest(request, response, content), 100);
  };
  const server = await serveModels(t, { 'model.onnx': WEIGHTS }, slowly);
  const modelsFolder = await makeTemporaryFolder(t);
  const pulls = [1, 2].map(() => runScript(pullScript(modelsFolder, server.base)));
  for (const { stdout } of await Promise.all(pulls)) {
    assert.match(stdout, /installed$/);
  }
  assert.deepEqual((await readdir(join(modelsFolder, PIN.id))).sort(), ['model.json', 'model.onnx']);
});

it('a full disk is said, and what has come goes on when there is room', async (t) => {
  const server = await serveModels(t, { 'model.onnx': WEIGHTS });
  const modelsFolder = await makeTemporaryFolder(t);
  const { stdout } = await runScript(pullScript(modelsFolder, server.base), { maxFileBlocks: 64 });
  assert.match(stdout, /the disk is full after \d+ bytes in .*; make room, what has come is kept/);
  await pullModel(PIN, pullOptions(modelsFolder, server.base));
  assert.match(server.requests[1]?.headers.range ?? '', /^bytes=[1-9]\d*-$/);
});
