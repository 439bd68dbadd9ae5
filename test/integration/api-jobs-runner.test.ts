import assert from 'node:assert/strict';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { JobRunner } from '../../src/api/jobs/job-runner.ts';
import { EideticError } from '../../src/domain/errors.ts';
import { openJobStore } from '../../src/storage/job-store.ts';
import { HeldIndex } from '../support/held-index.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

async function workplace(t: TestContext) {
  const folder = await makeTemporaryFolder(t);
  const allowed = join(folder, 'allowed');
  for (const name of ['a', 'b', 'c']) {
    mkdirSync(join(allowed, name), { recursive: true });
  }
  mkdirSync(join(folder, 'secret'));
  const open = (index: HeldIndex) => {
    const logger = keptLogger();
    const store = openJobStore(join(folder, 'jobs.sqlite'));
    const parts = { store, index: index.run, allowedRoots: [allowed], logger, busyRetryMs: 10 };
    return { runner: new JobRunner(parts), logger };
  };
  return { folder, allowed, open };
}

describe('job runner', () => {
  it('runs jobs one after another, oldest first, and keeps what each did', async (t) => {
    const { allowed, open } = await workplace(t);
    const index = new HeldIndex();
    const { runner } = open(index);
    const first = await runner.add([join(allowed, 'a')]);
    const second = await runner.add([join(allowed, 'b')]);
    await index.untilBegun(1);
    assert.deepEqual([runner.get(first.id).state, runner.get(second.id).state], ['running', 'queued']);
    assert.equal(index.running, 1);
    index.onProgress({ phase: 'embed', done: 2, total: 5, failed: 1, failure: null });
    assert.deepEqual(runner.get(first.id).progress, { phase: 'embed', done: 2, total: 5, failed: 1 });
    assert.equal(runner.get(second.id).progress, null);
    index.release();
    await index.untilBegun(2);
    const done = runner.get(first.id);
    assert.deepEqual([done.state, done.outcome?.indexed, done.progress], ['done', 3, null]);
    assert.ok(done.endedAt !== null && done.startedAt !== null);
    index.release();
    await until('the second is done', () => runner.get(second.id).state === 'done');
    assert.deepEqual(index.begun, [[join(allowed, 'a')], [join(allowed, 'b')]]);
    await runner.close();
  });

  it('runs a job that is added at the very moment the last one ends', async (t) => {
    const { allowed, open } = await workplace(t);
    const index = new HeldIndex();
    const { runner } = open(index);
    let job = await runner.add([join(allowed, 'a')]);
    for (let i = 1; i <= 10; i++) {
      await index.untilBegun(i);
      const next = new Promise<typeof job>((resolve, reject) => {
        runner.watch(job.id, () => {
          if (runner.get(job.id).state === 'done') {
            runner.add([join(allowed, 'a')]).then(resolve, reject);
          }
        });
      });
      index.release();
      job = await next;
    }
    await index.untilBegun(11);
    await runner.close();
  });

  it('answers with the job that waits already for the same folders', async (t) => {
    const { allowed, open } = await workplace(t);
    const index = new HeldIndex();
    const { runner } = open(index);
    await runner.add([join(allowed, 'c')]);
    await index.untilBegun(1);
    const first = await runner.add([join(allowed, 'a'), join(allowed, 'b')]);
    const same = await runner.add([join(allowed, 'b'), `${join(allowed, 'a')}/`, join(allowed, 'a')]);
    assert.equal(same.id, first.id);
    const running = await runner.add([join(allowed, 'c')]);
    assert.equal(running.state, 'queued', 'one that runs may be past the folder already');
    await runner.close();
  });

  it('cancels what waits at once and what runs when it has stopped', async (t) => {
    const { allowed, open } = await workplace(t);
    const index = new HeldIndex();
    const { runner } = open(index);
    const running = await runner.add([join(allowed, 'a')]);
    const waiting = await runner.add([join(allowed, 'b')]);
    await index.untilBegun(1);
    assert.equal(runner.cancel(waiting.id).state, 'canceled');
    assert.equal(runner.cancel(running.id).state, 'canceling');
    await until('it has stopped', () => runner.get(running.id).state === 'canceled');
    assert.equal(runner.get(running.id).outcome?.indexed, 3, 'what it had done is told');
    assert.equal(runner.cancel(running.id).state, 'canceled');
    assert.equal(index.begun.length, 1);
    assert.throws(() => runner.cancel(999), { code: 'NOT_FOUND' });
    await runner.close();
  });

  it('goes on after a restart with what ran and what waited, however often it is restarted', async (t) => {
    const { allowed, open } = await workplace(t);
    const before = new HeldIndex();
    const { runner } = open(before);
    const running = await runner.add([join(allowed, 'a')]);
    const waiting = await runner.add([join(allowed, 'b')]);
    await before.untilBegun(1);
    await runner.close();
    for (let restart = 0; restart < 5; restart++) {
      const index = new HeldIndex();
      const { runner: again } = open(index);
      await index.untilBegun(1);
      const { state, attempts } = again.get(running.id);
      assert.deepEqual([state, attempts], ['running', 1], 'a stop in good order is no failed attempt');
      await again.close();
    }
    const index = new HeldIndex();
    const { runner: last } = open(index);
    await index.untilBegun(1);
    index.release();
    await index.untilBegun(2);
    index.release();
    await until('all is done', () => last.get(waiting.id).state === 'done');
    assert.deepEqual(index.begun, [[join(allowed, 'a')], [join(allowed, 'b')]]);
    await last.close();
  });

  it('gives up a job during which the server was killed three times', async (t) => {
    const { folder, allowed, open } = await workplace(t);
    const store = openJobStore(join(folder, 'jobs.sqlite'));
    const { id } = store.add([join(allowed, 'a')]);
    const other = store.add([join(allowed, 'b')]);
    const canceled = store.add([join(allowed, 'c')]);
    store.change(id, { state: 'running', attempts: 3 });
    store.change(other.id, { state: 'running', attempts: 2 });
    store.change(canceled.id, { state: 'canceling', attempts: 1 });
    store.close();
    const index = new HeldIndex();
    const { runner } = open(index);
    await index.untilBegun(1);
    assert.match(runner.get(id).error?.message ?? '', /ended 3 times/);
    assert.deepEqual([runner.get(id).state, runner.get(canceled.id).state], ['failed', 'canceled']);
    assert.deepEqual(index.begun, [[join(allowed, 'b')]]);
    await runner.close();
  });

  it('waits for a busy library, and fails by any other error without ending the rest', async (t) => {
    const { allowed, open } = await workplace(t);
    const index = new HeldIndex();
    const { runner, logger } = open(index);
    const job = await runner.add([join(allowed, 'a')]);
    const next = await runner.add([join(allowed, 'b')]);
    await index.untilBegun(1);
    index.release(new EideticError('CATALOG_BUSY', 'another process'));
    await index.untilBegun(2);
    assert.equal(runner.get(job.id).state, 'running');
    index.release(new EideticError('INVALID_INPUT', 'no files'));
    await index.untilBegun(3);
    assert.deepEqual(runner.get(job.id).error, { code: 'INVALID_INPUT', message: 'no files' });
    index.release(new TypeError('x is not a function'));
    await until('the bug is kept', () => runner.get(next.id).state === 'failed');
    assert.deepEqual(runner.get(next.id).error?.code, 'BUG');
    assert.ok(!JSON.stringify(runner.get(next.id)).includes('not a function'));
    assert.deepEqual(logger.lines, [
      'warn: a job waits until the library can be written to',
      'error: a job ended by a bug',
    ]);
    await runner.close();
  });

  it('refuses folders outside, missing or disguised, all in the same words', async (t) => {
    const { folder, allowed, open } = await workplace(t);
    const { runner } = open(new HeldIndex());
    symlinkSync(join(folder, 'secret'), join(allowed, 'way-out'));
    symlinkSync('/', join(allowed, 'to-root'));
    writeFileSync(join(allowed, 'file'), '');
    mkdirSync(`${allowed}-not`);
    const paths = [
      folder,
      join(folder, 'secret'),
      `${allowed}-not`,
      `${allowed}/../secret`,
      join(allowed, 'way-out'),
      join(allowed, 'to-root', 'etc'),
      join(allowed, 'to-root', 'nothing-here'),
      join(allowed, 'missing'),
      join(allowed, 'file'),
      '/nothing-here',
      `/${'x'.repeat(5_000)}`,
    ];
    for (const path of paths) {
      await assert.rejects(runner.add([join(allowed, 'a'), path]), (error: EideticError) => {
        assert.equal(error.code, 'FORBIDDEN', path);
        assert.match(error.message, /is not there or may not be indexed/);
        return true;
      });
    }
    for (const path of ['allowed/a', '', '.', `${allowed}/a\0`]) {
      await assert.rejects(runner.add([path]), { code: 'INVALID_INPUT' });
    }
    assert.deepEqual(runner.list(10, null), []);
    await runner.close();
  });

  it('looks again where a folder leads when the job is begun', async (t) => {
    const { folder, allowed, open } = await workplace(t);
    const index = new HeldIndex();
    const { runner } = open(index);
    await runner.add([join(allowed, 'a')]);
    const job = await runner.add([join(allowed, 'b')]);
    await index.untilBegun(1);
    rmSync(join(allowed, 'b'), { recursive: true });
    symlinkSync(join(folder, 'secret'), join(allowed, 'b'));
    index.release();
    await until('it was refused', () => runner.get(job.id).state === 'failed');
    assert.equal(runner.get(job.id).error?.code, 'FORBIDDEN');
    assert.equal(index.begun.length, 1);
    await runner.close();
  });

  it('refuses a job that comes while it closes', async (t) => {
    const { allowed, open } = await workplace(t);
    const { runner } = open(new HeldIndex());
    const late = runner.add([join(allowed, 'a')]);
    const closed = runner.close();
    await assert.rejects(late, { code: 'OVERLOADED' });
    await closed;
  });

  it('refuses the job after the hundredth that waits', async (t) => {
    const { allowed, open } = await workplace(t);
    const index = new HeldIndex();
    const { runner } = open(index);
    await runner.add([allowed]);
    await index.untilBegun(1);
    for (let i = 0; i < 100; i++) {
      mkdirSync(join(allowed, `n${i}`));
      await runner.add([join(allowed, `n${i}`)]);
    }
    await assert.rejects(runner.add([join(allowed, 'a')]), { code: 'OVERLOADED' });
    await runner.close();
  });
});
