import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { namedPlace } from '../../src/engine/named-place.ts';
import { outermostFolders } from '../../src/indexer/outermost-folders.ts';
import { caselessBelow } from '../support/caseless-files.ts';
import { type IndexRun, indexRun } from '../support/index-run.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A disk of this process that does not tell upper from lower case; the suite runs in a second process that has one. */
const DISK = process.env['CASELESS_BELOW'];

async function rootPaths({ catalog }: IndexRun): Promise<string[]> {
  return (await catalog.files.roots()).map(({ path }) => path);
}

function onDisk(files: Readonly<Record<string, string>>): Promise<IndexRun> {
  return indexRun(files, { folder: mkdtempSync(join(DISK ?? '', 'folder-')) });
}

if (DISK === undefined) {
  describe('a disk that does not tell upper from lower case', () => {
    it('is indexed without taking a file for two', (t) => {
      const environment = caselessBelow(temporaryFolder());
      if (environment === null) {
        t.skip('there is no C compiler (cc) here, or no Linux, to make such a disk with');
        return;
      }
      const { NODE_TEST_CONTEXT: _, ...inherited } = process.env;
      const { status, stdout } = spawnSync(process.execPath, [fileURLToPath(import.meta.url)], {
        env: { ...inherited, ...environment },
        encoding: 'utf8',
      });
      assert.equal(status, 0, stdout);
      assert.match(stdout, /# pass 7\n/);
    });
  });
} else {
  describe('on a disk that does not tell upper from lower case', () => {
    it('a file answers to names in other case', async () => {
      const run = await onDisk({ 'IMG.JPG': 'one' });
      assert.equal(statSync(join(run.root, 'img.jpg')).size, 3);
    });

    it('a file that was renamed in case alone has moved', async () => {
      const run = await onDisk({ 'IMG.JPG': 'one', 'b.jpg': 'two' });
      await run.index();
      renameSync(join(run.root, 'IMG.JPG'), join(run.root, 'img.jpg'));
      const summary = await run.index();
      assert.deepEqual([summary.moved, summary.removed, summary.embedded], [1, 0, 0]);
      assert.deepEqual(await run.files(), ['root/b.jpg', 'root/img.jpg']);
      assert.equal((await run.index()).unchanged, 2);
    });

    it('a folder that was renamed in case alone has moved with all its files', async () => {
      const run = await onDisk({ 'Trip/Day/a.jpg': 'one', 'Trip/b.jpg': 'two', 'c.jpg': 'three' });
      await run.index();
      renameSync(join(run.root, 'Trip'), join(run.root, 'trip'));
      const summary = await run.index();
      assert.deepEqual([summary.moved, summary.removed, summary.away, summary.embedded], [2, 0, [], 0]);
      assert.deepEqual(await run.files(), ['root/c.jpg', 'root/trip/Day/a.jpg', 'root/trip/b.jpg']);
    });

    it('a folder named in other case is the root that it is', async () => {
      const run = await onDisk({ 'Sub/a.jpg': 'one' });
      await run.index();
      const otherCase = join(run.folder, 'ROOT');
      const roots = await outermostFolders([otherCase], await rootPaths(run));
      assert.deepEqual(roots, [run.root]);
      assert.equal((await run.index({ roots })).unchanged, 1);
      const below = [join(otherCase, 'sub'), join(otherCase, 'Sub')];
      assert.deepEqual(await outermostFolders(below, await rootPaths(run)), [join(run.root, 'Sub')]);
    });

    it('a root keeps its name when its folder was renamed in case, for all around and below it', async () => {
      const run = await onDisk({ 'sub/a.jpg': 'one' });
      await run.index();
      renameSync(run.root, join(run.folder, 'Root'));
      const named = [join(run.folder, 'Root', 'SUB')];
      assert.deepEqual(await outermostFolders(named, await rootPaths(run)), [join(run.root, 'sub')]);
      mkdirSync(join(run.folder, 'Top'));
      const deep = join(run.folder, 'top', 'root');
      renameSync(join(run.folder, 'Root'), join(run.folder, 'Top', 'root'));
      const around = await outermostFolders([join(run.folder, 'TOP')], [deep]);
      assert.deepEqual(around, [join(run.folder, 'top')]);
    });

    it('a listed file is taken once, by the name that its folder lists', async () => {
      const run = await onDisk({ 'Sub/IMG.JPG': 'one' });
      const spellings = ['Sub/IMG.JPG', 'sub/img.jpg', 'SUB/Img.jpg'].map((name) => join(run.root, name));
      const summary = await run.index({ listed: spellings.slice(1) });
      assert.deepEqual([summary.found, await run.files()], [1, ['root/Sub/IMG.JPG']]);
      assert.equal((await run.index({ listed: spellings })).unchanged, 1);
      renameSync(join(run.root, 'Sub/IMG.JPG'), join(run.root, 'Sub/img.jpg'));
      const renamed = await run.index({ roots: [], listed: [] });
      assert.deepEqual([renamed.moved, renamed.removed, await run.files()], [1, 0, ['root/Sub/img.jpg']]);
    });

    it('a search below a folder named in other case is one below it', async () => {
      const run = await onDisk({ 'Sub/a.jpg': 'one' });
      await run.index();
      assert.equal(await namedPlace(run, join(run.folder, 'ROOT/sub')), join(run.root, 'Sub'));
      assert.equal(await namedPlace(run, join(run.root, 'nowhere')), join(run.root, 'nowhere'));
    });
  });
}
