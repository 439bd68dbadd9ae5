import assert from 'node:assert/strict';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { JobRunner } from '../../src/api/jobs/job-runner.ts';
import { EideticError } from '../../src/domain/errors.ts';
import { hasEnded, type JobStore } from '../../src/domain/job.ts';
import { openJobStore } from '../../src/storage/job-store.ts';
import { HeldIndex } from '../support/held-index.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { slowJobStore } from '../support/slow-job-store.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

type Wrap = (store: JobStore) => JobStore;

async function workplace(t: TestContext, wrap: Wrap) {
  const folder = await makeTemporaryFolder(t);
  const allowed = join(folder, 'allowed');
  for (const name of ['a', 'b', 'c']) {
    mkdirSync(join(allowed, name), { recursive: true });
  }
  mkdirSync(join(folder, 'secret'));
  /** @param isStoppable whether a run ends when it is asked to */
  const open = async (index: HeldIndex, fault: Wrap = (store) => store, isStoppable = true) => {
    const logger = keptLogger();
    const store = fault(wrap(openJobStore(join(folder, 'jobs.sqlite'))));
    const deaf = new AbortController().signal;
    const run: typeof index.run = (roots, onProgress, signal) =>
      index.run(roots, onProgress, isStoppable ? signal : deaf);
    const parts = { store, index: run, allowedRoots: [allowed], logger, busyRetryMs: 10 };
    return { runner: await JobRunner.start(parts), logger };
  };
  return { folder, allowed, open };
}

async function states(runner: JobRunner, ...jobs: ReadonlyArray<{ readonly id: number }>): Promise<string[]> {
  const views = await Promise.all(jobs.map(({ id }) => runner.get(id)));
  return views.map(({ state }) => state);
}

describe('job runner', () => jobRunnerTests((store) => store));

describe('job runner with its store behind a network', () =>
  jobRunnerTests((store) => slowJobStore(store, 7)));

function jobRunnerTests(wrap: Wrap): void {
  it('runs jobs one after another, oldest first, and keeps what each did', async (t) => {
    const { allowed, open } = await workplace(t, wrap);
    const index = new HeldIndex();
    const { runner } = await open(index);
    const first = await runner.add([join(allowed, 'a')]);
    const second = await runner.add([join(allowed, 'b')]);
    await index.untilBegun(1);
    assert.deepEqual(await states(runner, first, second), ['running', 'queued']);
    assert.equal(index.running, 1);
    index.onProgress({ phase: 'embed', done: 2, total: 5, failed: 1, failure: null });
    assert.deepEqual((await runner.get(first.id)).progress, { phase: 'embed', done: 2, total: 5, failed: 1 });
    assert.equal((await runner.get(second.id)).progress, null);
    index.release();
    await index.untilBegun(2);
    const done = await runner.get(first.id);
    assert.deepEqual([done.state, done.outcome?.indexed, done.progress], ['done', 3, null]);
    assert.ok(done.endedAt !== null && done.startedAt !== null);
    index.release();
    await until('the second is done', async () => (await runner.get(second.id)).state === 'done');
    assert.deepEqual(index.begun, [[join(allowed, 'a')], [join(allowed, 'b')]]);
    await runner.close();
  });

  it('runs a job that is added at the very moment the last one ends', async (t) => {
    const { allowed, open } = await workplace(t, wrap);
    const index = new HeldIndex();
    const { runner } = await open(index);
    let job = await runner.add([join(allowed, 'a')]);
    for (let i = 1; i <= 10; i++) {
      await index.untilBegun(i);
      const next = new Promise<typeof job>((resolve, reject) => {
        const addWhenDone = async () => {
          if ((await runner.get(job.id)).state === 'done') {
            resolve(await runner.add([join(allowed, 'a')]));
          }
        };
        runner.watch(job.id, () => void addWhenDone().catch(reject));
      });
      index.release();
      job = await next;
    }
    await index.untilBegun(11);
    await runner.close();
  });

  it('answers with the job that waits already for the same folders', async (t) => {
    const { allowed, open } = await workplace(t, wrap);
    const index = new HeldIndex();
    const { runner } = await open(index);
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
    const { allowed, open } = await workplace(t, wrap);
    const index = new HeldIndex();
    const { runner } = await open(index);
    const running = await runner.add([join(allowed, 'a')]);
    const waiting = await runner.add([join(allowed, 'b')]);
    await index.untilBegun(1);
    assert.equal((await runner.cancel(waiting.id)).state, 'canceled');
    assert.equal((await runner.cancel(running.id)).state, 'canceling');
    await until('it has stopped', async () => (await runner.get(running.id)).state === 'canceled');
    assert.equal((await runner.get(running.id)).outcome?.indexed, 3, 'what it had done is told');
    assert.equal((await runner.cancel(running.id)).state, 'canceled');
    assert.equal(index.begun.length, 1);
    await assert.rejects(runner.cancel(999), { code: 'NOT_FOUND' });
    await runner.close();
  });

  it('says canceled of a canceled job that came to its end all the same, or failed', async (t) => {
    const { allowed, open } = await workplace(t, wrap);
    for (const error of [
      null,
      new EideticError('STORAGE_FULL', 'the disk is full'),
      new TypeError('a bug'),
    ]) {
      const index = new HeldIndex();
      // As a run that is past its last look at the signal, in the saving of the index.
      const { runner } = await open(index, (store) => store, false);
      const job = await runner.add([join(allowed, 'a')]);
      await index.untilBegun(1);
      index.onProgress({ phase: 'save' });
      assert.equal((await runner.cancel(job.id)).state, 'canceling');
      assert.equal((await runner.cancel(job.id)).state, 'canceling', 'canceled twice');
      index.release(error);
      await until('it has ended', async () => hasEnded(await runner.get(job.id)));
      const ended = await runner.get(job.id);
      assert.deepEqual(
        [ended.state, ended.error, ended.outcome?.indexed],
        ['canceled', null, error === null ? 3 : undefined],
      );
      assert.deepEqual(await runner.cancel(job.id), ended, 'canceled after its end');
      await runner.close();
    }
  });

  it('never begins a canceled job again whose end could not be written down', async (t) => {
    const { allowed, open } = await workplace(t, wrap);
    const index = new HeldIndex();
    let isFull = false;
    const full = new EideticError('STORAGE_FULL', 'the disk is full');
    const { runner, logger } = await open(index, (store) => ({
      ...store,
      change: (id, change) => (isFull ? Promise.reject(full) : store.change(id, change)),
    }));
    const job = await runner.add([join(allowed, 'a')]);
    const other = await runner.add([join(allowed, 'b')]);
    await index.untilBegun(1);
    await runner.cancel(job.id);
    isFull = true;
    await until('it was told', () => logger.lines.includes('error: jobs stopped'));
    isFull = false;
    assert.equal((await runner.get(job.id)).state, 'canceling');
    const third = await runner.add([join(allowed, 'c')]);
    await index.untilBegun(2);
    assert.deepEqual(await states(runner, job, other, third), ['canceled', 'running', 'queued']);
    assert.deepEqual(index.begun[1], [join(allowed, 'b')]);
    await runner.close();
  });

  it('cancels a job at once that is not being done, though its end was never written down', async (t) => {
    const { allowed, open } = await workplace(t, wrap);
    const index = new HeldIndex();
    const faults = [new EideticError('STORAGE_FULL', 'the disk is full')];
    const { runner, logger } = await open(index, (store) => ({
      ...store,
      change: (id, change) => {
        const fault = change.state === 'done' ? faults.pop() : undefined;
        return fault === undefined ? store.change(id, change) : Promise.reject(fault);
      },
    }));
    const job = await runner.add([join(allowed, 'a')]);
    await index.untilBegun(1);
    index.release();
    await until('it was told', () => logger.lines.includes('error: jobs stopped'));
    assert.equal((await runner.cancel(job.id)).state, 'canceled');
    assert.equal((await runner.cancel(job.id)).state, 'canceled');
    await runner.close();
  });

  it('goes on after a restart with what ran and what waited, however often it is restarted', async (t) => {
    const { allowed, open } = await workplace(t, wrap);
    const before = new HeldIndex();
    const { runner } = await open(before);
    const running = await runner.add([join(allowed, 'a')]);
    const waiting = await runner.add([join(allowed, 'b')]);
    await before.untilBegun(1);
    await runner.close();
    for (let restart = 0; restart < 5; restart++) {
      const index = new HeldIndex();
      const { runner: again } = await open(index);
      await index.untilBegun(1);
      const { state, attempts } = await again.get(running.id);
      assert.deepEqual([state, attempts], ['running', 1], 'a stop in good order is no failed attempt');
      await again.close();
    }
    const index = new HeldIndex();
    const { runner: last } = await open(index);
    await index.untilBegun(1);
    index.release();
    await index.untilBegun(2);
    index.release();
    await until('all is done', async () => (await last.get(waiting.id)).state === 'done');
    assert.deepEqual(index.begun, [[join(allowed, 'a')], [join(allowed, 'b')]]);
    await last.close();
  });

  it('gives up a job during which the server was killed three times', async (t) => {
    const { folder, allowed, open } = await workplace(t, wrap);
    const store = openJobStore(join(folder, 'jobs.sqlite'));
    const { id } = await store.add([join(allowed, 'a')]);
    const other = await store.add([join(allowed, 'b')]);
    const canceled = await store.add([join(allowed, 'c')]);
    await store.change(id, { state: 'running', attempts: 3 });
    await store.change(other.id, { state: 'running', attempts: 2 });
    await store.change(canceled.id, { state: 'canceling', attempts: 1 });
    await store.close();
    const index = new HeldIndex();
    const { runner } = await open(index);
    await index.untilBegun(1);
    assert.match((await runner.get(id)).error?.message ?? '', /ended 3 times/);
    assert.deepEqual(await states(runner, { id }, canceled), ['failed', 'canceled']);
    assert.deepEqual(index.begun, [[join(allowed, 'b')]]);
    await runner.close();
  });

  it('waits for a busy library, and fails by any other error without ending the rest', async (t) => {
    const { allowed, open } = await workplace(t, wrap);
    const index = new HeldIndex();
    const { runner, logger } = await open(index);
    const job = await runner.add([join(allowed, 'a')]);
    const next = await runner.add([join(allowed, 'b')]);
    await index.untilBegun(1);
    const phases: unknown[] = [];
    const note = async () => phases.push((await runner.get(job.id)).progress?.phase);
    runner.watch(job.id, () => void note());
    index.release(new EideticError('CATALOG_BUSY', 'another process'));
    await index.untilBegun(2);
    assert.equal((await runner.get(job.id)).state, 'running');
    await until('it says that it waits', () => phases.includes('wait'));
    index.release(new EideticError('INVALID_INPUT', 'no files'));
    await index.untilBegun(3);
    assert.deepEqual((await runner.get(job.id)).error, { code: 'INVALID_INPUT', message: 'no files' });
    index.release(new TypeError('x is not a function'));
    await until('the bug is kept', async () => (await runner.get(next.id)).state === 'failed');
    assert.deepEqual((await runner.get(next.id)).error?.code, 'BUG');
    assert.ok(!JSON.stringify(await runner.get(next.id)).includes('not a function'));
    assert.deepEqual(logger.lines, [
      'warn: a job waits until the library can be written to',
      'error: a job ended by a bug',
    ]);
    await runner.close();
  });

  it('refuses folders outside, missing or disguised, all in the same words', async (t) => {
    const { folder, allowed, open } = await workplace(t, wrap);
    const { runner } = await open(new HeldIndex());
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
    assert.deepEqual(await runner.list(10, null), []);
    await runner.close();
  });

  it('looks again where a folder leads when the job is begun', async (t) => {
    const { folder, allowed, open } = await workplace(t, wrap);
    const index = new HeldIndex();
    const { runner } = await open(index);
    await runner.add([join(allowed, 'a')]);
    const job = await runner.add([join(allowed, 'b')]);
    await index.untilBegun(1);
    rmSync(join(allowed, 'b'), { recursive: true });
    symlinkSync(join(folder, 'secret'), join(allowed, 'b'));
    index.release();
    await until('it was refused', async () => (await runner.get(job.id)).state === 'failed');
    assert.equal((await runner.get(job.id)).error?.code, 'FORBIDDEN');
    assert.equal(index.begun.length, 1);
    await runner.close();
  });

  it('refuses a job that comes while it closes', async (t) => {
    const { allowed, open } = await workplace(t, wrap);
    const { runner } = await open(new HeldIndex());
    const late = runner.add([join(allowed, 'a')]);
    const closed = runner.close();
    await assert.rejects(late, { code: 'OVERLOADED' });
    await closed;
  });

  it('lets a hundred jobs wait and refuses the others, also when all come at once', async (t) => {
    const { allowed, open } = await workplace(t, wrap);
    const index = new HeldIndex();
    const { runner } = await open(index);
    await runner.add([allowed]);
    await index.untilBegun(1);
    const folders = Array.from({ length: 103 }, (_, i) => join(allowed, `n${i}`));
    for (const folder of folders) {
      mkdirSync(folder);
    }
    const answers = await Promise.allSettled(folders.map((folder) => runner.add([folder])));
    const refused = answers.filter((answer) => answer.status === 'rejected');
    assert.deepEqual(
      refused.map(({ reason }) => (reason as EideticError).code),
      ['OVERLOADED', 'OVERLOADED', 'OVERLOADED'],
    );
    await runner.close();
  });

  it('makes one job of equal ones that come at once', async (t) => {
    const { allowed, open } = await workplace(t, wrap);
    const index = new HeldIndex();
    const { runner } = await open(index);
    await runner.add([join(allowed, 'c')]);
    await index.untilBegun(1);
    const roots = [join(allowed, 'a'), join(allowed, 'b')];
    const same = await Promise.all([
      runner.add(roots),
      runner.add(roots),
      runner.add(roots.toReversed()),
      runner.add([...roots, ...roots]),
    ]);
    assert.deepEqual(
      same.map(({ id }) => id),
      same.map(() => same[0]?.id),
    );
    assert.equal((await runner.list(10, null)).length, 2);
    await runner.close();
  });

  it('runs a job that comes while it looks for the next one', async (t) => {
    const { allowed, open } = await workplace(t, wrap);
    const index = new HeldIndex();
    const { runner } = await open(index);
    await runner.add([join(allowed, 'a')]);
    for (let delayMs = 0; delayMs < 20; delayMs++) {
      await index.untilBegun(delayMs + 1);
      index.release();
      await sleep(delayMs);
      await runner.add([join(allowed, 'b')]);
      await until('it is begun', () => index.begun.length === delayMs + 2);
    }
    await runner.close();
  });

  it('never begins a job that it says is canceled, however close to its beginning that was', async (t) => {
    const { allowed, open } = await workplace(t, wrap);
    for (let delayMs = 0; delayMs < 20; delayMs++) {
      const index = new HeldIndex();
      const { runner } = await open(index);
      await runner.add([join(allowed, 'a')]);
      await index.untilBegun(1);
      const job = await runner.add([join(allowed, 'b')]);
      index.release();
      await sleep(delayMs);
      const { state } = await runner.cancel(job.id);
      await until('it has ended', async () => hasEnded(await runner.get(job.id)));
      await runner.close();
      const { runner: next } = await open(new HeldIndex());
      assert.deepEqual(await states(next, job), ['canceled']);
      assert.deepEqual([state, index.begun.length], state === 'canceled' ? [state, 1] : ['canceling', 2]);
      await next.close();
    }
  });

  it('keeps a job that comes while it closes for the next runner, or refuses it', async (t) => {
    const { allowed, open } = await workplace(t, wrap);
    const taken: number[] = [];
    const loggers: Array<ReturnType<typeof keptLogger>> = [];
    for (let delayMs = 0; delayMs < 20; delayMs++) {
      const index = new HeldIndex();
      const { runner, logger } = await open(index);
      loggers.push(logger);
      const folder = join(allowed, `n${delayMs}`);
      mkdirSync(folder);
      const adding = runner.add([folder]).then(
        ({ id }) => taken.push(id),
        (error: EideticError) => assert.equal(error.code, 'OVERLOADED'),
      );
      await sleep(delayMs);
      await Promise.all([runner.close(), adding]);
      assert.equal(index.running, 0);
    }
    const { runner } = await open(new HeldIndex());
    const kept = (await runner.list(100, null)).map(({ id }) => id);
    assert.deepEqual(kept.toReversed(), taken);
    await runner.close();
    assert.deepEqual(
      loggers.flatMap(({ lines }) => lines),
      [],
      'nothing was begun after the store was closed',
    );
  });

  it('answers nothing more when it was closed, and closes once', async (t) => {
    const { allowed, open } = await workplace(t, wrap);
    const { runner } = await open(new HeldIndex());
    const { id } = await runner.add([join(allowed, 'a')]);
    await Promise.all([runner.close(), runner.close()]);
    await runner.close();
    await assert.rejects(runner.get(id), { code: 'CATALOG_CLOSED' });
    await assert.rejects(runner.list(1, null), { code: 'CATALOG_CLOSED' });
    await assert.rejects(runner.cancel(id), { code: 'CATALOG_CLOSED' });
    await assert.rejects(runner.add([join(allowed, 'a')]), { code: 'OVERLOADED' });
  });

  it('frees the jobs when it cannot start', async (t) => {
    const { open } = await workplace(t, wrap);
    const damaged = new EideticError('CATALOG_DAMAGED', 'the jobs cannot be read');
    const failing = open(new HeldIndex(), (store) => ({
      ...store,
      unfinished: () => Promise.reject(damaged),
    }));
    await assert.rejects(failing, damaged);
    const { runner } = await open(new HeldIndex());
    await runner.close();
  });

  it('begins a job that could not be written down again when the next one comes', async (t) => {
    const { allowed, open } = await workplace(t, wrap);
    const index = new HeldIndex();
    const faults = [new EideticError('STORAGE_FULL', 'the disk is full')];
    const { runner, logger } = await open(index, (store) => ({
      ...store,
      change: async (id, change) => {
        const fault = faults.pop();
        return fault === undefined ? store.change(id, change) : Promise.reject(fault);
      },
    }));
    const first = await runner.add([join(allowed, 'a')]);
    await until('it was told', () => logger.lines.includes('error: jobs stopped'));
    assert.deepEqual(await states(runner, first), ['queued']);
    const second = await runner.add([join(allowed, 'b')]);
    await index.untilBegun(1);
    assert.deepEqual(await states(runner, first, second), ['running', 'queued']);
    await runner.close();
  });

  it('goes on with a job that came meanwhile when the one before could not be written down', async (t) => {
    const { allowed, open } = await workplace(t, wrap);
    const index = new HeldIndex();
    const faults = [new EideticError('STORAGE_FULL', 'the disk is full')];
    const { runner, logger } = await open(index, (store) => ({
      ...store,
      change: async (id, change) => {
        const fault = change.state === 'done' ? faults.pop() : undefined;
        return fault === undefined ? store.change(id, change) : Promise.reject(fault);
      },
    }));
    const first = await runner.add([join(allowed, 'a')]);
    await index.untilBegun(1);
    const second = await runner.add([join(allowed, 'b')]);
    index.release();
    await until('the first is begun again', () => index.begun.length === 2);
    assert.deepEqual(logger.lines, ['error: jobs stopped']);
    index.release();
    await until('the second is begun', () => index.begun.length === 3);
    assert.deepEqual(await states(runner, first, second), ['done', 'running']);
    await runner.close();
  });
}
