import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { drawPictureFolder } from '../support/picture-folder.ts';
import { serveApp } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

interface Job {
  readonly id: number;
  readonly state: string;
}

const PICTURES = 24;
const ENDS = ['done', 'failed', 'canceled'];

it('a job that was told that it will be canceled is canceled, whatever it was at, and what it had finished is kept', async () => {
  const folder = temporaryFolder();
  const more = join(folder, 'more');
  await drawPictureFolder(more, PICTURES);
  const app = await serveApp(folder, 1, { allowIndex: [folder] });
  const ask = async (path: string, method: string, body?: unknown) => {
    const response = await fetch(app.address + path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return { status: response.status, job: (await response.json()) as Job };
  };
  const untilEnded = async (id: number): Promise<string> => {
    let state = '';
    await until('the job has ended', async () => {
      state = (await ask(`/v1/jobs/${id}`, 'GET')).job.state;
      return ENDS.includes(state);
    });
    return state;
  };
  const start = async () => (await ask('/v1/jobs', 'POST', { roots: [more] })).job.id;
  try {
    for (const delayMs of [0, 3, 10, 40, 120, 300]) {
      const id = await start();
      await sleep(delayMs);
      const canceled = await ask(`/v1/jobs/${id}`, 'DELETE');
      const ended = await untilEnded(id);
      assert.equal(ended, canceled.status === 202 ? 'canceled' : canceled.job.state, `after ${delayMs} ms`);
    }
    assert.equal(await untilEnded(await start()), 'done');
    const { pictures } = await app.library.catalog.pictures.counts();
    assert.equal(pictures, PICTURES); // the first one is among them
  } finally {
    await app.close();
  }
  assert.deepEqual(app.errors, []);
});
