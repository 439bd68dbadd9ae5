import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import { BodyBudget } from '../../src/api/body/body-budget.ts';
import { JobRunner } from '../../src/api/jobs/job-runner.ts';
import { jobSchema } from '../../src/api/jobs/job-schemas.ts';
import { jobsRouter } from '../../src/api/jobs/jobs-router.ts';
import { callerWithScope, type Scope } from '../../src/api/keys/caller.ts';
import { openJobStore } from '../../src/storage/job-store.ts';
import { HeldIndex } from '../support/held-index.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { answerWithCode, serveForTest } from '../support/problem-server.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

async function jobsServer(t: TestContext, scope: Scope = 'admin') {
  const folder = await makeTemporaryFolder(t);
  mkdirSync(join(folder, 'a'));
  mkdirSync(join(folder, 'b'));
  const index = new HeldIndex();
  const store = openJobStore(join(folder, 'jobs.sqlite'));
  const parts = { store, index: index.run, allowedRoots: [folder], logger: keptLogger(), busyRetryMs: 10 };
  const runner = await JobRunner.start(parts);
  t.after(() => runner.close());
  const app = express();
  app.use((_request, response, next) => {
    response.locals['caller'] = callerWithScope('k_test', scope);
    next();
  });
  app.use(
    jobsRouter({
      runner,
      body: { budget: new BodyBudget(1_000_000), maxBytes: 100_000 },
      cannotIndex: null,
      basePath: '',
    }),
  );
  app.use(answerWithCode);
  const url = await serveForTest(t, app);
  const post = (body: unknown, type = 'application/json') =>
    fetch(`${url}/v1/jobs`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const addJob = async (name: string) => {
    const job = jobSchema.parse(await (await post({ roots: [join(folder, name)] })).json());
    return job.id;
  };
  return { folder, store, index, runner, url, post, addJob };
}

interface Answer {
  readonly code: string;
  readonly state: string;
  readonly jobs: ReadonlyArray<{ readonly id: number }>;
  readonly nextCursor: string | null;
}

async function answerOf(response: Response): Promise<Answer> {
  return (await response.json()) as Answer;
}

/** Every event's job, and ids, as a client reads them to the end of the stream. */
async function readEvents(response: Response) {
  const text = await response.text();
  const blocks = text.split('\n\n').filter((block) => block.includes('event: job'));
  return blocks.map((block) => ({
    id: /^id: (.+)$/m.exec(block)?.[1] ?? '',
    job: jobSchema.parse(JSON.parse(/^data: (.+)$/m.exec(block)?.[1] ?? '')),
  }));
}

describe('jobs over HTTP', () => {
  it('makes, shows, lists and cancels jobs', async (t) => {
    const { folder, index, url, post, addJob } = await jobsServer(t);
    const made = await post({ roots: [join(folder, 'a')] });
    const job = jobSchema.parse(await made.json());
    assert.deepEqual([made.status, made.headers.get('location')], [202, `/v1/jobs/${job.id}`]);
    await index.untilBegun(1);
    const second = await addJob('b');
    const page = await answerOf(await fetch(`${url}/v1/jobs?limit=1`));
    assert.deepEqual([page.jobs[0]?.id, page.nextCursor], [second, String(second)]);
    const rest = await answerOf(await fetch(`${url}/v1/jobs?cursor=${page.nextCursor}`));
    assert.deepEqual([rest.jobs.map(({ id }) => id), rest.nextCursor], [[job.id], null]);
    const canceled = await fetch(`${url}/v1/jobs/${second}`, { method: 'DELETE' });
    assert.deepEqual([canceled.status, (await answerOf(canceled)).state], [200, 'canceled']);
    const canceling = await fetch(`${url}/v1/jobs/${job.id}`, { method: 'DELETE' });
    assert.deepEqual([canceling.status, (await answerOf(canceling)).state], [202, 'canceling']);
    await until('it ended', async () => {
      return (await answerOf(await fetch(`${url}/v1/jobs/${job.id}`))).state === 'canceled';
    });
  });

  it('refuses bad bodies, folders, ids and callers', async (t) => {
    const { url, post } = await jobsServer(t);
    const code = async (response: Response) => (await answerOf(response)).code;
    for (const body of ['{', '', '[]', '{}', { roots: [] }, { roots: [1] }, { roots: ['/etc'], more: 1 }]) {
      assert.equal(await code(await post(body)), 'INVALID_INPUT', JSON.stringify(body));
    }
    assert.equal(await code(await post({ roots: ['/etc'] })), 'FORBIDDEN');
    assert.equal(await code(await post('x', 'image/png')), 'FORMAT_UNSUPPORTED');
    for (const path of ['0', '-1', 'x', '1.5', '1e99', '%00', '1%2f..']) {
      assert.equal(await code(await fetch(`${url}/v1/jobs/${path}`)), 'INVALID_INPUT', path);
      assert.equal(await code(await fetch(`${url}/v1/jobs/${path}/events`)), 'INVALID_INPUT', path);
    }
    assert.equal(await code(await fetch(`${url}/v1/jobs/77`)), 'NOT_FOUND');
    assert.equal(await code(await fetch(`${url}/v1/jobs/77/events`)), 'NOT_FOUND');
    assert.equal(await code(await fetch(`${url}/v1/jobs?limit=101`)), 'INVALID_INPUT');
    const writer = await jobsServer(t, 'write');
    assert.equal(await code(await writer.post({ roots: [writer.folder] })), 'FORBIDDEN');
    assert.equal(await code(await fetch(`${writer.url}/v1/jobs`)), 'FORBIDDEN');
  });

  it('sends events until the job ends, the last one its end', async (t) => {
    const { index, url, addJob } = await jobsServer(t);
    const id = await addJob('a');
    await index.untilBegun(1);
    const response = await fetch(`${url}/v1/jobs/${id}/events`);
    assert.equal(response.headers.get('content-type'), 'text/event-stream; charset=utf-8');
    const events = readEvents(response);
    for (let done = 1; done <= 1_000; done++) {
      index.onProgress({ phase: 'embed', done, total: 1_000, failed: 0, failure: null });
    }
    await sleep(300);
    index.release();
    const jobs = (await events).map(({ job }) => job);
    assert.deepEqual(
      jobs.map(({ state, progress }) => [state, progress?.done ?? null]),
      [
        ['running', null],
        ['running', 1_000],
        ['done', null],
      ],
      'a thousand changes at once are told in one event, and nothing is missing at the end',
    );
  });

  it('does not send again what Last-Event-ID says the client has', async (t) => {
    const { index, runner, url, addJob } = await jobsServer(t);
    const id = await addJob('a');
    await index.untilBegun(1);
    index.release();
    await until('it is done', async () => (await runner.get(id)).state === 'done');
    const [last] = await readEvents(await fetch(`${url}/v1/jobs/${id}/events`));
    assert.equal(last?.job.state, 'done');
    const ask = (eventId: string) =>
      fetch(`${url}/v1/jobs/${id}/events`, { headers: { 'last-event-id': eventId } });
    assert.deepEqual(await readEvents(await ask(last?.id ?? '')), []);
    assert.deepEqual(await readEvents(await ask('of another life')), [last]);
  });

  it('ends the streams when the runner closes, and forgets clients that have gone', async (t) => {
    const { index, runner, url, addJob } = await jobsServer(t);
    const id = await addJob('a');
    await index.untilBegun(1);
    const leaving = new AbortController();
    await Promise.all(
      Array.from({ length: 64 }, () => fetch(`${url}/v1/jobs/${id}/events`, { signal: leaving.signal })),
    );
    const refused = await fetch(`${url}/v1/jobs/${id}/events`);
    assert.equal((await answerOf(refused)).code, 'OVERLOADED');
    leaving.abort();
    let staying: Response | undefined;
    await until('there is room again', async () => {
      staying = await fetch(`${url}/v1/jobs/${id}/events`);
      return staying.status === 200;
    });
    const events = readEvents(staying as Response);
    await runner.close();
    assert.equal((await events).at(-1)?.job.state, 'running');
  });

  it('sends a client that did not read for a while the latest, not everything', async (t) => {
    const { index, runner, url, addJob } = await jobsServer(t);
    const id = await addJob('a');
    await index.untilBegun(1);
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    t.after(() => socket.destroy());
    socket.write(`GET /v1/jobs/${id}/events HTTP/1.1\r\nHost: x\r\n\r\n`);
    await new Promise((resolve) => socket.once('data', resolve));
    socket.pause();
    for (let done = 1; done <= 10; done++) {
      index.onProgress({ phase: 'embed', done, total: 10, failed: 0, failure: null });
      await sleep(50);
    }
    index.release();
    await until('it is done', async () => (await runner.get(id)).state === 'done');
    let text = '';
    socket.on('data', (piece) => {
      text += piece;
    });
    socket.resume();
    await until('the end arrives', () => text.includes('"state":"done"'));
    assert.ok(text.split('event: job').length <= 6, 'at most five events a second');
  });

  it('drops a client that does not read the end, and serves on', async (t) => {
    const { store, url } = await jobsServer(t);
    const moreThanBuffersHold = 30_000_000;
    const { id } = await store.add([`/${'x'.repeat(moreThanBuffersHold)}`]);
    await store.change(id, { state: 'done', endedAt: new Date().toISOString() });
    t.mock.timers.enable({ apis: ['setInterval'] });
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    t.after(() => socket.destroy());
    socket.write(`GET /v1/jobs/${id}/events HTTP/1.1\r\nHost: x\r\n\r\n`);
    await new Promise((resolve) => socket.once('readable', resolve));
    t.mock.timers.tick(15_000);
    t.mock.timers.tick(15_000);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    let received = 0;
    socket.on('data', (piece) => {
      received += piece.length;
    });
    socket.on('error', () => {}); // whether it is reset or ended is the system's choice
    await closed;
    assert.ok(received < moreThanBuffersHold, 'what it had not read is gone');
    assert.equal((await fetch(`${url}/v1/jobs/77`)).status, 418);
  });
});
