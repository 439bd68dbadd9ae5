import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import Database from 'better-sqlite3';
import { openJobStore } from '../../src/storage/job-store.ts';
import { runScript } from '../support/run-script.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const STORE_MODULE = new URL('../../src/storage/job-store.js', import.meta.url).href;
const ENDED_AT = '2024-05-01T10:00:00.000Z';

describe('job store', () => {
  it('gives back what was put in, also after it was opened again', async (t) => {
    const file = join(await makeTemporaryFolder(t), 'jobs.sqlite');
    const store = openJobStore(file);
    const added = store.add(['/a', '/b "c"']);
    assert.equal(added.state, 'queued');
    assert.deepEqual(added.roots, ['/a', '/b "c"']);
    const error = { code: 'FORBIDDEN', message: 'no' } as const;
    const failed = store.change(added.id, { state: 'failed', endedAt: ENDED_AT, error });
    store.close();
    const again = openJobStore(file);
    assert.deepEqual(again.get(added.id), failed);
    assert.deepEqual(failed, { ...added, state: 'failed', endedAt: ENDED_AT, error });
    again.close();
  });

  it('lists the latest first, a page at a time, and what has not ended oldest first', async (t) => {
    const store = openJobStore(join(await makeTemporaryFolder(t), 'jobs.sqlite'));
    t.after(() => store.close());
    const ids = ['/1', '/2', '/3', '/4'].map((root) => store.add([root]).id);
    assert.deepEqual(
      store.list(3, null).map(({ id }) => id),
      ids.slice(1).reverse(),
    );
    assert.deepEqual(
      store.list(3, ids[1] as number).map(({ id }) => id),
      [ids[0]],
    );
    store.change(ids[1] as number, { state: 'done', endedAt: ENDED_AT });
    assert.deepEqual(
      store.unfinished().map(({ id }) => id),
      [ids[0], ids[2], ids[3]],
    );
  });

  it('forgets the oldest of more than a thousand ended jobs, and none that has not ended', async (t) => {
    const file = join(await makeTemporaryFolder(t), 'jobs.sqlite');
    const first = openJobStore(file);
    const waiting = first.add(['/waits']);
    first.close();
    const database = new Database(file);
    const insert = database.prepare(
      `INSERT INTO jobs (roots, state, attempts, created_at, ended_at) VALUES ('[]', 'done', 1, '', '')`,
    );
    database.transaction(() => {
      for (let i = 0; i < 1_005; i++) insert.run();
    })();
    database.close();
    const store = openJobStore(file);
    t.after(() => store.close());
    store.add(['/new']);
    assert.equal(store.list(5_000, null).length, 1 + 1_000 + 1);
    assert.notEqual(store.get(waiting.id), null);
    assert.equal(store.get(waiting.id + 5), null);
    assert.notEqual(store.get(waiting.id + 6), null);
  });

  it('belongs to one process at a time, and is free when that one was killed', async (t) => {
    const file = join(await makeTemporaryFolder(t), 'jobs.sqlite');
    const store = openJobStore(file);
    const added = store.add(['/a']);
    assert.throws(() => openJobStore(file), { code: 'CATALOG_BUSY', message: /another server/ });
    store.close();
    const { stdout, signal } = await runScript(
      `const { openJobStore } = await import(${JSON.stringify(STORE_MODULE)});
       const store = openJobStore(${JSON.stringify(file)});
       store.change(${added.id}, { state: 'running', attempts: 1 });
       console.log('changed'); setInterval(() => {}, 1000);`,
      { killAfterMs: 0 },
    );
    assert.deepEqual([stdout.trim(), signal], ['changed', 'SIGKILL']);
    const again = openJobStore(file);
    assert.equal(again.get(added.id)?.state, 'running');
    again.close();
  });

  it('refuses files of others and of later versions', async (t) => {
    const folder = await makeTemporaryFolder(t);
    const other = join(folder, 'other.sqlite');
    new Database(other).exec('CREATE TABLE mine (x)').close();
    assert.throws(() => openJobStore(other), { code: 'CATALOG_DAMAGED' });
    const garbage = join(folder, 'garbage.sqlite');
    writeFileSync(garbage, 'this is no database at all'.repeat(100));
    assert.throws(() => openJobStore(garbage), { code: 'CATALOG_DAMAGED' });
    const later = join(folder, 'later.sqlite');
    openJobStore(later).close();
    const database = new Database(later);
    database.pragma('user_version = 2');
    database.close();
    assert.throws(() => openJobStore(later), { code: 'CATALOG_TOO_NEW', message: /version 2/ });
  });

  it('refuses to change a job that is not there', async (t) => {
    const store = openJobStore(join(await makeTemporaryFolder(t), 'jobs.sqlite'));
    t.after(() => store.close());
    assert.throws(() => store.change(7, { state: 'done' }), { code: 'NOT_FOUND' });
    assert.equal(store.get(7), null);
  });
});
