import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('the API asked to fetch from inside this machine', () => {
  let app: ServedApp;
  let inside: Server;
  let port: number;
  const reached: string[] = [];

  before(async () => {
    inside = createServer((request, response) => {
      reached.push(`${request.headers.host} ${request.url}`);
      response.end('a secret of this machine');
    });
    await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
    port = (inside.address() as AddressInfo).port;
    // Even hosts that its operator has named: an address inside is never fetched from.
    const hosts = [
      'localhost',
      '127.0.0.1',
      '[::1]',
      '0.0.0.0',
      '169.254.169.254',
      'metadata.google.internal',
    ];
    const allowFetch = hosts.flatMap((host) => [host, `${host}:${port}`]);
    app = await serveApp(temporaryFolder(), 2, { allowFetch });
  });
  after(async () => {
    inside.close();
    await app.close();
  });

  const post = (path: string, body: unknown): Promise<Response> =>
    fetch(app.address + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('refuses every spelling of such an address on every route that takes a URL', async () => {
    const urls = [
      `http://127.0.0.1:${port}/`,
      `http://localhost:${port}/`,
      `http://LOCALHOST:${port}/`,
      `http://127.1:${port}/`,
      `http://2130706433:${port}/`,
      `http://0x7f.0.0.1:${port}/`,
      `http://0:${port}/`,
      `http://[::1]:${port}/`,
      'http://169.254.169.254/latest/meta-data/',
    ];
    for (const url of urls) {
      const search = await post('/v1/search', { url });
      assert.equal(search.status, 403, url);
      const compare = await post('/v1/compare', { a: { url }, b: { id: 1 } });
      assert.equal(compare.status, 403, url);
      const { answers } = (await (await post('/v1/search/batch', { queries: [{ url }] })).json()) as {
        answers: Array<{ error: { code: string; detail: string } }>;
      };
      assert.equal(answers[0]?.error.code, 'FORBIDDEN', url);
      assert.doesNotMatch(answers[0]?.error.detail ?? '', /secret|::ffff/);
    }
    assert.deepEqual(reached, []);
  });

  it('refuses hosts that nobody named, and schemes that are none of the web', async () => {
    for (const [url, status] of [
      ['http://example.com/a.jpg', 403],
      [`http://127.0.0.1:${port + 1}/`, 403],
      ['file:///etc/passwd', 400],
      ['data:image/png;base64,AAAA', 400],
      [`http://user:pass@localhost:${port}/`, 400],
    ] as const) {
      assert.equal((await post('/v1/search', { url })).status, status, url);
    }
    assert.deepEqual(reached, []);
    assert.deepEqual(app.errors, []);
  });
});
