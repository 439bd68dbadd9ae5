import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { doStep } from '../../src/apply/do-step.ts';
import { moveFile } from '../../src/apply/move-file.ts';
import { type PreparedStep, prepareStep } from '../../src/apply/prepare-step.ts';
import { recoverStep } from '../../src/apply/recover-step.ts';
import { removeInfo } from '../../src/apply/remove-info.ts';
import { seeFile } from '../../src/apply/seen-file.ts';
import { TrashPlaces } from '../../src/apply/trash-places.ts';
import type { PlanAction, PlannedAction } from '../../src/curation/plan.ts';
import { makeDroppingPlan, NO_LISTING } from '../support/dropping-plan.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

async function prepare(folder: string, kind: PlanAction): Promise<PreparedStep> {
  const { actions, library, header } = makeDroppingPlan(folder, 1, kind);
  const [action] = actions as [PlannedAction];
  const [drop, keep] = [await seeFile(action.drop.path), await seeFile(action.keep.path)];
  const trash = new TrashPlaces({ HOME: folder });
  return prepareStep(action, drop, keep, {
    ...{
      library,
      planId: header.planId,
      trash,
      sidecars: new Map(),
      listing: NO_LISTING,
      isOurs: () => false,
    },
  });
}

describe('a step', () => {
  for (const kind of ['trash', 'move', 'hardlink', 'delete'] as const) {
    it(`is not done when somebody wrote to the file since it was looked at: ${kind}`, async (t) => {
      const prepared = await prepare(await makeTemporaryFolder(t), kind);
      const { from } = prepared.step;
      const bytes = readFileSync(from);
      rmSync(from);
      writeFileSync(from, Buffer.concat([bytes, Buffer.from('more')]));
      await assert.rejects(doStep(prepared), /changed the moment before/);
      assert.ok(readFileSync(from).toString().endsWith('more'));
      assert.notEqual(await recoverStep(prepared.step, 'out'), 'away', 'it is not said to be done');
      assert.ok(readFileSync(from).toString().endsWith('more'));
    });

    it(`is not done when the file that stays is gone since: ${kind}`, async (t) => {
      const prepared = await prepare(await makeTemporaryFolder(t), kind);
      rmSync(prepared.keep.path);
      await assert.rejects(doStep(prepared), /the file that stays, .*, changed the moment before/);
      assert.ok(existsSync(prepared.step.from));
    });
  }

  it('puts a file back that somebody wrote to while it was moved', async (t) => {
    const { step, ...prepared } = await prepare(await makeTemporaryFolder(t), 'move');
    const written = { ...step, file: { ...step.file, sizeBytes: step.file.sizeBytes - 1 } };
    mkdirSync(dirname(step.to as string), { recursive: true });
    await assert.rejects(doStep({ ...prepared, step: written }), /somebody wrote to it while it was moved/);
    assert.ok(existsSync(step.from));
    assert.ok(!existsSync(step.to as string));
  });

  it('that lost its file on the way says so, and nothing is taken away', async (t) => {
    const { step } = await prepare(await makeTemporaryFolder(t), 'move');
    renameSync(step.from, `${step.from}.elsewhere`);
    assert.equal(await recoverStep(step, 'out'), 'nowhere');
    assert.ok(existsSync(`${step.from}.elsewhere`));
  });
});

describe('moving a file', () => {
  it('never takes the place of another', async (t) => {
    const folder = await makeTemporaryFolder(t);
    const [from, to] = [join(folder, 'from'), join(folder, 'to')];
    writeFileSync(from, 'moved');
    writeFileSync(to, 'there');
    await assert.rejects(moveFile(from, to), /something is at .*to already/);
    assert.deepEqual([readFileSync(from, 'utf8'), readFileSync(to, 'utf8')], ['moved', 'there']);
  });
});

describe('what the trash was told', () => {
  it('is taken away whole or half written, and never what another program told it', async (t) => {
    const path = join(await makeTemporaryFolder(t), 'a.jpg.trashinfo');
    const info = { path, text: '[Trash Info]\nPath=/a.jpg\n' };
    for (const text of [info.text, info.text.slice(0, 9)]) {
      writeFileSync(path, text);
      await removeInfo(info);
      assert.ok(!existsSync(path));
    }
    writeFileSync(path, '[Trash Info]\nPath=/b.jpg\n');
    await removeInfo(info);
    assert.ok(existsSync(path));
    rmSync(path);
    await removeInfo(info);
  });
});

describe('a name in the trash', () => {
  it('is short enough for what is written beside it, and another one for each file of a name', async (t) => {
    const folder = await makeTemporaryFolder(t);
    const trash = new TrashPlaces({ HOME: folder });
    const name = `${'ä'.repeat(120)}.jpeg`;
    const path = join(folder, name);
    appendFileSync(path, 'x');
    const place = await trash.of(path);
    const names = new Set<string>();
    for (let n = 0; n < 3; n++) {
      const { file, info } = await trash.choose(place, path, new Date());
      assert.ok(Buffer.byteLength(info.path.slice(info.path.lastIndexOf('/') + 1)) <= 255);
      assert.ok(file.endsWith('.jpeg'));
      names.add(file);
    }
    assert.equal(names.size, 3);
  });
});
