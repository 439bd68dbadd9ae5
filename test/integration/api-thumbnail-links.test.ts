import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { callerWithScope, LOCAL_CALLER } from '../../src/api/keys/caller.ts';
import { openKeyStore } from '../../src/api/keys/key-store.ts';
import { keyOfLink, thumbnailLinks } from '../../src/api/keys/thumbnail-links.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const MINUTE_MS = 60_000;
const TEN_O_CLOCK = Date.UTC(2026, 0, 1, 10);

async function openKeys(t: TestContext) {
  const folder = join(await makeTemporaryFolder(t), 'keys');
  const keys = openKeyStore(folder);
  const { key } = await keys.add('shop', 'write');
  const caller = callerWithScope(key.id, key.scope);
  const linkAt = async (now: number, id = 7) =>
    (await thumbnailLinks({ keys, basePath: '' }, caller, now))(id);
  return { folder, keys, key, caller, linkAt };
}

function requestOf(link: string, method = 'GET') {
  const { pathname: path, searchParams } = new URL(link, 'http://a.example');
  return { method, path, query: Object.fromEntries(searchParams) };
}

describe('signed links to thumbnails', () => {
  it('are equal within an hour, and hold for one to two hours', async (t) => {
    const { keys, key, linkAt } = await openKeys(t);
    const first = await linkAt(TEN_O_CLOCK);
    const last = await linkAt(TEN_O_CLOCK + 60 * MINUTE_MS - 1);
    assert.equal(first, last);
    assert.notEqual(await linkAt(TEN_O_CLOCK + 60 * MINUTE_MS), first);
    const noon = TEN_O_CLOCK + 120 * MINUTE_MS;
    assert.deepEqual(await keyOfLink(keys, requestOf(first), noon - 1), key);
    assert.equal(await keyOfLink(keys, requestOf(first), noon), null);
  });

  it('hold for any size, and for no other picture, path, method, time or key', async (t) => {
    const { keys, key, linkAt } = await openKeys(t);
    const other = await keys.add('other', 'admin');
    const link = await linkAt(TEN_O_CLOCK);
    const held = async (changed: string, method?: string) =>
      (await keyOfLink(keys, requestOf(changed, method), TEN_O_CLOCK))?.id ?? null;
    assert.equal(await held(link), key.id);
    assert.equal(await held(link, 'HEAD'), key.id);
    assert.equal(await held(`${link}&size=1024`), key.id);
    const signature = /signature=(.*)/.exec(link)?.[1] ?? '';
    const forged = [
      link.replace('/7/', '/8/'),
      link.replace('/thumbnail', '/file'),
      link.replace('/7/thumbnail', '/7/thumbnail/'),
      link.replace(/expires=\d+/, (expires) => `${expires}0`),
      link.replace(/expires=/, 'expires=0'),
      link.replace(/expires=\d+/, 'expires=1e12'),
      link.replace(key.id, other.key.id),
      link.replace(key.id, 'k_000000000000'),
      link.replace(signature, signature.slice(1)),
      link.replace(signature, `${signature}A`),
      link.replace(signature, signature.toLowerCase()),
      link.replace(signature, ''),
      link.replace(/&signature.*/, ''),
    ];
    for (const changed of forged) {
      assert.equal(await held(changed), null, changed);
    }
    for (const method of ['POST', 'DELETE', 'PUT']) {
      assert.equal(await held(link, method), null, method);
    }
    const twice = {
      ...requestOf(link),
      query: { ...requestOf(link).query, signature: [signature, signature] },
    };
    assert.equal(await keyOfLink(keys, twice, TEN_O_CLOCK), null);
  });

  it('outlive the process, and end with their key', async (t) => {
    const { folder, keys, key, linkAt } = await openKeys(t);
    const link = await linkAt(TEN_O_CLOCK);
    const restarted = openKeyStore(folder);
    assert.equal((await keyOfLink(restarted, requestOf(link), TEN_O_CLOCK))?.id, key.id);
    await keys.revoke(key.id);
    assert.equal(await keyOfLink(keys, requestOf(link), TEN_O_CLOCK), null);
    assert.equal(await keyOfLink(openKeyStore(folder), requestOf(link), TEN_O_CLOCK), null);
  });

  it('are not made of sessions, nor without keys', async (t) => {
    const { keys, key, caller } = await openKeys(t);
    const session = await keys.signing(key.id, 'session');
    const link = await keys.signing(key.id, 'thumbnail link');
    assert.notEqual(session?.sign('text'), link?.sign('text'));
    const plain = await thumbnailLinks({ keys: null, basePath: '/eidetic' }, LOCAL_CALLER);
    assert.equal(plain(7), '/eidetic/v1/pictures/7/thumbnail');
    const below = await thumbnailLinks({ keys, basePath: '/eidetic' }, caller);
    assert.match(below(7), /^\/eidetic\/v1\/pictures\/7\/thumbnail\?keyId=k_/);
  });
});
