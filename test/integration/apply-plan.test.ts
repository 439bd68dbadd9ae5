import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { applyPlan } from '../../src/apply/apply-plan.ts';
import type { ApplyReport } from '../../src/apply/apply-report.ts';
import type { FileListing } from '../../src/apply/file-listing.ts';
import { readJournal } from '../../src/apply/journal.ts';
import { rehearsePlan } from '../../src/apply/rehearse-plan.ts';
import { summarizePlan } from '../../src/apply/summarize-plan.ts';
import { undoPlan } from '../../src/apply/undo-plan.ts';
import type { PlannedAction } from '../../src/curation/plan.ts';
import { EideticError } from '../../src/domain/errors.ts';
import { type DroppingPlan, makeDroppingPlan, NO_LISTING, plannedFile } from '../support/dropping-plan.ts';
import { makeMountFolder, runCommand } from '../support/mount-folder.ts';
import { refuses } from '../support/refuses.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { treeContent } from '../support/tree-content.ts';

const CARRY_OUT = fileURLToPath(new URL('../support/carry-out.js', import.meta.url));
const { signal } = new AbortController();
const apply = ({ path, parts }: DroppingPlan) => applyPlan(path, parts, () => {}, signal);
const undo = (journal: string) => undoPlan(journal, NO_LISTING, () => {}, signal);

/** So few that they are written down together. */
const FILES_STOPPED = 4;

/** Somebody presses Ctrl-C between two looks at the signal. */
function stoppedAfter(looks: number): AbortSignal {
  let looked = 0;
  return Object.defineProperty(new AbortController().signal, 'aborted', { get: () => looked++ >= looks });
}

describe('a plan that is carried out', () => {
  it('moves files to the trash as the specification wants it, and takes them back', async (t) => {
    const folder = await makeTemporaryFolder(t);
    const plan = makeDroppingPlan(folder, 3);
    const before = treeContent(plan.root);
    const report = await apply(plan);
    assert.deepEqual([report.done.trash, report.left], [3, []]);
    const trash = join(folder, 'home', '.local', 'share', 'Trash');
    assert.deepEqual(readdirSync(join(trash, 'files')).sort(), ['1.jpg', '2.jpg', '3.jpg']);
    const [first] = plan.actions as [PlannedAction];
    const info = readFileSync(join(trash, 'info', '1.jpg.trashinfo'), 'utf8');
    assert.match(info, /^\[Trash Info\]\nPath=(.*)\nDeletionDate=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\n$/);
    assert.equal(decodeURIComponent(/Path=(.*)/.exec(info)?.[1] ?? ''), first.drop.path);
    assert.equal(statSync(trash).mode & 0o777, 0o700);
    assert.equal((await undo(report.journal)).done.trash, 3);
    assert.deepEqual(treeContent(plan.root), before);
  });

  it('can be done again after it was taken back', async (t) => {
    const plan = makeDroppingPlan(await makeTemporaryFolder(t), 2);
    const before = treeContent(plan.root);
    const { journal } = await apply(plan);
    await undo(journal);
    assert.equal((await apply(plan)).done.trash, 2);
    assert.equal((await apply(plan)).doneBefore, 2);
    await undo(journal);
    assert.deepEqual(treeContent(plan.root), before);
  });

  it('takes no name in the trash that another file has there', async (t) => {
    const folder = await makeTemporaryFolder(t);
    const plan = makeDroppingPlan(folder, 1);
    const files = join(folder, 'home', '.local', 'share', 'Trash', 'files');
    mkdirSync(files, { recursive: true });
    writeFileSync(join(files, '1.jpg'), 'somebody else dropped this');
    const { journal } = await apply(plan);
    assert.equal(readFileSync(join(files, '1.jpg'), 'utf8'), 'somebody else dropped this');
    assert.ok(existsSync(join(files, '1.2.jpg')));
    await undo(journal);
    assert.deepEqual(readdirSync(files), ['1.jpg']);
  });

  it('uses the trash of the volume that a file lies on', async (t) => {
    const mounts = makeMountFolder(t);
    if (mounts === null) {
      return;
    }
    const volume = mounts.mount('card', '-t', 'tmpfs', 'none');
    const plan = makeDroppingPlan(mounts.path, 2, 'trash', volume);
    const before = treeContent(volume);
    const report = await apply(plan);
    assert.deepEqual(report.left, []);
    const trash = join(volume, `.Trash-${process.getuid?.()}`);
    assert.deepEqual(readdirSync(join(trash, 'files')).sort(), ['1.jpg', '2.jpg']);
    assert.match(
      readFileSync(join(trash, 'info', '2.jpg.trashinfo'), 'utf8'),
      /^Path=copies\/2\/same\.0\/2\/2\.jpg$/m,
    );
    await undo(report.journal);
    assert.deepEqual(treeContent(volume), before);
  });

  it('makes hard links of what has the same bytes, and two files of them again', async (t) => {
    const plan = makeDroppingPlan(await makeTemporaryFolder(t), 3, 'hardlink');
    const before = treeContent(plan.root);
    const { journal, done } = await apply(plan);
    assert.equal(done.hardlink, 3);
    for (const { drop, keep } of plan.actions) {
      assert.equal(statSync(drop.path).ino, statSync(keep.path).ino);
    }
    await undo(journal);
    assert.deepEqual(treeContent(plan.root), before);
    for (const { drop, keep } of plan.actions) {
      assert.notEqual(statSync(drop.path).ino, statSync(keep.path).ino);
    }
  });

  it('leaves files that should share blocks where no file system lets them', async (t) => {
    const plan = makeDroppingPlan(await makeTemporaryFolder(t), 1, 'reflink');
    const before = treeContent(plan.root);
    const report = await apply(plan);
    if (report.left.length === 0) {
      return t.skip('this file system shares blocks, so nothing was refused');
    }
    assert.match(report.left[0]?.reason ?? '', /cannot share blocks/);
    await undo(report.journal);
    assert.deepEqual(treeContent(plan.root), before);
  });

  it('deletes for good what it is told to, and says that it stays so', async (t) => {
    const plan = makeDroppingPlan(await makeTemporaryFolder(t), 1, 'delete');
    const report = await apply(plan);
    const [{ drop }] = plan.actions as [PlannedAction];
    assert.ok(!existsSync(drop.path));
    const back = await undo(report.journal);
    assert.deepEqual(back.left, [{ number: 1, path: drop.path, reason: 'it was deleted for good' }]);
  });

  it('moves files where they should go, below folders that are gone when they are back', async (t) => {
    const folder = await makeTemporaryFolder(t);
    const plan = makeDroppingPlan(folder, 3, 'move');
    const before = treeContent(folder).filter((line) => line.startsWith('pictures'));
    const { journal } = await apply(plan);
    assert.deepEqual(readdirSync(join(folder, 'moved', '1')).sort(), ['1.jpg', '3.jpg']);
    await undo(journal);
    assert.ok(!existsSync(join(folder, 'moved')));
    assert.deepEqual(
      treeContent(folder).filter((line) => line.startsWith('pictures')),
      before,
    );
  });

  it('goes on behind what it leaves, and tries that again when it is applied again', async (t) => {
    const plan = makeDroppingPlan(await makeTemporaryFolder(t), 3);
    const [, second] = plan.actions as [PlannedAction, PlannedAction];
    renameSync(second.keep.path, `${second.keep.path}.away`);
    const report = await apply(plan);
    assert.equal(report.done.trash, 2);
    assert.deepEqual(
      report.left.map(({ path }) => path),
      [second.drop.path],
    );
    renameSync(`${second.keep.path}.away`, second.keep.path);
    const again = await apply(plan);
    assert.deepEqual([again.done.trash, again.doneBefore, again.left], [1, 2, []]);
  });

  it('is looked at without touching what somebody may be writing', async (t) => {
    const plan = makeDroppingPlan(await makeTemporaryFolder(t), 2);
    const { journal } = await apply(plan);
    const whole = readFileSync(journal, 'utf8');
    writeFileSync(journal, `${whole}{"kind":"done","num`);
    assert.equal((await readJournal(journal))?.inState('done').length, 2);
    assert.equal(readFileSync(journal, 'utf8'), `${whole}{"kind":"done","num`);
    assert.equal((await undo(journal)).done.trash, 2);
    const after = readFileSync(journal, 'utf8');
    assert.ok(
      after.startsWith(`${whole}{"kind":"undoing"`),
      'whoever writes to it cuts off what was not finished',
    );
  });

  it('takes no line for done that says something else than what was done', async (t) => {
    const folder = await makeTemporaryFolder(t);
    const plan = makeDroppingPlan(folder, 3, 'move');
    const [first, ...others] = plan.actions as [PlannedAction, ...PlannedAction[]];
    const other = plannedFile(others[0]?.keep.path ?? '');
    await apply(plan);
    const tree = () => [plan.root, join(folder, 'moved'), join(folder, 'home')].flatMap(treeContent);
    const after = tree();
    const changes: ReadonlyArray<Partial<PlannedAction>> = [
      { to: join(folder, 'moved', 'elsewhere.jpg') },
      { action: 'trash', to: null },
      { keep: other, relation: 'copy' },
      { drop: { ...first.drop, path: join(dirname(first.drop.path), 'another.jpg') } },
    ];
    for (const change of changes) {
      plan.write({}, [{ ...first, ...change }, ...others]);
      const rehearsed = await rehearsePlan(plan.path, plan.parts, () => {}, signal);
      for (const { left, done, doneBefore } of [await apply(plan), rehearsed]) {
        assert.deepEqual([left.length, doneBefore, done.move + done.trash], [1, 2, 0]);
        assert.match(
          left[0]?.reason ?? '',
          /line was changed after it was done: then it was "move" of .*1\.jpg to/,
        );
      }
      assert.deepEqual(tree(), after);
    }
    plan.write({}, [{ ...first, action: 'trash', to: null }, ...others]);
    await undo((await apply(plan)).journal);
    assert.deepEqual((await apply(plan)).left, [], 'what was taken back is done as the line says now');
  });

  it('tells the library once more when something came between that and the journal', async (t) => {
    const plan = makeDroppingPlan(await makeTemporaryFolder(t), 2);
    const paths = plan.actions.map(({ drop }) => drop.path);
    const listed = new Set(paths);
    let isFull = true;
    const change = (work: () => void) => {
      if (isFull) throw new EideticError('STORAGE_FULL', 'no space');
      work();
    };
    const listing: FileListing = {
      has: async (path) => listed.has(path),
      takeOut: async (gone) => change(() => gone.map((path) => listed.delete(path))),
      takeBack: async (back) => change(() => back.map(({ path }) => listed.add(path))),
    };
    const parts = { ...plan.parts, listing };
    await refuses(
      applyPlan(plan.path, parts, () => {}, signal),
      'STORAGE_FULL',
      /no space/,
    );
    assert.ok(!existsSync(paths[0] ?? ''));
    isFull = false;
    const { journal, doneBefore } = await applyPlan(plan.path, parts, () => {}, signal);
    assert.deepEqual([[...listed], doneBefore], [[], 2]);
    isFull = true;
    await refuses(
      undoPlan(journal, listing, () => {}, signal),
      'STORAGE_FULL',
      /no space/,
    );
    assert.ok(existsSync(paths[0] ?? ''));
    isFull = false;
    await undoPlan(journal, listing, () => {}, signal);
    assert.deepEqual([...listed].sort(), paths.sort());
  });

  it('stops before the next step wherever it is asked to, and goes on, both ways', async (t) => {
    const folder = await makeTemporaryFolder(t);
    const plan = makeDroppingPlan(folder, FILES_STOPPED);
    const before = treeContent(plan.root);
    const count = () => plan.actions.filter(({ drop }) => !existsSync(drop.path)).length;
    const seen = { apply: new Set<number>(), undo: new Set<number>() };
    for (let looks = 0; looks < 2 * FILES_STOPPED + 3; looks++) {
      const first = await applyPlan(plan.path, plan.parts, () => {}, stoppedAfter(looks));
      assert.deepEqual([first.done.trash, first.left], [count(), []]);
      assert.equal(first.isStopped, count() < FILES_STOPPED);
      seen.apply.add(count());
      const rest = await apply(plan);
      assert.deepEqual(
        [rest.done.trash, rest.doneBefore],
        [FILES_STOPPED - first.done.trash, first.done.trash],
      );
      const back = await undoPlan(rest.journal, NO_LISTING, () => {}, stoppedAfter(looks));
      assert.deepEqual([back.done.trash, back.left], [FILES_STOPPED - count(), []]);
      assert.equal(back.isStopped, count() > 0);
      seen.undo.add(count());
      const end = await undo(rest.journal);
      assert.deepEqual([end.isStopped, count()], [false, 0]);
      assert.deepEqual(treeContent(plan.root), before);
    }
    assert.deepEqual([seen.apply.size, seen.undo.size], [FILES_STOPPED + 1, FILES_STOPPED + 1]);
  });

  it('writes what a file that stays lacks beside it, once for all, and over nothing', async (t) => {
    const plan = makeDroppingPlan(await makeTemporaryFolder(t), 2);
    const [first, second] = plan.actions as [PlannedAction, PlannedAction];
    const beside = ({ keep }: PlannedAction) => ({ path: `${keep.path}.xmp`, text: `of ${keep.path}` });
    plan.write({}, [first, { ...second, keep: first.keep, relation: 'copy' }]);
    const before = treeContent(plan.root);
    const sidecars = new Map([[first.keep.path, beside(first)]]);
    const parts = { ...plan.parts, sidecars };
    const report = await applyPlan(plan.path, parts, () => {}, signal);
    assert.deepEqual(report.left, []);
    assert.equal(readFileSync(beside(first).path, 'utf8'), `of ${first.keep.path}`);
    await undo(report.journal);
    assert.deepEqual(treeContent(plan.root), before);
    writeFileSync(beside(first).path, 'a person wrote this');
    const again = await applyPlan(plan.path, parts, () => {}, signal);
    assert.match(again.left[0]?.reason ?? '', /cannot be kept: .*\.xmp is there already/);
    await undo(report.journal);
    assert.equal(readFileSync(beside(first).path, 'utf8'), 'a person wrote this');
  });

  it('gives no folder its former time in which somebody else did something meanwhile', async (t) => {
    const plan = makeDroppingPlan(await makeTemporaryFolder(t), 1);
    const [{ drop }] = plan.actions as [PlannedAction];
    const { journal } = await apply(plan);
    writeFileSync(join(dirname(drop.path), 'new.txt'), 'new');
    const { mtimeNs } = statSync(dirname(drop.path), { bigint: true });
    await undo(journal);
    assert.ok(statSync(dirname(drop.path), { bigint: true }).mtimeNs >= mtimeNs);
  });

  it('takes nothing back that is another file by now, or whose place is taken, and can be asked again', async (t) => {
    const folder = await makeTemporaryFolder(t);
    const plan = makeDroppingPlan(folder, 3);
    const [first, second] = plan.actions as [PlannedAction, PlannedAction];
    const before = treeContent(plan.root);
    const { journal } = await apply(plan);
    const inTrash = join(folder, 'home', '.local', 'share', 'Trash', 'files', '1.jpg');
    renameSync(inTrash, `${inTrash}.aside`);
    writeFileSync(inTrash, 'another');
    writeFileSync(second.drop.path, 'somebody put this here');
    const report = await undo(journal);
    assert.equal(report.done.trash, 1);
    assert.match(report.left[0]?.reason ?? '', /something else is at its place by now/);
    assert.match(report.left[1]?.reason ?? '', /1\.jpg has other bytes by now/);
    assert.ok(!existsSync(first.drop.path));
    rmSync(inTrash);
    renameSync(`${inTrash}.aside`, inTrash);
    rmSync(second.drop.path);
    assert.deepEqual((await undo(journal)).left, []);
    const linesOf = (lines: readonly string[]) => lines.filter((line) => !line.endsWith('folder'));
    assert.deepEqual(linesOf(treeContent(plan.root)), linesOf(before));
  });

  it('leaves what goes with a picture that is left, in a rehearsal as well', async (t) => {
    const plan = makeDroppingPlan(await makeTemporaryFolder(t), 1);
    const [first] = plan.actions as [PlannedAction];
    const sidecar = `${first.drop.path}.xmp`;
    writeFileSync(sidecar, 'rated');
    const companion = { ...first, number: 2, drop: plannedFile(sidecar), companionOf: 1 };
    plan.write({}, [first, companion]);
    rmSync(first.drop.path);
    for (const run of [rehearsePlan, applyPlan]) {
      const { left } = await run(plan.path, plan.parts, () => {}, signal);
      assert.deepEqual(
        left.map(({ number }) => number),
        [1, 2],
      );
      assert.match(left[1]?.reason ?? '', /goes with the picture of action 1, which was left/);
    }
    assert.equal(readFileSync(sidecar, 'utf8'), 'rated');
  });

  it('says what it would do, and does nothing', async (t) => {
    const folder = await makeTemporaryFolder(t);
    const plan = makeDroppingPlan(folder, 3);
    const [{ drop }] = plan.actions as [PlannedAction];
    rmSync(drop.path);
    const before = treeContent(folder);
    const report = await rehearsePlan(plan.path, plan.parts, () => {}, signal);
    assert.equal(report.done.trash, 2);
    assert.deepEqual(
      report.left.map(({ number }) => number),
      [1],
    );
    assert.deepEqual(treeContent(folder), before);
  });
});

/** What is done to the first of two actions before they are applied, and why it is left then. */
const REFUSALS: ReadonlyArray<{
  readonly name: string;
  readonly spoil: (action: PlannedAction, plan: DroppingPlan) => undefined | Partial<PlannedAction>;
  readonly reason: RegExp;
}> = [
  {
    name: 'a file that was edited, with the same size and time',
    spoil({ drop }) {
      const bytes = readFileSync(drop.path);
      const { atimeMs, mtimeMs } = statSync(drop.path);
      bytes[3] = 0;
      rmSync(drop.path);
      writeFileSync(drop.path, bytes);
      utimesSync(drop.path, atimeMs / 1000, mtimeMs / 1000);
      return undefined;
    },
    reason: /^it has other bytes than when the plan was made/,
  },
  {
    name: 'a file that is gone',
    spoil: ({ drop }) => void rmSync(drop.path),
    reason: /cannot be read: it is not there$/,
  },
  {
    name: 'a file whose kept one is gone',
    spoil: ({ keep }) => void rmSync(keep.path),
    reason: /originals.*cannot be read: it is not there$/,
  },
  {
    name: 'a file whose kept one was cut short',
    spoil({ keep }) {
      rmSync(keep.path);
      writeFileSync(keep.path, 'the by');
      return undefined;
    },
    reason: /^the file that stays, .*, has other bytes/,
  },
  {
    name: 'a file whose kept one is a link to it',
    spoil({ keep, drop }) {
      rmSync(keep.path);
      symlinkSync(drop.path, keep.path);
      return undefined;
    },
    reason: /is a symbolic link$/,
  },
  {
    name: 'a file that is the kept one by another name',
    spoil({ keep, drop }) {
      rmSync(keep.path);
      linkSync(drop.path, keep.path);
      return undefined;
    },
    reason: /are one file by two names/,
  },
  {
    name: 'a link in the place of the file',
    spoil({ drop }, { root }) {
      renameSync(drop.path, join(root, 'elsewhere.jpg'));
      symlinkSync(join(root, 'elsewhere.jpg'), drop.path);
      return undefined;
    },
    reason: /is a symbolic link$/,
  },
  {
    name: 'a link in the place of its folder, which leads out of the roots',
    spoil({ drop }, { library }) {
      const outside = join(library, '..', 'outside');
      renameSync(dirname(drop.path), outside);
      symlinkSync(outside, dirname(drop.path));
      return undefined;
    },
    reason: /^a link stands in the place of a folder of /,
  },
  {
    name: 'a path outside the roots that somebody wrote into the plan',
    spoil({ drop }, { library }) {
      const path = join(library, '..', 'mine.jpg');
      writeFileSync(path, readFileSync(drop.path));
      return { drop: plannedFile(path) };
    },
    reason: /^it lies in no folder of this library$/,
  },
  {
    name: 'a file of the library itself',
    spoil({ drop }, { library }) {
      const path = join(library, 'mine.jpg');
      writeFileSync(path, readFileSync(drop.path));
      return { drop: plannedFile(path) };
    },
    reason: /^it lies in the library itself/,
  },
  {
    name: 'a file that is called identical to another picture',
    spoil({ drop }, { actions }) {
      return { drop, keep: (actions[1] as PlannedAction).keep };
    },
    reason: /^its bytes are not those of the file that stays/,
  },
  {
    name: 'a file that should become a hard link of another picture',
    spoil({ drop }, { actions }) {
      return { drop, action: 'hardlink', relation: 'copy', keep: (actions[1] as PlannedAction).keep };
    },
    reason: /^its bytes are not those of the file that stays/,
  },
  {
    name: 'a companion without its picture',
    spoil: ({ drop }) => ({ drop, companionOf: 7 }),
    reason: /^the plan has no picture beside it/,
  },
  {
    name: 'a file on another disk than the plan says',
    spoil: ({ drop }) => ({ drop: { ...drop, device: 'ext4 another' } }),
    reason: /^it lies on another disk than when the plan was made/,
  },
  {
    name: 'a move to a name that is taken',
    spoil({ drop }, { root }) {
      const to = join(root, 'taken.jpg');
      writeFileSync(to, 'taken');
      return { drop, action: 'move', to };
    },
    reason: /^something is at .*taken\.jpg already$/,
  },
  {
    name: 'a move onto another disk',
    spoil: ({ drop }) => ({ drop, action: 'move', to: '/dev/shm/moved.jpg' }),
    reason: /^\/dev\/shm, where it would go, lies on another disk/,
  },
];

describe('a plan is left where', () => {
  for (const { name, spoil, reason } of REFUSALS) {
    it(`it names ${name}`, async (t) => {
      const folder = await makeTemporaryFolder(t);
      const plan = makeDroppingPlan(folder, 2);
      const [first, second] = plan.actions as [PlannedAction, PlannedAction];
      plan.write({}, [{ ...first, ...spoil(first, plan) }, second]);
      const before = treeContent(folder).filter(
        (line) => !line.startsWith('home') && !line.startsWith('library'),
      );
      const report = await apply(plan);
      assert.deepEqual(
        report.left.map(({ number }) => number),
        [1],
      );
      assert.match(report.left[0]?.reason ?? '', reason);
      assert.equal(report.done.trash, 1, 'the other file goes');
      await undo(report.journal);
      assert.deepEqual(
        treeContent(folder).filter((line) => !line.startsWith('home') && !line.startsWith('library')),
        before,
      );
    });
  }

  it('a folder may not be written to: both names of its file stay as they were, and the others go', async (t) => {
    if (process.getuid?.() !== 0) {
      return t.skip('only root can run it as another user');
    }
    const folder = await makeTemporaryFolder(t);
    const plan = makeDroppingPlan(folder, 4);
    const locked = dirname(plan.actions[0]?.drop.path ?? '');
    execFileSync('chmod', ['755', folder]);
    execFileSync('chown', ['-R', '65534', folder]);
    execFileSync('chown', ['0', locked]);
    const before = treeContent(locked);
    const run = (...words: readonly string[]) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [CARRY_OUT, ...words], {
        env: { PATH: process.env['PATH'], HOME: join(folder, 'home') },
        encoding: 'utf8',
        uid: 65534,
      });
      assert.equal(status, 0, stderr);
      return JSON.parse(stdout) as ApplyReport;
    };
    const report = run('apply', plan.path, plan.library, plan.root);
    assert.deepEqual([report.done.trash, report.left.map(({ number }) => number)], [3, [1]]);
    assert.match(report.left[0]?.reason ?? '', /its folder may not be written to/);
    assert.deepEqual(treeContent(locked), before);
    assert.equal(statSync(plan.actions[0]?.drop.path ?? '').nlink, 1);
    assert.equal(run('undo', report.journal).done.trash, 3);
  });

  it('a folder is protected, by the plan or by who applies it', async (t) => {
    const plan = makeDroppingPlan(await makeTemporaryFolder(t), 2);
    const copies = join(plan.root, 'copies');
    plan.write({ protected: [copies] });
    assert.match((await apply(plan)).left[1]?.reason ?? '', /^it lies in .*copies, which is protected$/);
    plan.write();
    const parts = { ...plan.parts, protected: [copies] };
    assert.equal((await applyPlan(plan.path, parts, () => {}, signal)).left.length, 2);
  });

  it('a disk is mounted a second time, and both names are of one file', async (t) => {
    const mounts = makeMountFolder(t);
    if (mounts === null) {
      return;
    }
    const plan = makeDroppingPlan(mounts.path, 2);
    const again = mounts.mount('again', '--bind', plan.root);
    const [first, second] = plan.actions as [PlannedAction, PlannedAction];
    const keep = { ...first.drop, path: join(again, first.drop.path.slice(plan.root.length)), device: null };
    plan.write({}, [{ ...first, keep }, second]);
    const report = await apply(plan);
    assert.match(report.left[0]?.reason ?? '', /one file by two names/);
    assert.equal(report.done.trash, 1);
  });

  it('nothing may be written in a folder, or its disk is full', async (t) => {
    const mounts = makeMountFolder(t);
    if (mounts === null) {
      return;
    }
    const card = mounts.mount('card', '-t', 'tmpfs', '-o', 'size=128k', 'none');
    const plan = makeDroppingPlan(mounts.path, 2, 'trash', card);
    writeFileSync(join(card, 'filler'), Buffer.alloc(4_000));
    try {
      for (;;) appendFileSync(join(card, 'filler'), Buffer.alloc(4_096));
    } catch {
      // now it is full
    }
    const before = treeContent(card);
    const full = await apply(plan);
    assert.deepEqual(
      full.left.map(({ number }) => number),
      [1, 2],
    );
    assert.match(full.left[0]?.reason ?? '', /the disk is full/);
    await undo(full.journal);
    assert.deepEqual(treeContent(card), before);
    runCommand('mount', '-o', 'remount,ro', card);
    const readOnly = await apply(plan);
    assert.match(readOnly.left[0]?.reason ?? '', /mounted read-only/);
    assert.deepEqual(treeContent(card), before);
  });
});

describe('a plan is refused as a whole that', () => {
  it('was made in another library', async (t) => {
    const plan = makeDroppingPlan(await makeTemporaryFolder(t), 1);
    plan.write({ libraryId: 'another' });
    await refuses(apply(plan), 'INVALID_INPUT', /made in another library/);
  });

  it('was cut short, is none, or is of another version', async (t) => {
    const plan = makeDroppingPlan(await makeTemporaryFolder(t), 2);
    const text = readFileSync(plan.path, 'utf8');
    writeFileSync(plan.path, text.slice(0, -40));
    await refuses(summarizePlan(plan.path), 'INVALID_INPUT', /Line 3 of the plan .* cut short/);
    writeFileSync(plan.path, '');
    await refuses(summarizePlan(plan.path), 'INVALID_INPUT', /Found an empty file/);
    plan.write({ schemaVersion: 2 });
    await refuses(summarizePlan(plan.path), 'INVALID_INPUT', /schemaVersion/);
    await refuses(summarizePlan(`${plan.path}.not`), 'NOT_FOUND', /cannot be read/);
  });

  it('drops what it keeps, or drops a file twice', async (t) => {
    const plan = makeDroppingPlan(await makeTemporaryFolder(t), 2);
    const [first, second] = plan.actions as [PlannedAction, PlannedAction];
    plan.write({}, [first, { ...second, keep: first.drop }]);
    await refuses(summarizePlan(plan.path), 'INVALID_INPUT', /stays by its action 2 and is dropped by 1/);
    plan.write({}, [first, { ...first, number: 2 }]);
    await refuses(summarizePlan(plan.path), 'INVALID_INPUT', /both drop/);
  });

  it('names no absolute path', async (t) => {
    const plan = makeDroppingPlan(await makeTemporaryFolder(t), 1);
    const [first] = plan.actions as [PlannedAction];
    plan.write({}, [{ ...first, drop: { ...first.drop, path: `${plan.root}/../outside.jpg` } }]);
    await refuses(summarizePlan(plan.path), 'INVALID_INPUT', /absolute path/);
  });
});
