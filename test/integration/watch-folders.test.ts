import assert from 'node:assert/strict';
import {
  appendFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { EideticError } from '../../src/domain/errors.ts';
import { DEFAULT_ROOT_RULES, type RootRules } from '../../src/domain/roots.ts';
import { watchFolders } from '../../src/watch/watch-folders.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { RecordingIndex } from '../support/recording-index.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

const SETTLE_MS = 150;

const RULES = { ...DEFAULT_ROOT_RULES, exclude: ['*.tmp'] };

/** Watches a root, and by other rules those folders in it that are named. */
async function watched(
  t: TestContext,
  files: Record<string, string> = {},
  innerRoots: Readonly<Record<string, RootRules>> = {},
) {
  const folder = await makeTemporaryFolder(t);
  const root = join(folder, 'root');
  mkdirSync(join(root, 'library'), { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    write(join(root, name), content);
  }
  const index = new RecordingIndex();
  const logger = keptLogger();
  const stop = new AbortController();
  const roots = [
    { path: root, rules: RULES },
    ...Object.entries(innerRoots).map(([name, rules]) => ({ path: join(root, name), rules })),
  ];
  const libraryFolder = join(root, 'library');
  const watching = watchFolders(
    { roots, index: index.run, libraryFolder, logger, settleMs: SETTLE_MS },
    stop.signal,
  );
  watching.catch(() => {}); // a test that wants the error awaits it
  t.after(async () => {
    stop.abort();
    await watching.catch(() => {});
  });
  await until('the first runs are over', () => index.requests.length >= roots.length);
  const knows = (expected: Record<string, string>) =>
    until(`the index knows ${JSON.stringify(expected)}`, () => {
      const known = [...index.known].map(([path, content]) => [relative(root, path), content]);
      return JSON.stringify(known.sort()) === JSON.stringify(Object.entries(expected).sort());
    });
  return { folder, root, index, logger, stop, watching, knows };
}

function write(path: string, content: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
}

describe('watching folders', () => {
  it('indexes everything once at the start, then nothing while nothing happens', async (t) => {
    const { root, index, knows } = await watched(t, { 'a.jpg': '1', 'sub/b.jpg': '2' });
    await knows({ 'a.jpg': '1', 'sub/b.jpg': '2' });
    await sleep(SETTLE_MS * 4);
    assert.deepEqual(index.requests, [{ roots: [root], listed: [] }]);
  });

  it('indexes a new and a changed file by its name alone, at any depth', async (t) => {
    const { root, index, knows } = await watched(t, { 'a.jpg': '1', 'x/y/z/b.jpg': '2' });
    write(join(root, 'c.jpg'), '3');
    appendFileSync(join(root, 'x/y/z/b.jpg'), '+');
    await knows({ 'a.jpg': '1', 'x/y/z/b.jpg': '2+', 'c.jpg': '3' });
    assert.ok(index.requests.slice(1).every(({ roots, listed }) => roots.length === 0 && listed.length > 0));
  });

  it('reads a file that is written slowly only when it is whole', async (t) => {
    const { root, index, knows } = await watched(t);
    for (let i = 0; i < 8; i++) {
      appendFileSync(join(root, 'slow.jpg'), 'x');
      await sleep(SETTLE_MS / 3);
    }
    await knows({ 'slow.jpg': 'xxxxxxxx' });
    assert.equal(index.requests.length, 2);
  });

  it('takes out what is deleted, and follows what is renamed or replaced', async (t) => {
    const { root, knows } = await watched(t, { 'a.jpg': '1', 'b.jpg': '2', 'c.jpg': '3' });
    unlinkSync(join(root, 'a.jpg'));
    renameSync(join(root, 'b.jpg'), join(root, 'moved.jpg'));
    write(join(root, 'c.jpg.tmp'), 'new');
    renameSync(join(root, 'c.jpg.tmp'), join(root, 'c.jpg'));
    await knows({ 'moved.jpg': '2', 'c.jpg': 'new' });
  });

  it('follows folders that come with files in them, are renamed, and go', async (t) => {
    const { folder, root, knows } = await watched(t, { 'a.jpg': '1' });
    write(join(folder, 'outside/deep/b.jpg'), '2');
    renameSync(join(folder, 'outside'), join(root, 'inside'));
    await knows({ 'a.jpg': '1', 'inside/deep/b.jpg': '2' });
    renameSync(join(root, 'inside'), join(root, 'renamed'));
    await knows({ 'a.jpg': '1', 'renamed/deep/b.jpg': '2' });
    write(join(root, 'renamed/deep/c.jpg'), '3');
    await knows({ 'a.jpg': '1', 'renamed/deep/b.jpg': '2', 'renamed/deep/c.jpg': '3' });
    rmSync(join(root, 'renamed'), { recursive: true });
    await knows({ 'a.jpg': '1' });
    write(join(root, 'renamed/deep/d.jpg'), '4');
    await knows({ 'a.jpg': '1', 'renamed/deep/d.jpg': '4' });
  });

  it('is not woken by what a scan passes over: hidden, excluded, links, the library itself', async (t) => {
    const { root, index } = await watched(t, { 'a.jpg': '1', '.hidden/b.jpg': '2' });
    write(join(root, '.dot.jpg'), '1');
    write(join(root, 'x.tmp'), '1');
    write(join(root, '.hidden/c.jpg'), '1');
    write(join(root, 'library/catalog.sqlite'), '1');
    symlinkSync(join(root, 'a.jpg'), join(root, 'link.jpg'));
    await sleep(SETTLE_MS * 5);
    assert.equal(index.requests.length, 1);
  });

  it('tries again while another process is writing, and loses no change by it', async (t) => {
    const { root, index, logger, knows } = await watched(t, { 'a.jpg': '1' });
    index.errors.push(...Array.from({ length: 3 }, () => new EideticError('CATALOG_BUSY', 'busy')));
    write(join(root, 'b.jpg'), '2');
    await knows({ 'a.jpg': '1', 'b.jpg': '2' });
    assert.equal(index.errors.length, 0);
    assert.equal(logger.lines.filter((line) => line.startsWith('warn: changes wait')).length, 1);
  });

  it('waits for room on a full disk, without trying all the time, and loses no change by it', async (t) => {
    const { root, index, logger, knows } = await watched(t, { 'a.jpg': '1' });
    index.errors.push(new EideticError('STORAGE_FULL', 'the disk is full'));
    const before = index.requests.length;
    write(join(root, 'b.jpg'), '2');
    await until('it was tried', () => index.requests.length > before);
    await sleep(SETTLE_MS * 8);
    assert.equal(index.requests.length, before + 1, 'the next attempt waits');
    await knows({ 'a.jpg': '1', 'b.jpg': '2' });
    assert.equal(logger.lines.filter((line) => line.startsWith('warn: changes wait')).length, 1);
  });

  it('keeps what is known of a root that goes, says so once, and goes on when it is back', async (t) => {
    const { folder, root, index, logger, knows } = await watched(t, { 'a.jpg': '1' });
    renameSync(root, join(folder, 'unplugged'));
    await until('it is noticed', () => logger.lines.some((line) => line.includes('is gone')));
    await sleep(SETTLE_MS * 4);
    assert.deepEqual([...index.known.values()], ['1']);
    assert.equal(logger.lines.filter((line) => line.includes('is gone')).length, 1);
    write(join(folder, 'unplugged/b.jpg'), '2');
    renameSync(join(folder, 'unplugged'), root);
    await knows({ 'a.jpg': '1', 'b.jpg': '2' });
    write(join(root, 'c.jpg'), '3');
    await knows({ 'a.jpg': '1', 'b.jpg': '2', 'c.jpg': '3' });
  });

  it('says what a scan did not see once for each change, and goes on', async (t) => {
    const { root, index, logger, knows } = await watched(t, { 'a.jpg': '1', 'b.jpg': '2' });
    const said = (words: string) => logger.lines.filter((line) => line.includes(words)).length;
    unlinkSync(join(root, 'a.jpg'));
    unlinkSync(join(root, 'b.jpg'));
    await until('it is said', () => said('known files were not seen') > 0);
    assert.equal(index.known.size, 2);
    const runs = index.requests.length;
    mkdirSync(join(root, 'no files'));
    await until('it is scanned again', () => index.requests.length > runs);
    write(join(root, 'c.jpg'), '3');
    write(join(root, 'new/d.jpg'), '4');
    await knows({ 'c.jpg': '3', 'new/d.jpg': '4' });
    assert.deepEqual([said('known files were not seen'), said('as it was again')], [1, 1]);
  });

  it('warns of rules that nobody has accepted and of a root that nobody knows yet, and goes on', async (t) => {
    const { root, index, logger, knows } = await watched(t, { 'a.jpg': '1' });
    index.errors.push(
      new EideticError('INVALID_INPUT', 'By its rules'),
      new EideticError('NOT_FOUND', 'Cannot index', { details: { root } }),
    );
    write(join(root, 'new/b.jpg'), '2');
    await until('the first is said', () => logger.lines.includes('warn: By its rules'));
    write(join(root, 'newer/c.jpg'), '3');
    await until('the second is said', () => logger.lines.includes('warn: Cannot index'));
    write(join(root, 'newest/d.jpg'), '4');
    await knows({ 'a.jpg': '1', 'new/b.jpg': '2', 'newer/c.jpg': '3', 'newest/d.jpg': '4' });
  });

  it('goes by the rules of the inner root for what is in it', async (t) => {
    const files = { 'a.jpg': '1', 'inner/b.jpg': '2' };
    const inner = { ...DEFAULT_ROOT_RULES, includeHidden: true };
    const { root, index, knows } = await watched(t, files, { inner });
    const before = index.requests.length;
    write(join(root, '.hidden.jpg'), '3');
    write(join(root, 'x.tmp'), '4');
    write(join(root, 'inner/.hidden.jpg'), '5');
    write(join(root, 'inner/y.tmp'), '6');
    await knows({ ...files, 'inner/.hidden.jpg': '5', 'inner/y.tmp': '6' });
    unlinkSync(join(root, 'inner/b.jpg'));
    await knows({ 'a.jpg': '1', 'inner/.hidden.jpg': '5', 'inner/y.tmp': '6' });
    for (const { roots, listed } of index.requests.slice(before)) {
      assert.ok(!roots.includes(root), 'the outer root was scanned for what is in the inner one');
      assert.ok(listed.every((path) => path.startsWith(join(root, 'inner'))));
    }
  });

  it('ends when the library is gone', async (t) => {
    const { root, index, watching } = await watched(t, { 'a.jpg': '1' });
    index.errors.push(new EideticError('NOT_FOUND', 'the library is gone'));
    write(join(root, 'b.jpg'), '2');
    await assert.rejects(watching, { message: 'the library is gone' });
  });

  it('ends by an error that no waiting mends', async (t) => {
    const { root, index, watching } = await watched(t, { 'a.jpg': '1' });
    index.errors.push(new EideticError('CATALOG_DAMAGED', 'damaged'));
    write(join(root, 'b.jpg'), '2');
    await assert.rejects(watching, { code: 'CATALOG_DAMAGED' });
  });

  it('ends quietly when it is stopped', async (t) => {
    const { stop, watching } = await watched(t);
    stop.abort();
    await watching;
  });
});
