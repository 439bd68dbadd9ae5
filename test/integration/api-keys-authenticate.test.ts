import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import express from 'express';
import { authenticate, requireScope } from '../../src/api/keys/authenticate.ts';
import { callerOf } from '../../src/api/keys/caller.ts';
import { openKeyStore } from '../../src/api/keys/key-store.ts';
import { answerWithCode, serveForTest } from '../support/problem-server.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

async function guardedServer(t: TestContext, { required = true, withStore = true } = {}) {
  const store = openKeyStore(join(await makeTemporaryFolder(t), 'keys'));
  const app = express();
  app.use(authenticate(withStore ? store : null, { required }));
  for (const scope of ['read', 'write', 'admin'] as const) {
    app.get(`/${scope}`, requireScope(scope), (_request, response) => {
      response.json(callerOf(response).id);
    });
  }
  app.use(answerWithCode);
  const url = await serveForTest(t, app);
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(url + path, { headers });
    const body = (await response.json()) as { code?: string };
    const challenge = response.headers.get('www-authenticate');
    return { status: response.status, body, code: body.code, challenge };
  };
  return { store, ask };
}

describe('authentication', () => {
  it('accepts a key as bearer and as X-Api-Key', async (t) => {
    const { store, ask } = await guardedServer(t);
    const { key, secret } = await store.add('one', 'read');
    for (const headers of [
      { authorization: `Bearer ${secret}` },
      { authorization: `bearer  ${secret}` },
      { 'x-api-key': secret },
      { authorization: `Bearer ${secret}`, 'x-api-key': secret },
    ]) {
      const { status, body, challenge } = await ask('/read', headers);
      assert.deepEqual({ status, body, challenge }, { status: 200, body: key.id, challenge: null });
    }
  });

  it('refuses every other way to come, with a challenge and without saying why', async (t) => {
    const { store, ask } = await guardedServer(t);
    const { secret } = await store.add('one', 'admin');
    const revoked = await store.add('two', 'admin');
    await store.revoke(revoked.key.id);
    const cases: Record<string, string>[] = [
      {},
      { authorization: '' },
      { authorization: 'Bearer' },
      { authorization: secret },
      { authorization: `Basic ${btoa(`x:${secret}`)}` },
      { authorization: `Bearer ${secret} ${secret}` },
      { authorization: `Bearer ${secret}x` },
      { authorization: `Bearer ${secret.slice(4)}` },
      { authorization: `Bearer ${revoked.secret}` },
      { authorization: `Bearer ${secret}`, 'x-api-key': revoked.secret },
      { authorization: 'Basic eDp5', 'x-api-key': secret },
      { 'x-api-key': `${secret}, ${secret}` },
      { 'x-api-key': 'x'.repeat(4_000) },
      { cookie: `key=${secret}` },
    ];
    for (const headers of cases) {
      const { code, challenge } = await ask('/read', headers);
      assert.deepEqual(
        [code, challenge],
        ['UNAUTHORIZED', 'Bearer realm="eidetic"'],
        JSON.stringify(headers),
      );
    }
    assert.equal((await ask(`/read?key=${secret}`)).code, 'UNAUTHORIZED');
  });

  it('lets a scope do what it includes and nothing more', async (t) => {
    const { store, ask } = await guardedServer(t);
    const order = ['read', 'write', 'admin'] as const;
    for (const [held, scope] of order.entries()) {
      const { secret } = await store.add(scope, scope);
      for (const [needed, path] of order.entries()) {
        const { status, code } = await ask(`/${path}`, { authorization: `Bearer ${secret}` });
        assert.deepEqual([status, code], needed <= held ? [200, undefined] : [418, 'FORBIDDEN']);
      }
    }
  });

  it('lets the local caller do everything when no key is required, but still refuses a wrong key', async (t) => {
    const { ask } = await guardedServer(t, { required: false });
    assert.equal((await ask('/admin')).body, 'local');
    assert.equal((await ask('/read', { 'x-api-key': 'eid_wrong' })).code, 'UNAUTHORIZED');
  });

  it('refuses everybody when keys are required and there is no store', async (t) => {
    const { ask } = await guardedServer(t, { withStore: false });
    assert.equal((await ask('/read')).code, 'UNAUTHORIZED');
    assert.equal((await ask('/read', { 'x-api-key': 'eid_any' })).code, 'UNAUTHORIZED');
  });
});
