import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import Database from 'better-sqlite3';
import { openJobStore } from '../../src/storage/job-store.ts';
import { jobStoreContract } from '../contract/job-store.contract.ts';
import { runScript } from '../support/run-script.ts';
import { slowJobStore } from '../support/slow-job-store.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const STORE_MODULE = new URL('../../src/storage/job-store.js', import.meta.url).href;

jobStoreContract('SQLite', async (t) => {
  const file = join(await makeTemporaryFolder(t), 'jobs.sqlite');
  return async () => openJobStore(file);
});

jobStoreContract('behind a network', async (t) => {
  const file = join(await makeTemporaryFolder(t), 'jobs.sqlite');
  return async () => slowJobStore(openJobStore(file), 1);
});

describe('jobs in SQLite', () => {
  it('forgets the oldest of more than a thousand ended jobs, and none that has not ended', async (t) => {
    const file = join(await makeTemporaryFolder(t), 'jobs.sqlite');
    const first = openJobStore(file);
    const waiting = await first.add(['/waits']);
    await first.close();
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
    await store.add(['/new']);
    assert.equal((await store.list(5_000, null)).length, 1 + 1_000 + 1);
    assert.notEqual(await store.get(waiting.id), null);
    assert.equal(await store.get(waiting.id + 5), null);
    assert.notEqual(await store.get(waiting.id + 6), null);
  });

  it('belongs to one process at a time, and is free when that one was killed', async (t) => {
    const file = join(await makeTemporaryFolder(t), 'jobs.sqlite');
    const store = openJobStore(file);
    const added = await store.add(['/a']);
    assert.throws(() => openJobStore(file), { code: 'CATALOG_BUSY', message: /another server/ });
    await store.close();
    const { stdout, signal } = await runScript(
      `const { openJobStore } = await import(${JSON.stringify(STORE_MODULE)});
       const store = openJobStore(${JSON.stringify(file)});
       await store.change(${added.id}, { state: 'running', attempts: 1 });
       console.log('changed'); setInterval(() => {}, 1000);`,
      { killAfterMs: 0 },
    );
    assert.deepEqual([stdout.trim(), signal], ['changed', 'SIGKILL']);
    const again = openJobStore(file);
    assert.equal((await again.get(added.id))?.state, 'running');
    await again.close();
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
    await openJobStore(later).close();
    const database = new Database(later);
    database.pragma('user_version = 2');
    database.close();
    assert.throws(() => openJobStore(later), { code: 'CATALOG_TOO_NEW', message: /version 2/ });
  });
});
