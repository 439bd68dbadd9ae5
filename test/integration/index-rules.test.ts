import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { DEFAULT_ROOT_RULES, type RootRules } from '../../src/domain/roots.ts';
import { forgetRules, type IndexRun, indexRun } from '../support/index-run.ts';

const FILES = { 'a.jpg': 'one', 'b.xmp': 'two', '.hidden.jpg': 'three', 'sub/c.jpg': 'four' };

const EXCLUDE_XMP: Partial<RootRules> = { exclude: ['*.xmp'] };

async function rootsOf(run: IndexRun): Promise<Record<string, RootRules | null>> {
  const roots = await run.catalog.files.roots();
  return Object.fromEntries(roots.map(({ path, rules }) => [relative(run.folder, path), rules]));
}

/** Everything that a refused run must leave as it was. */
async function stateOf(run: IndexRun) {
  return { roots: await rootsOf(run), files: await run.files(), failures: await run.failures() };
}

/** Indexes in vain, checks that nothing was changed, and returns the sentence. */
async function refused(run: IndexRun, request: Parameters<IndexRun['index']>[0]): Promise<string> {
  const before = await stateOf(run);
  let message = '';
  await assert.rejects(run.index(request), (error: Error & { code?: string }) => {
    message = error.message;
    return error.code === 'INVALID_INPUT';
  });
  assert.deepEqual(await stateOf(run), before);
  return message;
}

describe('the rules of a root', () => {
  it('are the defaults for a new one, stored, and those of later runs that say nothing', async () => {
    const run = await indexRun(FILES);
    assert.equal((await run.index()).found, 3);
    assert.deepEqual(await rootsOf(run), { root: DEFAULT_ROOT_RULES });
    assert.equal((await run.index({ rules: { includeHidden: true } })).found, 4);
    assert.equal((await run.index()).found, 4);
    assert.equal((await run.index({ roots: [] })).found, 4);
    assert.deepEqual(await rootsOf(run), { root: { ...DEFAULT_ROOT_RULES, includeHidden: true } });
  });

  it('are changed in one part only where only that is said', async () => {
    const run = await indexRun(FILES);
    await run.index({ rules: { ...EXCLUDE_XMP, includeHidden: true } });
    await run.index({ rules: { includeHidden: true, followSymlinks: true } });
    assert.deepEqual(await rootsOf(run), {
      root: { exclude: ['*.xmp'], includeHidden: true, followSymlinks: true },
    });
  });

  it('change without a word when no known file would leave', async () => {
    const run = await indexRun(FILES);
    await run.index();
    const summary = await run.index({ rules: { exclude: ['*.tmp'] } });
    assert.deepEqual([summary.excluded, summary.unchanged], [0, 3]);
    assert.deepEqual((await rootsOf(run))['root']?.exclude, ['*.tmp']);
  });

  it('are refused when known files would leave, naming how many, which, from where and why', async () => {
    const run = await indexRun(FILES);
    await run.index({ rules: { includeHidden: true } });
    run.write({ 'root/new.jpg': 'five' });
    const message = await refused(run, { rules: EXCLUDE_XMP });
    assert.match(message, /lose 1 file of \S+\/root, because "\*\.xmp" is excluded now: \S+\/root\/b\.xmp\./);
    assert.match(message, /Nothing was changed.*--accept-rules/);
    const both = await refused(run, { rules: { exclude: ['*.xmp', 'sub'], includeHidden: false } });
    assert.match(both, /3 files .*"\*\.xmp", "sub" are excluded now, hidden names are passed over now/);
  });

  it('let files leave with leave, which is not called gone', async () => {
    const run = await indexRun(FILES);
    await run.index();
    const summary = await run.index({ rules: EXCLUDE_XMP, acceptRules: true });
    assert.deepEqual([summary.excluded, summary.removed, summary.awayFiles], [1, 0, 0]);
    assert.deepEqual(await run.files(), ['root/a.jpg', 'root/sub/c.jpg']);
    assert.equal((await run.catalog.pictures.counts()).pictures, 2);
    assert.equal((await run.index()).found, 2);
  });

  it('are not asked about for files that failed and have no picture to lose', async () => {
    const run = await indexRun({ ...FILES, 'letter.pdf': 'bad' });
    await run.index();
    assert.deepEqual(await run.failures(), ['root/letter.pdf']);
    const summary = await run.index({ rules: { exclude: ['*.pdf'] } });
    assert.deepEqual([summary.excluded, await run.failures()], [0, []], 'it never was in the library');
  });

  it('take nothing away for being excluded and gone at once, without leave', async () => {
    const run = await indexRun(FILES);
    await run.index();
    rmSync(join(run.root, 'b.xmp'));
    await refused(run, { rules: EXCLUDE_XMP });
  });

  it('keep known files that they never let in, and say so, until leave is given', async () => {
    const run = await indexRun(FILES);
    await run.index();
    await run.index({ listed: [join(run.root, '.hidden.jpg')] });
    const summary = await run.index();
    assert.deepEqual([summary.excluded, summary.awayFiles, summary.unchanged], [0, 1, 3]);
    assert.equal(summary.away[0]?.path, join(run.root, '.hidden.jpg'));
    assert.match(summary.away[0]?.reason ?? '', /\(hidden\).*--accept-rules/);
    assert.equal((await run.index({ acceptRules: true })).excluded, 1);
  });

  it('are refused where nobody knows which ones a root was indexed under, and known files would leave', async () => {
    const run = await indexRun(FILES);
    await run.index({ rules: { includeHidden: true } });
    forgetRules(run);
    assert.match(await refused(run, {}), /nobody knows the rules.*hidden names are passed over/);
    assert.equal((await run.index({ rules: { includeHidden: true } })).unchanged, 4);
    assert.deepEqual(await rootsOf(run), { root: { ...DEFAULT_ROOT_RULES, includeHidden: true } });
  });

  it('are not stored before the root was listed', async () => {
    const run = await indexRun(FILES);
    await run.index();
    rmSync(run.root, { recursive: true });
    const summary = await run.index({ rules: EXCLUDE_XMP });
    assert.equal(summary.awayFiles, 3);
    assert.deepEqual((await rootsOf(run))['root']?.exclude, []);
  });

  it('hold for all roots when none is named', async () => {
    const run = await indexRun(FILES);
    run.write({ 'other/.d.jpg': 'five', 'other/e.jpg': 'six' });
    await run.index({ roots: [join(run.folder, 'other'), run.root] });
    assert.equal((await run.index({ roots: [], rules: { includeHidden: true } })).found, 6);
  });
});

describe('a root inside another', () => {
  it('takes over its files, is scanned with the outer one, and each goes by its own rules', async () => {
    const run = await indexRun({ ...FILES, 'sub/d.xmp': 'five', 'sub/.e.jpg': 'six' });
    await run.index({ rules: EXCLUDE_XMP });
    const inner = join(run.root, 'sub');
    const first = await run.index({ roots: [inner], rules: { includeHidden: true } });
    assert.deepEqual([first.found, first.unchanged, first.indexed, first.embedded], [3, 1, 2, 2]);
    const both = await run.index();
    assert.deepEqual([both.found, both.unchanged, both.awayFiles, both.removed], [4, 4, 0, 0]);
    assert.deepEqual(await rootsOf(run), {
      root: { ...DEFAULT_ROOT_RULES, exclude: ['*.xmp'] },
      'root/sub': { ...DEFAULT_ROOT_RULES, includeHidden: true },
    });
    // What is changed is changed for the folder that was named.
    await run.index({ rules: { followSymlinks: true } });
    assert.equal((await rootsOf(run))['root/sub']?.followSymlinks, false);
  });

  it('is refused when files that it takes over would leave', async () => {
    const run = await indexRun({ 'a.jpg': 'one', 'sub/.b.jpg': 'two', 'sub/c.jpg': 'three' });
    await run.index({ rules: { includeHidden: true } });
    const inner = join(run.root, 'sub');
    const message = await refused(run, { roots: [inner] });
    assert.match(
      message,
      /1 file of \S+\/sub, because it takes over files of \S+\/root, .*hidden names are passed over/,
    );
    assert.equal((await run.index({ roots: [inner], acceptRules: true })).excluded, 1);
    assert.deepEqual(await run.files(), ['root/a.jpg', 'root/sub/c.jpg']);
  });

  it('is refused when files that were named one by one would leave', async () => {
    const run = await indexRun(FILES);
    await run.index({ listed: [join(run.root, '.hidden.jpg')] });
    assert.match(await refused(run, {}), /takes over files that were named one by one/);
    assert.equal((await run.index({ rules: { includeHidden: true } })).found, 4);
    assert.deepEqual(Object.keys(await rootsOf(run)), ['root']);
  });

  it('knows what is gone of files that were named one by one', async () => {
    const run = await indexRun(FILES);
    await run.index({ listed: [join(run.root, 'a.jpg'), join(run.root, 'sub/c.jpg')] });
    rmSync(join(run.root, 'a.jpg'));
    const summary = await run.index();
    assert.deepEqual([summary.removed, summary.unchanged, summary.indexed], [1, 1, 1]);
  });

  it('is away by itself', async () => {
    const run = await indexRun(FILES);
    const inner = join(run.root, 'sub');
    await run.index({ roots: [inner] });
    await run.index();
    rmSync(inner, { recursive: true });
    const summary = await run.index();
    assert.deepEqual(
      [summary.removed, summary.away.map(({ path, files }) => [path, files])],
      [0, [[inner, 1]]],
    );
    const accepted = await run.index({ allowEmpty: true });
    assert.deepEqual([accepted.removed, Object.keys(await rootsOf(run))], [1, ['root']]);
  });

  it('belongs to the innermost of three', async () => {
    const run = await indexRun({ 'a.jpg': '1', 'x/b.jpg': '2', 'x/y/c.jpg': '3' });
    const [middle, inner] = [join(run.root, 'x'), join(run.root, 'x/y')];
    await run.index({ roots: [inner] });
    await run.index({ roots: [middle] });
    const all = await run.index();
    assert.deepEqual([all.found, all.unchanged, all.indexed], [3, 2, 1]);
    const { files } = run.catalog;
    for (const { path, id } of await files.roots()) {
      const known: string[] = [];
      for await (const file of files.knownFiles(id, [])) {
        known.push(relative(path, file.path));
      }
      assert.equal(known.length, 1, path);
    }
  });
});

describe('symbolic links', () => {
  it('change no name of what is reached without them when they come to be followed', async () => {
    const run = await indexRun({ 'b.jpg': 'one', 'sub/c.jpg': 'two' });
    await run.index();
    symlinkSync(join(run.root, 'b.jpg'), join(run.root, 'a link.jpg'));
    symlinkSync(run.root, join(run.root, 'a circle'));
    symlinkSync(join(run.root, 'sub'), join(run.root, 'a folder'));
    const summary = await run.index({ rules: { followSymlinks: true } });
    assert.deepEqual([summary.unchanged, summary.found, summary.ignored], [2, 2, { 'seen already': 3 }]);
  });

  it('lead to what is outside, once, and around no circle', async () => {
    const run = await indexRun({ 'b.jpg': 'one' });
    run.write({ 'outside/c.jpg': 'two' });
    symlinkSync(run.folder, join(run.folder, 'outside', 'circle'));
    symlinkSync(join(run.folder, 'outside'), join(run.root, 'x'));
    symlinkSync(join(run.folder, 'outside'), join(run.root, 'y'));
    const summary = await run.index({ rules: { followSymlinks: true } });
    assert.deepEqual(await run.files(), ['root/b.jpg', 'root/x/c.jpg']);
    assert.equal(summary.found, 2);
  });

  it('that lead nowhere any more are failures beside the pictures', async () => {
    const run = await indexRun({ 'b.jpg': 'one' });
    run.write({ 'outside/c.jpg': 'two' });
    symlinkSync(join(run.folder, 'outside/c.jpg'), join(run.root, 'link.jpg'));
    symlinkSync(join(run.folder, 'outside'), join(run.root, 'outside'));
    run.write({ 'outside/d.jpg': 'three' });
    await run.index({ rules: { followSymlinks: true } });
    const before = await run.files();
    rmSync(join(run.folder, 'outside'), { recursive: true });
    const summary = await run.index();
    assert.equal(summary.removed, 0);
    assert.deepEqual(await run.files(), before);
    assert.ok(summary.failed > 0);
    assert.match(summary.away[0]?.reason ?? '', /symbolic link to what is not there/);
  });

  it('keep known names of what another link leads to first now, and say so, until leave is given', async () => {
    const run = await indexRun({ 'b.jpg': 'one' });
    run.write({ 'outside/c.jpg': 'two', 'd.jpg': 'three' });
    const link = (name: string, to: string) => symlinkSync(join(run.folder, to), join(run.root, name));
    link('y', 'outside');
    link('y.jpg', 'd.jpg');
    await run.index({ rules: { followSymlinks: true } });
    link('x', 'outside');
    link('x.jpg', 'd.jpg');
    const summary = await run.index();
    assert.deepEqual([summary.indexed, summary.embedded, summary.awayFiles], [2, 0, 2]);
    assert.deepEqual(
      summary.away.map(({ path, reason }) => [path, /\(seen already\)/.test(reason)]),
      [
        [join(run.root, 'y.jpg'), true],
        [join(run.root, 'y'), true],
      ],
    );
    assert.equal((await run.index({ acceptRules: true })).excluded, 2);
    assert.deepEqual(await run.files(), ['root/b.jpg', 'root/x.jpg', 'root/x/c.jpg']);
  });

  it('show what rules hide in its own place', async () => {
    const run = await indexRun({ 'b.jpg': 'one', '.hidden/c.jpg': 'two' });
    symlinkSync(join(run.root, '.hidden'), join(run.root, 'shown'));
    await run.index({ rules: { followSymlinks: true } });
    assert.deepEqual(await run.files(), ['root/b.jpg', 'root/shown/c.jpg']);
  });
});

describe('what is no folder and no file', () => {
  it('is refused as a root, at once', { skip: process.platform === 'win32' && 'no pipes here' }, async () => {
    const run = await indexRun(FILES);
    const pipe = join(run.folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    await assert.rejects(run.index({ roots: [pipe] }), {
      code: 'INVALID_INPUT',
      message: /neither a folder nor a regular file/,
    });
  });

  it('is a failure when it was listed, and passed over in a folder', async () => {
    const run = await indexRun(FILES);
    const pipe = join(run.root, 'pipe.jpg');
    execFileSync('mkfifo', [pipe]);
    const listed = await run.index({ listed: [pipe] });
    assert.deepEqual([listed.failed, await run.failures()], [1, ['root/pipe.jpg']]);
    assert.deepEqual((await run.index()).ignored, { hidden: 1, 'special file': 1 });
  });

  it('leaves the library when it takes the place of a file', async () => {
    const run = await indexRun(FILES);
    await run.index();
    rmSync(join(run.root, 'a.jpg'));
    execFileSync('mkfifo', [join(run.root, 'a.jpg')]);
    assert.equal((await run.index()).removed, 1);
    mkdirSync(join(run.root, 'empty'));
    assert.equal((await run.index()).removed, 0);
  });
});
