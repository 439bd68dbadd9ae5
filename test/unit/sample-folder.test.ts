import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { drawSample } from '../../src/sample/draw-sample.ts';
import { findSample } from '../../src/sample/existing-sample.ts';
import { replaceFolder } from '../../src/sample/replace-folder.ts';
import { tellTruth } from '../../src/sample/sample-truth.ts';

const home = await mkdtemp(join(tmpdir(), 'eidetic-sample-folder-'));
let folder = '';
let count = 0;

beforeEach(async () => {
  folder = join(home, String(++count), 'sample');
  await mkdir(join(folder, 'pictures'), { recursive: true });
});
after(() => rm(home, { recursive: true }));

async function writeSample(): Promise<void> {
  const truth = tellTruth(1, ['a.jpg', 'b.jpg'], []);
  await writeFile(join(folder, 'truth.json'), JSON.stringify(truth));
  await writeFile(join(folder, 'pictures', 'a.jpg'), 'a');
  await writeFile(join(folder, 'pictures', 'b.jpg'), 'b');
}

test('a missing and an empty folder hold no sample and nothing strange', async () => {
  assert.deepEqual(await findSample(folder), { whole: null, stranger: null });
  assert.deepEqual(await findSample(join(folder, 'nowhere')), { whole: null, stranger: null });
});

test('a sample is whole until a picture is gone or empty', async () => {
  await writeSample();
  assert.equal((await findSample(folder)).whole?.pictures.length, 2);
  await writeFile(join(folder, 'pictures', 'b.jpg'), '');
  assert.deepEqual(await findSample(folder), { whole: null, stranger: null });
  await rm(join(folder, 'pictures', 'b.jpg'));
  assert.deepEqual(await findSample(folder), { whole: null, stranger: null });
});

test('a whole sample is taken as it is, without drawing', async () => {
  await writeSample();
  await writeFile(join(folder, '.DS_Store'), 'left by a file manager');
  const truth = await drawSample(folder, { onProgress: () => assert.fail('drew') });
  assert.deepEqual(truth.pictures, ['a.jpg', 'b.jpg']);
});

test('a folder with a file of somebody else is refused and left alone', async () => {
  await writeFile(join(folder, 'pictures', 'mine.jpg'), 'precious');
  await assert.rejects(drawSample(folder), { code: 'INVALID_INPUT', message: /pictures\/mine\.jpg/ });
  await writeSample();
  await assert.rejects(drawSample(folder, { seed: 2 }), { code: 'INVALID_INPUT', message: /mine\.jpg/ });
  assert.equal(await readFile(join(folder, 'pictures', 'mine.jpg'), 'utf8'), 'precious');
});

test('a damaged truth makes everything beside it strange', async () => {
  await writeSample();
  await writeFile(join(folder, 'truth.json'), '{"version": 1, "pict');
  assert.equal((await findSample(folder)).whole, null);
  assert.notEqual((await findSample(folder)).stranger, null);
});

test('a file in place of the folder and a seed that is no whole number are refused', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  await assert.rejects(drawSample(file), { code: 'INVALID_INPUT' });
  for (const seed of [-1, 0.5, Number.NaN]) {
    await assert.rejects(drawSample(folder, { seed }), { code: 'INVALID_INPUT', message: /seed/ });
  }
});

test('a folder is replaced as a whole', async () => {
  await writeFile(join(folder, 'old'), '');
  await replaceFolder(folder, (unfinished) => writeFile(join(unfinished, 'new'), ''));
  assert.deepEqual(await readdir(folder), ['new']);
  assert.deepEqual(await readdir(join(folder, '..')), ['sample']);
});

test('when filling fails the old folder stays and nothing is left beside it', async () => {
  await writeFile(join(folder, 'old'), '');
  const failing = replaceFolder(folder, async (unfinished) => {
    await writeFile(join(unfinished, 'new'), '');
    throw new Error('pen broke');
  });
  await assert.rejects(failing, /pen broke/);
  assert.deepEqual(await readdir(join(folder, '..')), ['sample']);
  assert.deepEqual((await readdir(folder)).sort(), ['old', 'pictures']);
});

test('what a killed run left is swept away, what a running one makes is not', async () => {
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  await mkdir(join(folder, '..', `.sample.drawing-${dead}-0a`));
  await mkdir(join(folder, '..', `.sample.drawing-${process.pid}-0b`));
  await replaceFolder(folder, async () => {});
  assert.deepEqual(await readdir(join(folder, '..')), [`.sample.drawing-${process.pid}-0b`, 'sample']);
});
