import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { signerOf } from '../../src/api/keys/key-signature.ts';
import { openKeyStore } from '../../src/api/keys/key-store.ts';
import { createEideticClient } from '../../src/client/eidetic-client.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { askRaw } from '../support/raw-request.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NAMED = 'https://gallery.example';

describe('a server with keys, in a browser', () => {
  const folder = temporaryFolder();
  const keys = openKeyStore(join(folder, 'library', 'keys'));
  let app: ServedApp;
  let secret: string;
  let keyId: string;
  let cookie: string;

  before(async () => {
    const added = await keys.add('page', 'write');
    secret = added.secret;
    keyId = added.key.id;
    app = await serveApp(folder, 3, { basePath: '/eidetic', cors: [NAMED] });
  });
  after(() => app.close());

  const own = () => ({ origin: app.address });
  const open = (headers: Record<string, string> = {}) =>
    askRaw(app.address, '/eidetic/v1/session', { authorization: `Bearer ${secret}`, ...headers }, 'POST');
  const cookieOf = async (headers: Record<string, string> = {}) => {
    const [line = ''] = (await open(headers)).headers['set-cookie'] ?? [];
    return line;
  };
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    askRaw(app.address, path, headers, method);

  it('opens a session by a cookie that holds no key and that no script and no other site can use', async () => {
    const { status, headers, text } = await open();
    assert.equal(status, 200);
    const { scope, expiresAt } = JSON.parse(text);
    assert.equal(scope, 'write');
    const hours = (Date.parse(expiresAt) - Date.now()) / 3_600_000;
    assert.ok(hours > 11.9 && hours <= 12, expiresAt);
    const [line = '', ...more] = headers['set-cookie'] ?? [];
    assert.deepEqual(more, []);
    const [pair = '', ...attributes] = line.split('; ');
    cookie = pair;
    assert.match(pair, new RegExp(`^eidetic_session=${keyId}\\.\\d+\\.[\\w-]{43}$`));
    assert.ok(!line.includes(secret.slice(4)));
    assert.deepEqual(attributes.filter((attribute) => !attribute.startsWith('Expires=')).sort(), [
      'HttpOnly',
      'Max-Age=43200',
      'Path=/eidetic',
      'SameSite=Strict',
    ]);
  });

  it('sends it over https only, when the page came so', async () => {
    const secure: Record<string, string>[] = [
      { 'x-forwarded-proto': 'https' },
      { 'x-forwarded-proto': 'HTTPS, http' },
      { forwarded: 'for=203.0.113.1;proto=https;by=203.0.113.2' },
      { forwarded: 'for="[2001:db8::1]";Proto="https"' },
    ];
    for (const headers of secure) {
      assert.match(await cookieOf(headers), /; Secure/, JSON.stringify(headers));
    }
    for (const headers of [{ 'x-forwarded-proto': 'http' }, { forwarded: 'for=203.0.113.1;proto=http' }]) {
      assert.doesNotMatch(await cookieOf(headers), /Secure/, JSON.stringify(headers));
    }
  });

  it('lets the cookie read, as <img> and EventSource do', async () => {
    for (const path of ['/eidetic/v1/pictures/1/thumbnail', '/v1/pictures', '/v1/pictures/1/file']) {
      assert.equal((await ask(path)).status, 401, path);
      assert.equal((await ask(path, { cookie: `a=b; ${cookie}; c=d` })).status, 200, path);
    }
    const { headers } = await ask('/v1/pictures/1/thumbnail', { cookie });
    assert.match(String(headers['vary']), /Cookie/);
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
    const shown = await ask('/v1/pictures/1/thumbnail', { cookie, referer: `${NAMED}/` });
    assert.equal(shown.headers['cross-origin-resource-policy'], 'cross-origin');
  });

  it('lets it change something from a page of this server only', async () => {
    const { host } = new URL(app.address);
    const change = (headers: Record<string, string>) =>
      ask('/v1/pictures/1', { cookie, ...headers }, 'DELETE');
    const mine: Record<string, string>[] = [
      own(),
      { 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'same-origin', origin: 'https://photos.example' },
      { origin: 'https://photos.example', host: 'photos.example' },
      { origin: 'https://photos.example', 'x-forwarded-host': 'photos.example, inner.example' },
    ];
    for (const headers of mine) {
      // Not of an upload, so it stays; but it was not for want of a right.
      assert.match((await change(headers)).text, /upload/, JSON.stringify(headers));
    }
    const others: Record<string, string>[] = [
      {},
      { origin: NAMED },
      { origin: 'null' },
      { origin: '' },
      { origin: 'http://evil.example' },
      { origin: `http://${host}.evil.example` },
      { origin: 'http://127.0.0.1:1' },
      { 'sec-fetch-site': 'same-site', ...own() },
      { 'sec-fetch-site': 'cross-site', ...own() },
      { 'sec-fetch-site': 'none' },
    ];
    for (const headers of others) {
      const { status, text } = await change(headers);
      assert.equal(status, 403, JSON.stringify(headers));
      assert.match(text, /page of this server.*Authorization/);
    }
  });

  it('does not prolong itself, and gives no more than its key', async () => {
    const prolonged = await ask('/v1/session', { cookie, ...own() }, 'POST');
    assert.deepEqual([prolonged.status, prolonged.headers['set-cookie']], [401, undefined]);
    const jobs = await ask('/v1/jobs', { cookie });
    assert.deepEqual([jobs.status, JSON.parse(jobs.text).code], [403, 'FORBIDDEN']);
  });

  it('counts the header, where there is one beside the cookie', async () => {
    for (const headers of [
      { authorization: 'Bearer eid_wrong' },
      { 'x-api-key': 'eid_wrong' },
      { authorization: 'Basic eDp5' },
    ]) {
      assert.equal((await ask('/v1/pictures', { cookie, ...headers })).status, 401, JSON.stringify(headers));
    }
    const reader = await keys.add('reader', 'read');
    await new Promise((resolve) => setTimeout(resolve, 1_100)); // a server notices a new key within a second
    const write = await ask(
      '/v1/pictures/1',
      { cookie, authorization: `Bearer ${reader.secret}`, ...own() },
      'DELETE',
    );
    assert.match(write.text, /needs the scope/);
  });

  it('refuses cookies that were changed, have ended, or were signed for something else', async () => {
    const [, id, expires, signature] = /=(.*)\.(.*)\.(.*)/.exec(cookie) ?? [];
    const ended = Math.floor(Date.now() / 1_000) - 1;
    const later = Number(expires) + 1;
    const sign = (await keys.signing(keyId, 'session'))?.sign;
    const linkSign = (await keys.signing(keyId, 'thumbnail link'))?.sign;
    assert.ok(sign && linkSign);
    const forged = [
      `${id}.${later}.${signature}`,
      `k_000000000000.${expires}.${signature}`,
      `${id}.${ended}.${sign(`${id}\n${ended}`)}`,
      `${id}.${expires}.${linkSign(`${id}\n${expires}`)}`,
      `${id}.${expires}.${signerOf('00'.repeat(32), 'session')(`${id}\n${expires}`)}`,
      `${id}.${expires}.`,
      `${id}.${expires}`,
      secret,
      '',
    ];
    for (const value of forged) {
      const { status, text } = await ask('/v1/pictures', { cookie: `eidetic_session=${value}` });
      assert.equal(status, 401, value);
      assert.match(text, /session has ended/);
    }
    // Another page of this host may have set one of this name; it hides nothing.
    assert.equal((await ask('/v1/pictures', { cookie: `eidetic_session=x; ${cookie}` })).status, 200);
  });

  it('takes the cookie back', async () => {
    const { status, headers } = await ask('/v1/session', { cookie, ...own() }, 'DELETE');
    assert.equal(status, 204);
    assert.match(
      String(headers['set-cookie']),
      /^eidetic_session=; Path=\/eidetic; Expires=Thu, 01 Jan 1970/,
    );
    assert.equal((await ask('/v1/session', { cookie }, 'DELETE')).status, 403);
  });

  it('gives links that work without a key, on pages of any origin, with every size', async () => {
    const client = createEideticClient({ address: `${app.address}/eidetic`, key: secret });
    const { pictures } = await client.pictures();
    const { hits } = await client.search({ id: 1 });
    const { uploads } = await client.upload(await drawNumbered(0).png().toBuffer());
    const { groups } = await client.duplicates({ minSimilarity: 0.8 });
    assert.ok(groups.length > 0);
    const bySession = JSON.parse((await ask('/v1/pictures/1', { cookie })).text);
    const links = [
      ...pictures,
      ...hits,
      ...groups.flatMap((group) => group.pictures),
      uploads[0]?.picture,
      bySession,
    ];
    for (const { thumbnail } of links) {
      assert.match(
        thumbnail,
        /^\/eidetic\/v1\/pictures\/\d+\/thumbnail\?keyId=k_\w+&expires=\d+&signature=[\w-]{43}$/,
      );
    }
    const link = client.addressOf(pictures[0]?.thumbnail ?? '');
    for (const size of [128, 1024]) {
      const response = await fetch(`${link}&size=${size}`, {
        headers: { referer: 'https://anywhere.example/' },
      });
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('cross-origin-resource-policy'), 'cross-origin');
      const [, seconds = ''] =
        /^private, max-age=(\d+), immutable$/.exec(response.headers.get('cache-control') ?? '') ?? [];
      assert.ok(Number(seconds) >= 3_590 && Number(seconds) <= 7_200, seconds);
    }
    const tag = (await fetch(link)).headers.get('etag') ?? '';
    const again = await askRaw(link, '', { 'if-none-match': tag });
    assert.deepEqual([again.status, again.headers['cross-origin-resource-policy']], [304, 'cross-origin']);
    assert.equal((await fetch(`${link}&size=99`)).status, 400);
    for (const wrong of [
      link.replace('/1/', '/2/'),
      link.replace('thumbnail', 'file'),
      link.replace('/thumbnail', ''),
    ]) {
      const response = await fetch(wrong);
      assert.equal(response.status, 401);
      assert.match(await response.text(), /link is signed for another thumbnail, has ended/);
    }
    assert.equal((await ask('/v1/pictures/1/thumbnail?signature=x', { cookie })).status, 200);
    assert.equal((await fetch(link, { headers: { authorization: 'Bearer eid_wrong' } })).status, 401);
  });

  it('counts who follows links apart from the key, and tells both in its document', async () => {
    const document = JSON.parse((await ask('/openapi.json')).text);
    assert.equal(document.components.securitySchemes.session.name, 'eidetic_session');
    assert.deepEqual(document.security, [{ key: [] }, { apiKey: [] }, { session: [] }]);
    const { security } = document.paths['/v1/pictures/{id}/thumbnail'].get;
    assert.deepEqual(security, [...document.security, { link: [] }]);
    assert.ok(document.paths['/v1/session'].post && document.paths['/v1/session'].delete);
    const remaining = async (url: string, headers: Record<string, string> = {}) => {
      const answer = await fetch(url, { headers });
      await answer.arrayBuffer();
      return Number(/r=(\d+)/.exec(answer.headers.get('ratelimit') ?? '')?.[1]);
    };
    const key = { authorization: `Bearer ${secret}` };
    const picture = (await (await fetch(`${app.address}/v1/pictures/1`, { headers: key })).json()) as {
      thumbnail: string;
    };
    const before = await remaining(`${app.address}/v1/pictures/1`, key);
    await remaining(app.address + picture.thumbnail);
    await remaining(app.address + picture.thumbnail);
    assert.equal(await remaining(`${app.address}/v1/pictures/1`, key), before - 1);
  });

  it('ends links and sessions with the key', async () => {
    const picture = JSON.parse((await ask('/v1/pictures/1', { cookie })).text);
    await keys.revoke(keyId);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    assert.equal((await ask('/v1/pictures', { cookie })).status, 401);
    assert.equal((await ask(picture.thumbnail)).status, 401);
  });
});

it('a server without keys needs no session, and a page need not know', async (t) => {
  const app = await serveApp(temporaryFolder(), 1);
  t.after(() => app.close());
  const response = await fetch(`${app.address}/v1/session`, { method: 'POST' });
  assert.deepEqual(await response.json(), { scope: 'admin', expiresAt: null, fetchesUrls: false });
  assert.equal(response.headers.get('set-cookie'), null);
});
