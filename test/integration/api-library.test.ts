import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openKeyStore } from '../../src/api/keys/key-store.ts';
import { createEideticClient, type EideticClient } from '../../src/client/eidetic-client.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('the library over HTTP', () => {
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  let app: ServedApp;
  let admin: EideticClient;
  let reader: EideticClient;

  before(async () => {
    mkdirSync(pictures);
    const jpeg = await drawNumbered(77).jpeg().toBuffer();
    writeFileSync(join(pictures, 'once.jpg'), jpeg);
    writeFileSync(join(pictures, 'again.jpg'), jpeg);
    writeFileSync(join(pictures, 'broken.jpg'), jpeg.subarray(0, 400));
    writeFileSync(join(pictures, 'notes.txt'), 'no picture');
    const keys = openKeyStore(join(folder, 'library', 'keys'));
    const secrets = [(await keys.add('all', 'admin')).secret, (await keys.add('look', 'read')).secret];
    app = await serveApp(folder, 4, { allowIndex: [pictures], requireKey: true });
    [admin, reader] = secrets.map((key) => createEideticClient({ address: app.address, key })) as [
      EideticClient,
      EideticClient,
    ];
  });
  after(() => app.close());

  const look = async () => (await admin.roots()).roots[0]?.look;
  const runJob = async () => {
    const { id } = await admin.addJob(pictures);
    for await (const _ of admin.watchJob(id)) {
      // to its end
    }
    return id;
  };

  it('tells what it holds and where it lies, to who may know', async () => {
    const { models, freeBytes, bytes, ...rest } = await admin.library();
    assert.deepEqual(rest, {
      ...{ pictures: 5, files: 6, failures: 1, unsupported: 0, others: 1, failedSince: 0 },
      ...{ isReadOnly: false, path: join(folder, 'library'), mayIndex: [pictures] },
    });
    assert.ok(bytes > 1_000 && (freeBytes ?? 0) > 0);
    const { spaces } = await admin.spaces();
    assert.deepEqual(
      models.map(({ key, isInUse, pictures: described }) => [key, isInUse, described]),
      [[spaces[0]?.modelKey, true, 5]],
    );
    assert.ok((models[0]?.inputWidth ?? 0) > 0 && models[0]?.title !== '');
  });

  it('tells no place, no room and no folder to a key that may only read', async () => {
    const { path, freeBytes, mayIndex, pictures: count } = await reader.library();
    assert.deepEqual([path, freeBytes, mayIndex, count], [null, null, [], 5]);
    assert.deepEqual(
      (await reader.roots()).roots.map((root) => [root.path, root.mayIndex]),
      [['pictures', false]],
    );
  });

  it('tells of each folder whether it can be seen, and whether its last job came to an end', async () => {
    const [root] = (await admin.roots()).roots;
    assert.deepEqual(
      [root?.look, root?.openJob, root?.mayIndex],
      [{ state: 'there', reason: null }, null, true],
    );
    const held = join(folder, 'held');
    renameSync(pictures, held);
    assert.deepEqual(await look(), { state: 'away', reason: 'it is not there' });
    mkdirSync(pictures);
    assert.deepEqual(await look(), { state: 'empty', reason: null });
    rmSync(pictures, { recursive: true });
    renameSync(held, pictures);
    assert.deepEqual(await look(), { state: 'there', reason: null });

    const lock = await app.library.lock.acquire('run');
    const waiting = await admin.addJob(pictures);
    const open = (await admin.roots()).roots[0]?.openJob;
    assert.equal(open?.id, waiting.id);
    await admin.cancelJob(waiting.id);
    for await (const _ of admin.watchJob(waiting.id)) {
      // to its end
    }
    assert.deepEqual((await admin.roots()).roots[0]?.openJob, { id: waiting.id, state: 'canceled' });
    await lock.release();
    const id = await runJob();
    const [done] = (await admin.roots()).roots;
    assert.deepEqual([done?.openJob, done?.lastJob?.id], [null, id]);
  });

  it('counts a file that had a picture and cannot be read any more in two places, and says so', async () => {
    writeFileSync(join(pictures, 'once.jpg'), 'overwritten');
    await runJob();
    const { files, failures, others, failedSince } = await admin.library();
    assert.deepEqual([files, failures + others, failedSince], [6, 3, 1]);
    assert.equal((await admin.roots()).roots[0]?.failedSince, 1);
  });
});
