import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { applyPlan } from '../../src/apply/apply-plan.ts';
import type { ApplyReport } from '../../src/apply/apply-report.ts';
import { journalPath } from '../../src/apply/journal.ts';
import { undoPlan } from '../../src/apply/undo-plan.ts';
import type { PlanAction } from '../../src/curation/plan.ts';
import { type DroppingPlan, makeDroppingPlan, NO_LISTING } from '../support/dropping-plan.ts';
import { killingCalls } from '../support/killing-calls.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { makeTemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';
import { treeContent } from '../support/tree-content.ts';

const PROGRAM = fileURLToPath(new URL('../support/carry-out.js', import.meta.url));

/** Files of a plan: more than are written down together. */
const FILES = 70;
const KILLS = 8;

interface Ended {
  readonly wasKilled: boolean;
  readonly report: ApplyReport | null;
}

describe('a plan that is killed while it is carried out', () => {
  const kill = killingCalls(temporaryFolder());
  const { signal } = new AbortController();

  function run(words: readonly string[], home: string, environment: Record<string, string>): Ended {
    const { signal, stdout, stderr, status } = spawnSync(process.execPath, [PROGRAM, ...words], {
      env: { PATH: process.env['PATH'], HOME: home, ...environment },
      encoding: 'utf8',
    });
    assert.ok(signal === 'SIGKILL' || status === 0, stderr);
    return { wasKilled: signal === 'SIGKILL', report: status === 0 ? JSON.parse(stdout) : null };
  }

  /** Runs it again and again, killed each time a random number of changes later, and at last to its end. */
  function runKilled(words: readonly string[], folder: string, seed: number): ApplyReport {
    assert.ok(kill);
    const random = seededRandom(seed);
    let kills = 0;
    for (let n = 0; n < KILLS; n++) {
      const { report } = run(words, join(folder, 'home'), kill(1 + Math.floor(random() * 60)));
      if (report !== null) {
        assert.ok(kills > 1, `killed ${kills} times`);
        return report;
      }
      kills++;
    }
    const { report } = run(words, join(folder, 'home'), {});
    assert.ok(report);
    return report;
  }

  async function killAndFinish(test: { after(work: () => void): void }, action: PlanAction, seed: number) {
    const folder = await makeTemporaryFolder(test);
    const plan = makeDroppingPlan(folder, FILES, action);
    const before = treeContent(plan.root);
    const report = runKilled(['apply', plan.path, plan.library, plan.root], folder, seed);
    assert.deepEqual(report.left, []);
    return { folder, plan, before };
  }

  function assertAllDropped({ root, actions }: DroppingPlan, before: readonly string[]): void {
    const dropped = new Set(actions.map(({ drop }) => drop.path.slice(root.length + 1)));
    const nameOf = (line: string) => line.split(' ')[0] as string;
    const isFile = (line: string) => !line.endsWith('folder');
    assert.deepEqual(
      treeContent(root).filter(isFile),
      before.filter((line) => isFile(line) && !dropped.has(nameOf(line))),
    );
  }

  for (const action of ['trash', 'move'] as const) {
    it(`ends as one that was not, and is taken back to the last bit: ${action}`, async (t) => {
      if (kill === null) {
        return t.skip('there is no C compiler, so nothing was killed');
      }
      const { folder, plan, before } = await killAndFinish(t, action, 5);
      assertAllDropped(plan, before);
      const report = runKilled(['undo', journalPath(plan.library, plan.header.planId)], folder, 6);
      assert.deepEqual(report.left, []);
      assert.deepEqual(treeContent(plan.root), before);
    });
  }

  it('ends as one that was not, and is taken back to the last bit: hardlink', async (t) => {
    if (kill === null) {
      return t.skip('there is no C compiler, so nothing was killed');
    }
    const { folder, plan, before } = await killAndFinish(t, 'hardlink', 7);
    const report = runKilled(['undo', journalPath(plan.library, plan.header.planId)], folder, 8);
    assert.deepEqual(report.left, []);
    assert.deepEqual(treeContent(plan.root), before);
  });

  it('has written down what it does before it does it, whatever call it is killed before', async (t) => {
    if (kill === null) {
      return t.skip('there is no C compiler, so nothing was killed');
    }
    const counted = await makeTemporaryFolder(t);
    const whole = makeDroppingPlan(counted, 3);
    const countInto = join(counted, 'count');
    run(['apply', whole.path, whole.library, whole.root], join(counted, 'home'), kill(null, countInto));
    const calls = Number(readFileSync(countInto, 'utf8'));
    assert.ok(calls > 20, `${calls} calls were counted`);
    for (let killAt = 1; killAt <= calls; killAt += 2) {
      const folder = await makeTemporaryFolder(t);
      const plan = makeDroppingPlan(folder, 3);
      const before = treeContent(plan.root);
      const words = ['apply', plan.path, plan.library, plan.root];
      const { wasKilled } = run(words, join(folder, 'home'), kill(killAt));
      assert.ok(wasKilled, `not killed before call ${killAt} of ${calls}`);
      const report = await applyPlan(plan.path, plan.parts, () => {}, signal);
      assert.deepEqual(report.left, [], `killed before call ${killAt}`);
      assertAllDropped(plan, before);
      await undoPlan(report.journal, NO_LISTING, () => {}, signal);
      assert.deepEqual(treeContent(plan.root), before, `killed before call ${killAt}`);
      assert.deepEqual(treeContent(join(folder, 'home')).length, 1, 'what was made for the trash is gone');
    }
  });
});
