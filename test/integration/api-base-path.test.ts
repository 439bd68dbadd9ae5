import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createEideticClient } from '../../src/client/eidetic-client.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('a server below a base path', () => {
  const folder = temporaryFolder();
  let app: ServedApp;

  before(async () => {
    app = await serveApp(folder, 3, { basePath: 'tools/eidetic/', allowIndex: [join(folder, 'pictures')] });
  });
  after(() => app.close());

  const ask = (path: string, init: RequestInit = {}) =>
    fetch(app.address + path, { redirect: 'manual', ...init });

  it('answers below it, and at the root for a proxy that strips it', async () => {
    for (const prefix of ['/tools/eidetic', '']) {
      for (const path of [
        '/status',
        '/docs',
        '/openapi.json',
        '/v1/pictures?limit=1',
        '/v1/pictures/1/thumbnail',
      ]) {
        assert.equal((await ask(prefix + path)).status, 200, prefix + path);
      }
    }
    for (const path of [
      '/tools',
      '/tools/eideticx/status',
      '/eidetic/status',
      '/tools/eidetic/tools/eidetic/status',
    ]) {
      assert.equal((await ask(path)).status, 404, path);
    }
    const refused = await (await ask('/tools/eidetic/nothing')).text();
    assert.match(refused, /\/tools\/eidetic\/docs lists/);
    assert.equal((await ask('/tools/eidetic/v1/search', { method: 'PUT' })).headers.get('allow'), 'POST');
  });

  it('gives links, redirects and places that are right in a browser', async () => {
    const post = (prefix: string) =>
      ask(`${prefix}/v1/jobs`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ roots: [join(folder, 'pictures')] }),
      });
    for (const prefix of ['/tools/eidetic', '']) {
      const picture = (await (await ask(`${prefix}/v1/pictures/1`)).json()) as { thumbnail: string };
      assert.equal(picture.thumbnail, '/tools/eidetic/v1/pictures/1/thumbnail');
      assert.match((await post(prefix)).headers.get('location') ?? '', /^\/tools\/eidetic\/v1\/jobs\/\d+$/);
      for (const path of ['/', '/?a=b']) {
        const { status, headers } = await ask(prefix + path);
        assert.deepEqual(
          [status, headers.get('content-type')],
          [200, 'text/html; charset=utf-8'],
          prefix + path,
        );
      }
      const document = (await (await ask(`${prefix}/openapi.json`)).json()) as { servers: unknown };
      assert.deepEqual(document.servers, [{ url: '/tools/eidetic' }]);
    }
  });

  it('has a page whose parts are found below any path, with the slash that they need', async () => {
    const { url, status, headers } = await fetch(`${app.address}/tools/eidetic`);
    assert.deepEqual([url, status], [`${app.address}/tools/eidetic/`, 200]);
    assert.equal(
      headers.get('content-security-policy'),
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    const html = await (await fetch(url)).text();
    const links = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link = '']) => link);
    assert.equal(links.length, 3);
    for (const link of links) {
      const { href } = new URL(link, url);
      assert.ok(href.startsWith(url), href);
      assert.equal((await fetch(href)).status, 200, href);
    }
  });

  it('has an explorer whose parts are found below any path', async () => {
    const page = `${app.address}/tools/eidetic/docs`;
    const html = await (await fetch(page)).text();
    const links = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link = '']) => link);
    assert.equal(links.length, 4);
    for (const link of links) {
      const { href } = new URL(link, page);
      assert.ok(href.startsWith(`${app.address}/tools/eidetic/docs/`), href);
      assert.equal((await fetch(href)).status, 200, href);
    }
    assert.match(await (await fetch(`${page}/explorer.js`)).text(), /"url":"openapi.json"/);
    // With a slash at its end the same links would lead elsewhere.
    const { url } = await fetch(`${page}/`);
    assert.equal(url, page);
  });

  it('is reached by the client, with and without a slash at the end of its address', async () => {
    for (const address of ['/tools/eidetic', '/tools/eidetic/', ''].map((path) => app.address + path)) {
      const client = createEideticClient({ address });
      assert.equal((await client.status()).state, 'ready');
      const { uploads } = await client.upload(await drawNumbered(77).png().toBuffer());
      const picture = uploads[0]?.picture;
      assert.ok(picture);
      assert.equal(
        (await fetch(client.addressOf(picture.thumbnail))).headers.get('content-type'),
        'image/webp',
      );
      assert.ok((await client.thumbnail(picture.id)).size > 0);
      assert.ok((await client.similar(picture.id)).hits.length > 0);
    }
  });
});

it('a server without a base path has relative links, for a proxy that strips one of which it was not told', async (t) => {
  const app = await serveApp(temporaryFolder(), 1);
  t.after(() => app.close());
  const slash = await fetch(`${app.address}/docs/`, { redirect: 'manual' });
  assert.equal(slash.headers.get('location'), '../docs');
  const picture = (await (await fetch(`${app.address}/v1/pictures/1`)).json()) as { thumbnail: string };
  assert.equal(picture.thumbnail, '/v1/pictures/1/thumbnail');
});
