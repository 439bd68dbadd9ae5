import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { DeviceTable } from '../../src/indexer/device-table.ts';
import { type IndexRun, indexRun } from '../support/index-run.ts';
import { makeMountFolder } from '../support/mount-folder.ts';

const FILES = { 'a.jpg': 'one', 'sub/b.jpg': 'two', 'sub/c.jpg': 'three', 'sub/deep/d.jpg': 'four' };

interface AbsenceCase {
  readonly what: string;
  readonly change: (root: string) => void;
  /** Files left below the root. */
  readonly kept: readonly string[];
  readonly removed?: number;
  /** Places told of as away, below the root ('' for the root itself), with their files and words of the reason. */
  readonly away?: ReadonlyArray<readonly [path: string, files: number, reason: RegExp]>;
  /** What --allow-empty makes of it. */
  readonly emptied?: readonly string[];
}

const ALL = Object.keys(FILES);
const remove =
  (...names: string[]) =>
  (root: string) => {
    for (const name of names) {
      rmSync(join(root, name), { recursive: true });
    }
  };

const cases: readonly AbsenceCase[] = [
  {
    what: 'a file, while its folder has others',
    change: remove('sub/b.jpg'),
    kept: ['a.jpg', 'sub/c.jpg', 'sub/deep/d.jpg'],
    removed: 1,
  },
  {
    what: 'a folder with all that is in it, while the folder around it has others',
    change: remove('sub'),
    kept: ['a.jpg'],
    removed: 3,
  },
  {
    what: 'all files of a folder that is still there and empty',
    change: remove('sub/deep/d.jpg'),
    kept: ALL,
    away: [['sub/deep', 1, /empty.*not mounted\?.*--allow-empty/]],
    emptied: ['a.jpg', 'sub/b.jpg', 'sub/c.jpg'],
  },
  {
    what: 'all files of a folder but what no scan would take',
    change(root) {
      remove('sub/deep/d.jpg')(root);
      writeFileSync(join(root, 'sub/deep/.DS_Store'), 'x');
    },
    kept: ALL,
    away: [['sub/deep', 1, /empty/]],
    emptied: ['a.jpg', 'sub/b.jpg', 'sub/c.jpg'],
  },
  {
    what: 'a folder within one that is now empty',
    change: remove('sub/b.jpg', 'sub/c.jpg', 'sub/deep'),
    kept: ALL,
    away: [['sub', 3, /empty/]],
    emptied: ['a.jpg'],
  },
  {
    what: 'everything in the root',
    change: remove('a.jpg', 'sub'),
    kept: ALL,
    away: [['', 4, /empty/]],
    emptied: [],
  },
  {
    what: 'everything in the root but a folder without files',
    change(root) {
      remove('a.jpg', 'sub')(root);
      mkdirSync(join(root, 'other'));
    },
    kept: ALL,
    away: [['', 4, /no files were found.*--allow-empty/]],
    emptied: [],
  },
  {
    what: 'the root',
    change: (root) => rmSync(root, { recursive: true }),
    kept: ALL,
    away: [['', 4, /not there.*not mounted\?.*--allow-empty/]],
    emptied: [],
  },
  {
    what: 'a root that is a symbolic link now',
    change(root) {
      renameSync(root, `${root}-moved`);
      symlinkSync(`${root}-moved`, root);
    },
    kept: ALL,
    away: [['', 4, /symbolic link/]],
  },
  {
    what: 'a root that is a file now',
    change(root) {
      renameSync(root, `${root}-moved`);
      writeFileSync(root, 'five');
    },
    kept: [...ALL, ''],
    away: [['', 4, /no longer a folder/]],
    emptied: [''],
  },
  {
    what: 'a folder in whose place there is a file now',
    change(root) {
      remove('sub')(root);
      writeFileSync(join(root, 'sub'), 'five');
    },
    kept: ['a.jpg', 'sub'],
    removed: 3,
  },
  {
    what: 'a file in whose place there is a folder now',
    change(root) {
      remove('a.jpg')(root);
      mkdirSync(join(root, 'a.jpg'));
      writeFileSync(join(root, 'a.jpg/e.jpg'), 'five');
    },
    kept: ['a.jpg/e.jpg', 'sub/b.jpg', 'sub/c.jpg', 'sub/deep/d.jpg'],
    removed: 1,
  },
  {
    what: 'a folder in whose place there is a link to it now',
    change(root) {
      renameSync(join(root, 'sub'), `${root}-sub`);
      symlinkSync(`${root}-sub`, join(root, 'sub'));
    },
    kept: ALL,
    away: [['sub', 3, /rules pass over it \(symbolic link\).*--accept-rules/]],
  },
  {
    what: 'a file in whose place there is a link to it now',
    change(root) {
      renameSync(join(root, 'a.jpg'), `${root}-a`);
      symlinkSync(`${root}-a`, join(root, 'a.jpg'));
    },
    kept: ALL,
    away: [['a.jpg', 1, /symbolic link/]],
  },
];

const inRoot = (run: IndexRun, path: string) => (path === '' ? run.root : join(run.root, path));

async function filesOf(run: IndexRun): Promise<string[]> {
  return (await run.files()).map((path) => path.replace(/^root\/?/, ''));
}

describe('what is not there any more', () => {
  for (const { what, change, kept, removed = 0, away = [], emptied } of cases) {
    it(`${removed > 0 ? 'leaves' : 'stays in'} the library when it is ${what}`, async () => {
      const run = await indexRun(FILES);
      await run.index();
      change(run.root);
      const summary = await run.index();
      assert.deepEqual(await filesOf(run), [...kept].sort());
      assert.equal(summary.removed, removed);
      assert.equal(summary.excluded, 0);
      assert.deepEqual(
        summary.away.map(({ path, files }) => [path, files]),
        away.map(([path, files]) => [inRoot(run, path), files]),
      );
      for (const [i, [, , reason]] of away.entries()) {
        assert.match(summary.away[i]?.reason ?? '', reason);
      }
      const embedded = run.parts.embedder.described.length;
      if (removed === 0) {
        assert.equal(
          summary.awayFiles,
          away.reduce((sum, [, files]) => sum + files, 0),
        );
        const again = await run.index();
        assert.deepEqual([again.removed, again.awayFiles, again.embedded], [0, summary.awayFiles, 0]);
      }
      const accepted = await run.index({ allowEmpty: true });
      assert.deepEqual(await filesOf(run), [...(emptied ?? kept)].sort());
      assert.equal(accepted.removed, emptied === undefined ? 0 : kept.length - emptied.length);
      assert.equal(run.parts.embedder.described.length, embedded);
    });
  }

  it('comes back without being embedded again', async () => {
    const run = await indexRun(FILES);
    await run.index();
    const pictures = await Promise.all(ALL.map((path) => run.known(join('root', path))));
    renameSync(run.root, `${run.root}-away`);
    await run.index();
    renameSync(`${run.root}-away`, run.root);
    const back = await run.index();
    assert.deepEqual([back.unchanged, back.embedded, back.awayFiles], [4, 0, 0]);
    assert.deepEqual(await Promise.all(ALL.map((path) => run.known(join('root', path)))), pictures);
  });
});

/** Says of paths below some folder that they lie on a device of that name, and on `disk` of all others. */
function devicesBelow(folder: string, device: { name: string | null }): DeviceTable {
  return {
    identityOf: (_dev, path) => (path === folder || path.startsWith(`${folder}/`) ? device.name : 'disk'),
  };
}

describe('a file system below a root', () => {
  async function mounted() {
    const folder = { path: '' };
    const device: { name: string | null } = { name: 'card' };
    const devices: DeviceTable = {
      identityOf: (dev, path) => devicesBelow(folder.path, device).identityOf(dev, path),
    };
    const run = await indexRun(FILES, { devices });
    folder.path = join(run.root, 'sub');
    await run.index();
    return { run, device };
  }

  it('is away when its folder is on another device, even if that has files', async () => {
    const { run, device } = await mounted();
    device.name = 'disk';
    rmSync(join(run.root, 'sub/deep'), { recursive: true });
    rmSync(join(run.root, 'sub/b.jpg'));
    const summary = await run.index();
    assert.deepEqual(
      summary.away.map(({ path, files }) => [path, files]),
      [
        [join(run.root, 'sub'), 1],
        [join(run.root, 'sub/deep'), 1],
      ],
    );
    assert.match(summary.away[0]?.reason ?? '', /another file system, which is not mounted now/);
    assert.deepEqual([summary.removed, summary.awayFiles, summary.embedded], [0, 2, 0]);
    assert.equal((await run.files()).length, 4);
    const accepted = await run.index({ allowEmpty: true });
    assert.deepEqual([accepted.removed, accepted.awayFiles], [2, 0]);
  });

  it('is away when its mount point is gone too', async () => {
    const { run, device } = await mounted();
    device.name = 'disk';
    rmSync(join(run.root, 'sub'), { recursive: true });
    const summary = await run.index();
    assert.deepEqual(
      [summary.removed, summary.awayFiles, summary.away[0]?.path],
      [0, 3, join(run.root, 'sub')],
    );
  });

  it('is taken for what it was when nobody knows the device, before or now', async () => {
    for (const [before, now] of [
      [null, 'card'],
      ['card', null],
    ]) {
      const { run, device } = await mounted();
      device.name = before ?? null;
      await run.index({ force: true });
      device.name = now ?? null;
      rmSync(join(run.root, 'sub/b.jpg'));
      assert.deepEqual([(await run.index()).removed], [1]);
    }
  });

  it('reads files again that have come to be on another device, and embeds none', async () => {
    const { run, device } = await mounted();
    device.name = 'new card';
    const summary = await run.index();
    assert.deepEqual([summary.indexed, summary.unchanged, summary.embedded], [3, 1, 0]);
    assert.equal((await run.known('root/sub/b.jpg'))?.indexed?.stamp.device, 'new card');
    assert.equal((await run.index()).unchanged, 4);
  });

  it('is away while a real one is not mounted, and is as before when it is back', async (t) => {
    const mounts = makeMountFolder(t);
    if (mounts === null) {
      return;
    }
    const run = await indexRun({ 'a.jpg': 'one' }, { folder: mounts.path });
    const card = mounts.mount('root/card', '-t', 'tmpfs', 'none');
    run.write({ 'root/card/b.jpg': 'two', 'root/card/deep/c.jpg': 'three' });
    await run.index();
    const ids = async () => [
      (await run.known('root/card/b.jpg'))?.indexed?.pictureId,
      (await run.known('root/card/deep/c.jpg'))?.indexed?.pictureId,
    ];
    const before = await ids();
    mounts.unmount(card);
    // Something else in the mount point: it is not even empty.
    run.write({ 'root/card/stray.jpg': 'four' });
    const away = await run.index();
    assert.deepEqual([away.removed, away.awayFiles, away.indexed], [0, 2, 1]);
    assert.deepEqual(await ids(), before);
    rmSync(join(card, 'stray.jpg'));
    mounts.mount('root/card', '-t', 'tmpfs', 'none');
    run.write({ 'root/card/b.jpg': 'two', 'root/card/deep/c.jpg': 'three' });
    const back = await run.index();
    assert.deepEqual([back.embedded, back.indexed, back.awayFiles], [0, 2, 1]);
    assert.deepEqual(await ids(), before);
    await run.catalog.close();
  });
});

describe('a folder that cannot be listed', { skip: process.getuid?.() === 0 && 'root may list all' }, () => {
  it('keeps what is known below it and is a failure until it can be', async () => {
    const run = await indexRun(FILES);
    await run.index();
    chmodSync(join(run.root, 'sub'), 0o000);
    const summary = await run.index();
    chmodSync(join(run.root, 'sub'), 0o755);
    assert.deepEqual([summary.failed, summary.removed, summary.awayFiles, summary.found], [1, 0, 3, 2]);
  });
});

describe('roots that cannot be looked at', () => {
  it('keep nothing else from being indexed', async () => {
    const run = await indexRun(FILES);
    run.write({ 'other/e.jpg': 'five' });
    const other = join(run.folder, 'other');
    await run.index({ roots: [other, run.root] });
    renameSync(run.root, `${run.root}-away`);
    run.write({ 'other/f.jpg': 'six' });
    const summary = await run.index({ roots: [] });
    assert.deepEqual([summary.indexed, summary.unchanged, summary.awayFiles], [1, 1, 4]);
  });

  it('are forgotten, with their files, only with leave', async () => {
    const run = await indexRun(FILES);
    await run.index();
    renameSync(run.root, `${run.root}-away`);
    await run.index();
    assert.equal((await run.catalog.files.roots()).length, 1);
    const summary = await run.index({ allowEmpty: true });
    assert.deepEqual([summary.removed, summary.away], [4, []]);
    assert.deepEqual(await run.catalog.files.roots(), []);
    assert.equal((await run.catalog.pictures.counts()).pictures, 0);
  });

  it('are away too when they were one file', async () => {
    const run = await indexRun(FILES);
    const file = join(run.root, 'a.jpg');
    assert.equal((await run.index({ roots: [file] })).indexed, 1);
    rmSync(file);
    const summary = await run.index({ roots: [file] });
    assert.deepEqual([summary.removed, summary.awayFiles, summary.away[0]?.path], [0, 1, file]);
    assert.deepEqual(await run.files(), ['root/a.jpg']);
    assert.equal((await run.index({ roots: [file], allowEmpty: true })).removed, 1);
  });

  it('are refused, and nothing is changed, when the library does not know them', async () => {
    const run = await indexRun(FILES);
    const roots = [run.root, join(run.folder, 'typo')];
    await assert.rejects(run.index({ roots, allowEmpty: true }), {
      code: 'NOT_FOUND',
      message: /typo: it is not there. Nothing was changed/,
    });
    assert.deepEqual([await run.catalog.files.roots(), await run.files()], [[], []]);
  });
});
