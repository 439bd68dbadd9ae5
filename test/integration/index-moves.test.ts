import assert from 'node:assert/strict';
import { copyFileSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { EideticError } from '../../src/domain/errors.ts';
import { CountingEmbedder } from '../support/counting-embedder.ts';
import { indexRun } from '../support/index-run.ts';
import { SEEDED_KEY, SEEDED_MODEL } from '../support/seeded-picture.ts';

describe('files moved out of a folder that is empty afterwards', () => {
  it('have moved, and nothing is away', async () => {
    const run = await indexRun({ 'inbox/a.jpg': 'one', 'inbox/b.jpg': 'two', 'c.jpg': 'three' });
    await run.index();
    mkdirSync(join(run.root, '2024'));
    for (const name of ['a.jpg', 'b.jpg']) {
      renameSync(join(run.root, 'inbox', name), join(run.root, '2024', name));
    }
    const summary = await run.index();
    assert.deepEqual([summary.moved, summary.removed, summary.awayFiles, summary.away], [2, 0, 0, []]);
    assert.equal(summary.embedded, 0);
    assert.deepEqual(await run.files(), ['root/2024/a.jpg', 'root/2024/b.jpg', 'root/c.jpg']);
  });

  it('have moved to another root too, when the whole root is empty afterwards', async () => {
    const run = await indexRun({ 'a.jpg': 'one' });
    await run.index();
    const other = join(run.folder, 'other');
    mkdirSync(other);
    renameSync(join(run.root, 'a.jpg'), join(other, 'a.jpg'));
    const summary = await run.index({ roots: [run.root, other] });
    assert.deepEqual([summary.moved, summary.awayFiles, summary.embedded], [1, 0, 0]);
    assert.deepEqual(await run.files(), ['other/a.jpg']);
  });

  it('are away as before where only a copy came: the first may lie on a drive that is not mounted', async () => {
    const run = await indexRun({ 'inbox/a.jpg': 'one', 'c.jpg': 'three' });
    await run.index();
    copyFileSync(join(run.root, 'inbox/a.jpg'), join(run.root, 'copy.jpg'));
    rmSync(join(run.root, 'inbox/a.jpg'));
    const summary = await run.index();
    assert.deepEqual([summary.moved, summary.awayFiles], [0, 1]);
    assert.deepEqual(await run.files(), ['root/c.jpg', 'root/copy.jpg', 'root/inbox/a.jpg']);
  });
});

describe('a file that moved, and cannot be read at its new place for a while', () => {
  it('is not embedded again when it can', async () => {
    const embedder = new CountingEmbedder();
    const run = await indexRun({ 'a.jpg': 'one', 'b.jpg': 'two' }, { embedder });
    await run.index();
    renameSync(join(run.root, 'a.jpg'), join(run.root, 'moved.jpg'));
    const findByHash = async () => {
      throw new EideticError('IMAGE_UNREADABLE', 'no memory', { details: { isPassing: true } });
    };
    const failing = await run.index({}, { files: { ...run.parts.files, findByHash } });
    assert.deepEqual([failing.failed, failing.removed], [1, 1]);
    const after = await run.index();
    assert.deepEqual([after.indexed, after.embedded], [1, 0]);
    // What nobody holds any more goes with the next run that has read everything.
    rmSync(join(run.root, 'b.jpg'));
    await run.index();
    assert.equal((await run.catalog.pictures.pictures([1, 2])).length, 1);
    assert.deepEqual(await run.catalog.files.pruneOrphans(), []);
  });
});

describe('two cards whose files have the same names', () => {
  it('lose nothing to each other when they take turns at one place', async () => {
    const embedder = new CountingEmbedder();
    let card = 'card A';
    const run = await indexRun(
      { '1.jpg': 'one', '2.jpg': 'two' },
      { embedder, devices: { identityOf: () => card } },
    );
    await run.index();
    card = 'card B';
    run.write({ 'root/1.jpg': 'another one', 'root/2.jpg': 'another two' });
    const second = await run.index();
    assert.deepEqual([second.embedded, second.awayFiles, second.away[0]?.path], [2, 2, run.root]);
    assert.equal((await run.index()).unchanged, 2);
    card = 'card A';
    run.write({ 'root/1.jpg': 'one', 'root/2.jpg': 'two' });
    const back = await run.index();
    assert.deepEqual([back.embedded, back.awayFiles], [0, 2]);
    card = 'card B';
    run.write({ 'root/1.jpg': 'another one', 'root/2.jpg': 'another two' });
    assert.equal((await run.index()).embedded, 0);
    assert.equal(embedder.described.length, 4);
  });

  it('are told from a picture that was changed where it lies, which replaces what it was', async () => {
    const run = await indexRun({ '1.jpg': 'one' }, { devices: { identityOf: () => 'disk' } });
    await run.index();
    run.write({ 'root/1.jpg': 'edited' });
    assert.equal((await run.index()).awayFiles, 0);
    assert.equal((await run.catalog.pictures.counts()).described[SEEDED_KEY], 1);
  });
});

describe('files that a model cannot describe any more', () => {
  it('do not keep a library from another model when they have failed for good, and do when they may be read later', async () => {
    const embedder = new CountingEmbedder();
    embedder.errors.set(
      'slow now',
      new EideticError('IMAGE_UNREADABLE', 'late', { details: { isPassing: true } }),
    );
    const run = await indexRun({ 'a.jpg': 'one', 'b.jpg': 'two' }, { embedder });
    await run.index();
    const { files, models } = run.catalog;
    await models.add('other', SEEDED_MODEL);
    assert.equal(await files.countWithout('other'), 2);
    run.write({ 'root/a.jpg': 'bad now', 'root/b.jpg': 'slow now' });
    await run.index();
    assert.equal(await files.countWithout('other'), 1);
    assert.deepEqual(await run.files(), ['root/a.jpg', 'root/b.jpg']);
  });
});

describe('a root that has another name now', () => {
  const NAMES = { 'a.jpg': 'one', 'sub/b.jpg': 'two', 'sub/c.jpg': 'two' };

  it('is found at the new place: its files have moved, none is new, gone or away, and the old root is forgotten', async () => {
    const run = await indexRun({ ...NAMES, 'bad.jpg': 'bad' });
    await run.index();
    const renamed = join(run.folder, 'renamed');
    renameSync(run.root, renamed);
    const summary = await run.index({ roots: [renamed] });
    const { found, indexed, moved, failed, removed, awayFiles, embedded } = summary;
    assert.deepEqual([found, indexed, moved, failed, removed, awayFiles], [4, 0, 3, 1, 0, 0]);
    assert.equal(embedded, 0);
    assert.deepEqual(summary.moves, [{ from: run.root, to: renamed, files: 3 }]);
    assert.deepEqual(await run.files(), ['renamed/a.jpg', 'renamed/sub/b.jpg', 'renamed/sub/c.jpg']);
    assert.deepEqual(await run.failures(), ['renamed/bad.jpg']);
    assert.deepEqual(
      (await run.catalog.files.roots()).map(({ path }) => path),
      [renamed],
    );
    const whole = await run.index({ roots: [] });
    assert.deepEqual([whole.unchanged, whole.away], [3, []]);
  });

  it('is not away in a run that looks at both', async () => {
    const run = await indexRun(NAMES);
    const renamed = join(run.folder, 'renamed');
    await run.index();
    renameSync(run.root, renamed);
    const summary = await run.index({ roots: [run.root, renamed] });
    assert.deepEqual([summary.moved, summary.away, summary.removed], [3, [], 0]);
    assert.equal((await run.catalog.files.roots()).length, 1);
  });

  it('stays, with what did not come along, when some of it is nowhere', async () => {
    const run = await indexRun({ ...NAMES, 'd.jpg': 'four' });
    await run.index();
    const renamed = join(run.folder, 'renamed');
    renameSync(run.root, renamed);
    rmSync(join(renamed, 'd.jpg'));
    const summary = await run.index({ roots: [renamed] });
    assert.deepEqual([summary.moved, summary.removed], [3, 0]);
    assert.deepEqual(
      (await run.files()).filter((path) => path.startsWith('root/')),
      ['root/d.jpg'],
    );
    const whole = await run.index({ roots: [] });
    assert.deepEqual([whole.awayFiles, whole.away[0]?.path], [1, run.root]);
  });

  it('has not moved when only copies came: it may lie on a drive that is not mounted', async () => {
    const run = await indexRun({ 'a.jpg': 'one' });
    await run.index();
    run.write({ 'copy/a.jpg': 'one' });
    renameSync(run.root, `${run.root}-unplugged`);
    const summary = await run.index({ roots: [join(run.folder, 'copy')] });
    assert.deepEqual([summary.indexed, summary.moved, summary.removed], [1, 0, 0]);
    assert.deepEqual(await run.files(), ['copy/a.jpg', 'root/a.jpg']);
  });

  it('keeps names that are still there: hard links', async () => {
    const run = await indexRun({ 'a.jpg': 'one' });
    await run.index();
    mkdirSync(join(run.folder, 'links'));
    linkSync(join(run.root, 'a.jpg'), join(run.folder, 'links/a.jpg'));
    const summary = await run.index({ roots: [join(run.folder, 'links')] });
    assert.deepEqual([summary.indexed, summary.moved], [1, 0]);
    assert.deepEqual(await run.files(), ['links/a.jpg', 'root/a.jpg']);
  });
});
