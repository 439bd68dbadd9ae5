/*
 * What src/vector-index relies on in hnswlib-node, and what it works around. When one of these fails after an
 * update, the library has changed: read hnsw-graph.ts again.
 */
import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import hnswlib from 'hnswlib-node';
import { runScript } from '../support/run-script.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const LIBRARY = JSON.stringify(createRequire(import.meta.url).resolve('hnswlib-node'));

function makeNative(points: number): hnswlib.HierarchicalNSW {
  const native = new hnswlib.HierarchicalNSW('l2', 2);
  native.initIndex(points);
  for (let point = 0; point < points; point++) native.addPoint([point, 1], point);
  return native;
}

test('ef is 10 after a load, and k above it widens the search by itself', async () => {
  const path = join(temporaryFolder(), 'graph');
  const native = makeNative(500);
  native.setEf(77);
  await native.writeIndex(path);
  const loaded = new hnswlib.HierarchicalNSW('l2', 2);
  await loaded.readIndex(path);
  assert.equal(loaded.getEf(), 10);
  assert.equal(loaded.searchKnn([3, 1], 200).neighbors.length, 200);
});

test('typed arrays, k above the capacity and points above the capacity are refused', () => {
  const native = makeNative(4);
  assert.throws(
    () => native.searchKnn(new Float32Array([1, 1]) as unknown as number[], 1),
    /must be an Array/,
  );
  assert.throws(() => native.searchKnn([1, 1], 5), /maxElements/);
  assert.throws(() => native.addPoint([9, 9], 9), /exceeds the specified limit/);
  native.resizeIndex(5);
  native.addPoint([9, 9], 9);
  assert.equal(native.getCurrentCount(), 5);
});

test('a file of another dimension is loaded without complaint', async () => {
  const path = join(temporaryFolder(), 'graph');
  await makeNative(4).writeIndex(path);
  const loaded = new hnswlib.HierarchicalNSW('l2', 3);
  await loaded.readIndex(path);
  assert.equal(loaded.getCurrentCount(), 4);
});

test('a new object survives a failed load, an object in use does not', async () => {
  const folder = JSON.stringify(temporaryFolder());
  const script = (prepare: string) => `
    import { createRequire } from 'node:module';
    import { writeFileSync } from 'node:fs';
    const { HierarchicalNSW } = createRequire(${LIBRARY})(${LIBRARY});
    const path = ${folder} + '/damaged';
    writeFileSync(path, Buffer.alloc(200, 7));
    const native = new HierarchicalNSW('l2', 2);
    ${prepare}
    await native.readIndex(path).catch(() => undefined);
    for (let i = 0; i < 1000; i++) native.getCurrentCount();
    try { native.initIndex(5000); } catch {}
    for (let i = 0; i < 5000; i++) native.addPoint([i, 1], i);
    native.searchKnn([1, 1], 10);`;
  assert.equal((await runScript(script(''))).exitCode, 0);
  const used = await runScript(script('native.initIndex(10); native.addPoint([1, 1], 1);'));
  assert.notEqual(used.exitCode, 0);
});

test('a write that a full disk cut short is reported as done', async () => {
  const path = join(temporaryFolder(), 'graph');
  const { stdout } = await runScript(
    `import { createRequire } from 'node:module';
    const { HierarchicalNSW } = createRequire(${LIBRARY})(${LIBRARY});
    const native = new HierarchicalNSW('l2', 64);
    native.initIndex(200);
    for (let i = 0; i < 200; i++) native.addPoint(Array.from({ length: 64 }, (_, j) => i + j), i);
    process.stdout.write(String(await native.writeIndex(${JSON.stringify(path)})));`,
    { maxFileBlocks: 20 },
  );
  assert.equal(stdout, 'true');
  assert.equal((await stat(path)).size, 20 * 1024);
});

test('the library works in worker threads beside the main thread', async () => {
  const native = makeNative(10);
  const source = `
    const { parentPort } = require('node:worker_threads');
    const native = new (require(${LIBRARY}).HierarchicalNSW)('l2', 2);
    native.initIndex(10);
    for (let i = 0; i < 10; i++) native.addPoint([i, 1], i);
    parentPort.postMessage(native.searchKnn([4, 1], 1).neighbors);`;
  const answers = await Promise.all(
    [1, 2].map(
      () =>
        new Promise((resolve, reject) => {
          new Worker(source, { eval: true }).once('message', resolve).once('error', reject);
        }),
    ),
  );
  assert.deepEqual(answers, [[4], [4]]);
  assert.deepEqual(native.searchKnn([7, 1], 1).neighbors, [7]);
});
