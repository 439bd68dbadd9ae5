import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { EideticError } from '../../src/domain/errors.ts';
import { type FileFailure, readablePath } from '../../src/domain/failure.ts';
import { DEFAULT_PICTURE_LIMITS } from '../../src/domain/picture-limits.ts';
import { collect } from '../support/collect.ts';
import { forgetStamps, type IndexRun, indexRun } from '../support/index-run.ts';
import { seededPicture } from '../support/seeded-picture.ts';

function failuresOf(run: IndexRun): Promise<FileFailure[]> {
  return collect(run.catalog.files.failures());
}

describe('a file that fails', () => {
  it('keeps the picture that it held, until it holds another', async () => {
    const run = await indexRun({ 'a.jpg': 'one', 'b.jpg': 'two' });
    await run.index();
    run.write({ 'root/a.jpg': 'bad now' });
    const summary = await run.index();
    assert.deepEqual([summary.failed, summary.unchanged, summary.found], [1, 1, 2]);
    assert.equal((await run.catalog.pictures.counts()).pictures, 2);
    assert.notEqual((await run.known('root/a.jpg'))?.failure, null);
    run.write({ 'root/a.jpg': 'one' });
    const mended = await run.index();
    assert.deepEqual([mended.indexed, mended.embedded, await run.failures()], [1, 0, []]);
  });

  it('is tried again when it or the conditions have changed, and only then', async () => {
    const run = await indexRun({ 'a.jpg': 'bad' });
    const numbers = async (request: Parameters<IndexRun['index']>[0] = {}) => {
      const { failed, stillFailed, found } = await run.index(request);
      return [failed, stillFailed, found];
    };
    assert.deepEqual(await numbers(), [1, 0, 1]);
    assert.deepEqual(await numbers(), [0, 1, 1]);
    run.write({ 'root/a.jpg': 'bad again' });
    assert.deepEqual(await numbers(), [1, 0, 1]);
    const limits = { ...DEFAULT_PICTURE_LIMITS, maxPixels: 7 };
    assert.deepEqual(await numbers({ limits }), [1, 0, 1]);
    assert.deepEqual(await numbers({ limits }), [0, 1, 1]);
    run.parts.embedder.decoders = 'decoders 2';
    assert.deepEqual(await numbers({ limits }), [1, 0, 1]);
    assert.deepEqual(await numbers({ limits, rules: { includeHidden: true } }), [1, 0, 1]);
    assert.deepEqual(await numbers({ limits }), [0, 1, 1]);
    assert.deepEqual(await numbers({ limits, force: true }), [1, 0, 1]);
    // By its name alone it is read under the same rules.
    assert.deepEqual(await numbers({ limits, listed: [join(run.root, 'a.jpg')] }), [0, 1, 1]);
  });

  it('is tried again in every run when memory or time ran out', async () => {
    const run = await indexRun({ 'a.jpg': 'large' });
    const details = { isPassing: true };
    run.parts.embedder.errors.set('large', new EideticError('IMAGE_UNREADABLE', 'Too slow.', { details }));
    assert.deepEqual([(await run.index()).failed, (await run.index()).failed], [1, 1]);
    assert.equal((await failuresOf(run))[0]?.retry, 'next-run');
    run.parts.embedder.errors.clear();
    assert.equal((await run.index()).indexed, 1);
  });

  it('is alone with an error that nobody expected, which is logged and tried again', async () => {
    const run = await indexRun({ 'a.jpg': 'one', 'b.jpg': 'two', 'c.jpg': 'three' });
    run.parts.embedder.errors.set('two', new TypeError('x is not a function'));
    const summary = await run.index();
    assert.deepEqual([summary.failed, summary.indexed], [1, 2]);
    const [failure] = await failuresOf(run);
    assert.deepEqual([failure?.code, failure?.retry], ['IMAGE_UNREADABLE', 'next-run']);
    assert.match(failure?.message ?? '', /unexpected error.*x is not a function.*bug/);
    assert.deepEqual(
      run.logger.lines.filter((line) => line.startsWith('error')),
      ['error: an unexpected error while a file was indexed'],
    );
    run.parts.embedder.errors.clear();
    assert.deepEqual([(await run.index()).indexed, await run.failures()], [1, []]);
  });

  it('is alone with what the catalog cannot take of it', async () => {
    const run = await indexRun({ 'a.jpg': 'one', 'b.jpg': 'two', 'c.jpg': 'bad', 'd.jpg': 'three' });
    const { files } = run.parts;
    const commit: typeof files.commit = async (batch) => {
      if (batch.files.some(({ stamp }) => stamp.path.endsWith('b.jpg'))) {
        throw new TypeError('no such type of value');
      }
      return files.commit(batch);
    };
    const summary = await run.index({}, { files: { ...files, commit } });
    assert.deepEqual([summary.failed, summary.indexed], [2, 2]);
    assert.deepEqual(await run.files(), ['root/a.jpg', 'root/d.jpg']);
    assert.deepEqual(await run.failures(), ['root/b.jpg', 'root/c.jpg']);
    assert.match((await failuresOf(run))[0]?.message ?? '', /no such type of value.*bug/);
    assert.deepEqual([(await run.index()).indexed, await run.failures()], [1, ['root/c.jpg']]);
  });

  it('stops the run when the fault is not its own, and what was finished is kept', async () => {
    const run = await indexRun({ 'a.jpg': 'one', 'b.jpg': 'two' });
    await run.index();
    run.write({ 'root/c.jpg': 'three' });
    run.parts.embedder.errors.set('three', new EideticError('MODEL_UNAVAILABLE', 'Gone.'));
    rmSync(join(run.root, 'a.jpg'));
    await assert.rejects(run.index(), { code: 'MODEL_UNAVAILABLE' });
    assert.deepEqual(await run.files(), ['root/a.jpg', 'root/b.jpg']);
  });

  it('is forgotten when it is gone, and when there is a folder in its place', async () => {
    const run = await indexRun({ 'a.jpg': 'bad', 'b.jpg': 'bad too', 'c.jpg': 'one' });
    await run.index();
    rmSync(join(run.root, 'a.jpg'));
    rmSync(join(run.root, 'b.jpg'));
    run.write({ 'root/b.jpg/d.jpg': 'two' });
    await run.index();
    assert.deepEqual(await run.failures(), []);
  });
});

describe('a file whose bytes changed though nothing wrote to it', () => {
  /** A file of other bytes than the catalog says, with the size and times that it knows: no program can do that. */
  async function rotten() {
    const run = await indexRun({ 'a.jpg': 'eno', 'b.jpg': 'two' });
    await run.index();
    const stamp = (await run.known('root/a.jpg'))?.indexed?.stamp;
    assert.ok(stamp);
    const contentHash = createHash('sha256').update('one').digest('hex');
    await run.catalog.files.commit({
      files: [{ stamp, contentHash, described: seededPicture('one') }],
      failures: [],
      removed: [],
    });
    const picture = (await run.known('root/a.jpg'))?.indexed?.pictureId;
    return { run, picture };
  }

  it('is a failure beside the picture that it held, told apart from others, and not adopted', async () => {
    const { run, picture } = await rotten();
    assert.equal((await run.index()).unchanged, 2, 'nobody looks at the bytes of what looks unchanged');
    const summary = await run.index({ force: true });
    assert.deepEqual([summary.rotten, summary.failed, summary.indexed], [1, 1, 1]);
    const [failure] = await failuresOf(run);
    assert.deepEqual([failure?.code, failure?.retry], ['FILE_ROTTEN', 'next-run']);
    assert.match(failure?.message ?? '', /nothing wrote to the file.*backup/);
    assert.equal((await run.known('root/a.jpg'))?.indexed?.pictureId, picture);
    assert.equal((await run.catalog.pictures.counts()).pictures, 2);
    assert.equal((await run.index()).rotten, 1, 'it is looked at again in every run');
  });

  it('is mended by a backup', async () => {
    const { run, picture } = await rotten();
    await run.index({ force: true });
    rmSync(join(run.root, 'a.jpg'));
    run.write({ 'root/a.jpg': 'one' });
    const summary = await run.index();
    assert.deepEqual([summary.indexed, summary.embedded, await run.failures()], [1, 0, []]);
    assert.equal((await run.known('root/a.jpg'))?.indexed?.pictureId, picture);
  });

  it('is a changed file when nobody knows when it was written to', async () => {
    const run = await indexRun({ 'a.jpg': 'one' });
    await run.index();
    const file = join(run.root, 'a.jpg');
    const { mtime } = statSync(file);
    writeFileSync(file, 'two');
    utimesSync(file, mtime, mtime);
    forgetStamps(run);
    const summary = await run.index({ force: true });
    assert.deepEqual([summary.rotten, summary.indexed, summary.embedded], [0, 1, 1]);
  });

  it('is a changed file when its times say so', async () => {
    const run = await indexRun({ 'a.jpg': 'one' });
    await run.index();
    writeFileSync(join(run.root, 'a.jpg'), 'two');
    const summary = await run.index();
    assert.deepEqual([summary.rotten, summary.indexed, summary.embedded], [0, 1, 1]);
  });
});

describe('names that are not UTF-8', { skip: process.platform !== 'linux' && 'only Linux has them' }, () => {
  const bytesOf = (root: string, ...name: number[]) =>
    Buffer.concat([Buffer.from(`${root}/`), Buffer.from(name), Buffer.from('.jpg')]);

  it('are failures of their own, however much they look the same, as long as they are there', async () => {
    const run = await indexRun({ 'a.jpg': 'one', '\ufffd.jpg': 'two' });
    const [first, second] = [bytesOf(run.root, 0xfe), bytesOf(run.root, 0xff)];
    writeFileSync(first, 'three');
    writeFileSync(second, 'four');
    const summary = await run.index();
    assert.deepEqual([summary.found, summary.indexed, summary.failed], [4, 2, 2]);
    const failures = await failuresOf(run);
    assert.deepEqual(
      failures.map(({ rawPath }) => Buffer.from(rawPath ?? [])),
      [first, second],
    );
    assert.match(failures[0]?.message ?? '', /not valid UTF-8.*rename the file/);
    const again = await run.index();
    assert.deepEqual([again.unchanged, again.failed, again.stillFailed], [2, 0, 2]);
    rmSync(first);
    const less = await run.index();
    assert.deepEqual([less.found, less.stillFailed, less.removed], [3, 1, 0]);
    assert.deepEqual(
      (await failuresOf(run)).map(({ rawPath }) => Buffer.from(rawPath ?? [])),
      [second],
    );
    renameSync(second, join(run.root, 'renamed.jpg'));
    assert.deepEqual([(await run.index()).indexed, await run.failures()], [1, []]);
  });

  it('are not entered when they are folders, which is said', async () => {
    const run = await indexRun({ 'a.jpg': 'one' });
    const folder = bytesOf(run.root, 0xff);
    mkdirSync(folder);
    writeFileSync(Buffer.concat([folder, Buffer.from('/b.jpg')]), 'two');
    const summary = await run.index();
    assert.deepEqual([summary.found, summary.failed, summary.indexed], [2, 1, 1]);
    const [failure] = await failuresOf(run);
    assert.match(
      failure?.message ?? '',
      /name of this folder is not valid UTF-8.*nothing in it was looked at/,
    );
    renameSync(folder, join(run.root, 'renamed'));
    assert.deepEqual([(await run.index()).indexed, await run.failures()], [1, []]);
  });

  it('are read by the links that lead to them, where links are followed', async () => {
    const run = await indexRun({ 'a.jpg': 'one' });
    const folder = bytesOf(run.root, 0xff);
    mkdirSync(folder);
    writeFileSync(Buffer.concat([folder, Buffer.from('/b.jpg')]), 'two');
    symlinkSync(folder, join(run.root, 'link'));
    await run.index({ rules: { followSymlinks: true } });
    assert.deepEqual(await run.files(), ['root/a.jpg', 'root/link/b.jpg']);
  });

  it('of half a surrogate pair, as Windows allows them, are failures too', async () => {
    const run = await indexRun();
    const [high, low] = [bytesOf(run.root, 0xed, 0xa0, 0x80), bytesOf(run.root, 0xed, 0xb0, 0x80)];
    writeFileSync(high, 'one');
    writeFileSync(low, 'two');
    assert.equal((await run.index()).failed, 2);
    assert.deepEqual((await failuresOf(run)).map(readablePath), [
      join(run.root, '\\xed\\xa0\\x80.jpg'),
      join(run.root, '\\xed\\xb0\\x80.jpg'),
    ]);
  });

  it('do not cost the vectors of a picture that was given one', async () => {
    const run = await indexRun({ 'a.jpg': 'one', 'sub/b.jpg': 'two', 'c.jpg': 'three' });
    await run.index();
    const [file, folder] = [bytesOf(run.root, 0xfe), bytesOf(run.root, 0xff)];
    renameSync(join(run.root, 'a.jpg'), file);
    renameSync(join(run.root, 'sub'), folder);
    const lost = await run.index();
    assert.deepEqual([lost.removed, lost.failed], [2, 2]);
    renameSync(file, join(run.root, 'a.jpg'));
    renameSync(folder, join(run.root, 'sub'));
    assert.deepEqual([(await run.index()).embedded, await run.failures()], [0, []]);
  });

  it('are forgotten when they are gone, though a root looks the same', async () => {
    const run = await indexRun({ 'a.jpg': 'one', '\ufffd/b.jpg': 'two' });
    const inner = join(run.root, '\ufffd');
    const name = Buffer.concat([Buffer.from(`${run.root}/`), Buffer.from([0xff])]);
    writeFileSync(name, 'three');
    await run.index({ roots: [run.root, inner] });
    await run.index({ roots: [inner] });
    assert.equal((await run.failures()).length, 1);
    rmSync(name);
    await run.index();
    assert.deepEqual(await run.failures(), []);
  });

  it('are failures of their own when they are listed, and stay so while they are there', async () => {
    const run = await indexRun({ '\ufffd.jpg': 'one' });
    const [first, second] = [bytesOf(run.root, 0xfe), bytesOf(run.root, 0xff)];
    writeFileSync(first, 'two');
    writeFileSync(second, 'three');
    const numbers = async (request: Parameters<IndexRun['index']>[0]) => {
      const { found, indexed, failed, stillFailed } = await run.index(request);
      return [found, indexed, failed, stillFailed, (await failuresOf(run)).length];
    };
    assert.deepEqual(await numbers({ listed: [], listedNames: [first, second] }), [2, 0, 2, 0, 2]);
    assert.deepEqual(await run.files(), []);
    assert.deepEqual(await numbers({ listed: [] }), [2, 0, 0, 2, 2]);
    rmSync(first);
    assert.deepEqual(await numbers({ listed: [] }), [1, 0, 0, 1, 1]);
    assert.deepEqual(await numbers({ listed: [], listedNames: [first] }), [1, 0, 1, 0, 2]);
    assert.match((await failuresOf(run))[0]?.message ?? '', /listed file cannot be read: it is not there/);
    assert.deepEqual(await numbers({}), [2, 1, 0, 1, 1]);
  });

  it('are passed over by rules as they look, and forgotten then', async () => {
    const run = await indexRun({ 'a.jpg': 'one' });
    writeFileSync(bytesOf(run.root, 0x2e, 0xff), 'two');
    writeFileSync(bytesOf(run.root, 0xff), 'three');
    assert.deepEqual(
      [(await run.index()).ignored, await run.failures()],
      [{ hidden: 1 }, ['root/\ufffd.jpg']],
    );
    await run.index({ rules: { exclude: ['\ufffd*'] } });
    assert.deepEqual(await run.failures(), []);
  });

  it('stay failures while their root is away or empty', async () => {
    const run = await indexRun();
    writeFileSync(bytesOf(run.root, 0xff), 'one');
    await run.index();
    renameSync(run.root, `${run.root}-away`);
    await run.index();
    assert.equal((await run.failures()).length, 1);
    mkdirSync(run.root);
    await run.index();
    assert.equal((await run.failures()).length, 1);
    await run.index({ allowEmpty: true });
    assert.equal((await run.failures()).length, 0);
  });
});
