import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openKeyStore } from '../../src/api/keys/key-store.ts';
import { runScript } from '../support/run-script.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const STORE_MODULE = new URL('../../src/api/keys/key-store.js', import.meta.url).href;

describe('key store', () => {
  it('finds a key by its secret, and no other', async (t) => {
    const store = openKeyStore(join(await makeTemporaryFolder(t), 'keys'));
    const { key, secret } = await store.add('shop', 'write');
    assert.match(secret, /^eid_[\w-]{43}$/);
    assert.deepEqual(await store.find(secret), key);
    assert.equal(key.scope, 'write');
    assert.equal(await store.find(`${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`), null);
    assert.equal(await store.find(''), null);
    assert.equal(await store.find(key.id), null);
  });

  it('keeps neither the secret nor anything readable by others on disk', async (t) => {
    const folder = join(await makeTemporaryFolder(t), 'keys');
    const { key, secret } = await openKeyStore(folder).add('shop', 'read');
    const file = join(folder, `${key.id}.json`);
    assert.ok(!readFileSync(file, 'utf8').includes(secret.slice(4)));
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    assert.deepEqual(readdirSync(folder), [`${key.id}.json`]);
  });

  it('refuses a revoked key, lists it as revoked, and keeps the first date', async (t) => {
    const store = openKeyStore(join(await makeTemporaryFolder(t), 'keys'));
    const { key, secret } = await store.add('shop', 'read');
    const revoked = await store.revoke(key.id);
    assert.notEqual(revoked.revokedAt, null);
    assert.deepEqual(await store.revoke(key.id), revoked);
    assert.deepEqual(await store.list(), [revoked]);
    assert.equal(await store.find(secret), null);
    await assert.rejects(store.revoke('k_000000000000'), { code: 'NOT_FOUND' });
    const again = (await store.add('shop', 'read')).key;
    await assert.rejects(store.revoke('shop'), {
      code: 'NOT_FOUND',
      message: new RegExp(`the name of a key, expected its id.*: ${again.id}\\.$`),
    });
  });

  it('lists nothing, and finds nothing, where no key was ever made', async (t) => {
    const store = openKeyStore(join(await makeTemporaryFolder(t), 'keys'));
    assert.deepEqual(await store.list(), []);
    assert.equal(await store.find('eid_x'), null);
  });

  it('refuses names that would garble a list', async (t) => {
    const store = openKeyStore(join(await makeTemporaryFolder(t), 'keys'));
    for (const name of ['', '  ', 'a\nb', '\u001b[31m', 'x'.repeat(101)]) {
      await assert.rejects(store.add(name, 'read'), { code: 'INVALID_INPUT' });
    }
  });

  it('loses no key when processes add at the same time', async (t) => {
    const folder = join(await makeTemporaryFolder(t), 'keys');
    const script = `const { openKeyStore } = await import(${JSON.stringify(STORE_MODULE)});
      const store = openKeyStore(${JSON.stringify(folder)});
      await Promise.all(Array.from({ length: 20 }, (_, i) => store.add('key ' + i, 'read')));`;
    const results = await Promise.all([runScript(script), runScript(script)]);
    assert.deepEqual(
      results.map(({ exitCode }) => exitCode),
      [0, 0],
    );
    assert.equal((await openKeyStore(folder).list()).length, 40);
  });

  it('notices within two seconds what another store of the folder added and revoked', async (t) => {
    const folder = join(await makeTemporaryFolder(t), 'keys');
    const server = openKeyStore(folder);
    assert.equal(await server.find('eid_warm'), null);
    const first = await openKeyStore(folder).add('one', 'read');
    await sleep(1_100);
    assert.equal((await server.find(first.secret))?.id, first.key.id);
    const second = await openKeyStore(folder).add('two', 'read');
    await openKeyStore(folder).revoke(first.key.id);
    await sleep(1_100);
    assert.equal(await server.find(first.secret), null);
    assert.equal((await server.find(second.secret))?.id, second.key.id);
  });

  it('notices a change in the same tick of the clock in which it last read the folder', async (t) => {
    const folder = join(await makeTemporaryFolder(t), 'keys');
    const tick = Math.floor(Date.now() / 1_000);
    await openKeyStore(folder).add('one', 'read');
    utimesSync(folder, tick, tick);
    const server = openKeyStore(folder);
    assert.equal(await server.find('eid_other'), null);
    const { key, secret } = await openKeyStore(folder).add('two', 'read');
    utimesSync(folder, tick, tick);
    await sleep(1_100);
    assert.deepEqual(await server.find(secret), key);
  });

  it('accepts no key at all while a key file is damaged, for it may be a revoked one', async (t) => {
    const folder = join(await makeTemporaryFolder(t), 'keys');
    const { secret } = await openKeyStore(folder).add('one', 'read');
    writeFileSync(join(folder, 'k_aaaaaaaaaaaa.json'), '{"version":1');
    await assert.rejects(openKeyStore(folder).find(secret), { code: 'CATALOG_DAMAGED', message: /k_aaaa/ });
    await assert.rejects(openKeyStore(folder).list(), { code: 'CATALOG_DAMAGED' });
  });

  it('is not disturbed by what a killed process left half written', async (t) => {
    const folder = join(await makeTemporaryFolder(t), 'keys');
    mkdirSync(folder);
    writeFileSync(join(folder, 'k_aaaaaaaaaaaa.0000.temporary'), '{"ver');
    const store = openKeyStore(folder);
    const { key, secret } = await store.add('one', 'read');
    assert.deepEqual(await store.list(), [key]);
    assert.equal((await store.find(secret))?.id, key.id);
  });
});
