import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import express from 'express';
import { callerWithScope, LOCAL_CALLER } from '../../src/api/keys/caller.ts';
import { rateLimit } from '../../src/api/rate-limit.ts';
import { answerWithCode, serveForTest } from '../support/problem-server.ts';

async function limitedServer(t: TestContext, perMinute: number) {
  const app = express();
  app.use((request, response, next) => {
    const key = request.get('x-test-key');
    response.locals['caller'] = key === undefined ? LOCAL_CALLER : callerWithScope(key, 'read');
    next();
  });
  app.use(rateLimit({ perMinute }));
  app.get(['/', '/:id/thumbnail'], (_request, response) => {
    response.json({});
  });
  app.use(answerWithCode);
  return serveForTest(t, app);
}

describe('rate limit', () => {
  it('refuses the request over the limit and says when to come back', async (t) => {
    const url = await limitedServer(t, 3);
    for (let i = 0; i < 3; i++) {
      assert.equal((await fetch(url)).status, 200);
    }
    const refused = await fetch(url);
    const body = (await refused.json()) as { code: string; details: { retryAfterSeconds: number } };
    assert.equal(body.code, 'RATE_LIMITED');
    const seconds = Number(refused.headers.get('retry-after'));
    assert.ok(seconds >= 1 && seconds <= 60, `Retry-After is ${seconds}`);
    assert.equal(body.details.retryAfterSeconds, seconds);
  });

  it('counts each key apart, whatever address it comes from', async (t) => {
    const url = await limitedServer(t, 1);
    const ask = async (key: string) => (await fetch(url, { headers: { 'x-test-key': key } })).status;
    assert.deepEqual([await ask('k_1'), await ask('k_2'), await ask('k_1')], [200, 200, 418]);
  });

  it('lets twenty thumbnails be shown for each other request, counted apart', async (t) => {
    const url = await limitedServer(t, 1);
    const ask = async (path: string) => (await fetch(`${url}${path}`)).status;
    for (let i = 0; i < 20; i++) {
      assert.equal(await ask('/1/thumbnail'), 200);
    }
    assert.deepEqual([await ask('/2/thumbnail'), await ask('/'), await ask('/')], [418, 200, 418]);
  });

  it('is not got around by naming another address in a header', async (t) => {
    const url = await limitedServer(t, 1);
    const ask = async (address: string) =>
      (await fetch(url, { headers: { 'x-forwarded-for': address, forwarded: `for=${address}` } })).status;
    assert.deepEqual([await ask('203.0.113.1'), await ask('203.0.113.2')], [200, 418]);
  });
});
