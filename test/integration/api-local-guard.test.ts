import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { askRaw } from '../support/raw-request.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NAMED = 'https://gallery.example';
const THUMBNAIL = '/v1/pictures/1/thumbnail';

describe('a server without keys', () => {
  const folder = temporaryFolder();
  let app: ServedApp;

  before(async () => {
    app = await serveApp(folder, 2, { publicHost: 'Photos.Example', cors: [NAMED] });
  });
  after(() => app.close());

  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    askRaw(app.address, path, headers, method);

  for (const [name, value] of [
    ['Forwarded', 'for=203.0.113.1;proto=https'],
    ['X-Forwarded-For', '203.0.113.1'],
    ['X-Forwarded-For', ''],
    ['X-Forwarded-Host', 'photos.example'],
    ['X-Forwarded-Proto', 'https'],
    ['X-Forwarded-Server', 'proxy'],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Prefix', '/eidetic'],
    ['X-Real-IP', '203.0.113.1'],
    ['Via', '1.1 proxy'],
    ['CF-Connecting-IP', '203.0.113.1'],
    ['True-Client-IP', '203.0.113.1'],
    ['X-Client-IP', '127.0.0.1'],
    ['CDN-Loop', 'cdn'],
  ] as const) {
    it(`refuses what came through a proxy with ${name}: ${value}`, async () => {
      for (const host of ['localhost', 'photos.example', 'elsewhere.example']) {
        for (const [path, method] of [
          ['/v1/pictures', 'GET'],
          ['/v1/pictures/1', 'DELETE'],
          ['/status', 'GET'],
          ['/docs', 'GET'],
        ] as const) {
          const { status, text } = await ask(path, { host, [name]: value }, method);
          assert.deepEqual([status, JSON.parse(text).code], [403, 'FORBIDDEN'], `${method} ${path} ${host}`);
          assert.match(text, /came through a proxy.*could read and delete.*eidetic keys add/i);
        }
      }
    });
  }

  it('answers to the host name that was named, on any port and in any case, and to no other', async () => {
    for (const host of [
      'photos.example',
      'PHOTOS.example',
      'photos.example:8443',
      'localhost:1',
      '127.0.0.1',
      '[::1]',
    ]) {
      assert.equal((await ask('/v1/pictures', { host })).status, 200, host);
    }
    const others = [
      'a.photos.example',
      'photos.example.',
      'photos.example.evil.example',
      'photosxexample',
      'photos.example:80:80',
    ];
    for (const host of others) {
      const { status, text } = await ask('/v1/pictures', { host });
      assert.equal(status, 403, host);
      assert.match(text, /--public-host/);
    }
  });

  it('takes pages under that name for its own, over https too', async () => {
    const host = 'photos.example';
    for (const origin of ['http://photos.example', 'https://photos.example', NAMED]) {
      assert.equal((await ask('/v1/pictures', { host, origin })).status, 200, origin);
    }
    for (const origin of ['https://photos.example:8443', 'https://evil.example', 'null']) {
      assert.equal((await ask('/v1/pictures', { host, origin })).status, 403, origin);
    }
    assert.equal((await ask('/v1/pictures', { host: 'localhost', origin: 'https://localhost' })).status, 403);
  });

  const image = (site: string, referer?: string) => ({
    'sec-fetch-site': site,
    'sec-fetch-mode': 'no-cors',
    'sec-fetch-dest': 'image',
    ...(referer === undefined ? {} : { referer }),
  });

  it('shows its pictures on its own pages and those of origins that were named', async () => {
    const { host } = new URL(app.address);
    const own = [image('same-origin'), image('same-origin', `http://${host}/docs`)];
    for (const headers of own) {
      const { status, headers: answered } = await ask(THUMBNAIL, headers);
      assert.deepEqual([status, answered['cross-origin-resource-policy']], [200, 'same-origin']);
    }
    for (const referer of [`${NAMED}/`, `${NAMED}/album/1?page=2`]) {
      for (const site of ['cross-site', 'same-site']) {
        const { status, headers } = await ask(THUMBNAIL, image(site, referer));
        assert.deepEqual([status, headers['cross-origin-resource-policy']], [200, 'cross-origin'], referer);
        assert.match(String(headers['vary']), /Referer/);
        assert.equal(headers['access-control-allow-origin'], undefined);
      }
    }
    const { headers } = await ask('/v1/pictures/1/file', image('cross-site', `${NAMED}/`));
    assert.equal(headers['cross-origin-resource-policy'], 'cross-origin');
  });

  it('shows them on no other page, though an <img> tells no origin', async () => {
    const pages = [
      image('cross-site'),
      image('same-site'),
      image('cross-site', 'https://evil.example/'),
      image('same-site', 'http://localhost:3000/'),
      image('cross-site', 'https://gallery.example.evil.example/'),
      image('cross-site', 'https://evil.example/https://gallery.example/'),
      image('cross-site', 'not an address'),
      // A page that was shown under another name than the one that was asked: a proxy that hides itself.
      image('same-origin', 'https://elsewhere.example/eidetic/docs'),
      {
        ...image('cross-site', 'https://evil.example/'),
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'iframe',
      },
      {
        ...image('cross-site', 'https://evil.example/'),
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'object',
      },
      { ...image('cross-site', 'https://evil.example/'), 'sec-fetch-dest': 'script' },
    ];
    for (const headers of pages) {
      for (const path of [THUMBNAIL, '/v1/pictures/1/file', '/v1/pictures/999/thumbnail', '/v1/duplicates']) {
        const { status, text } = await ask(path, headers);
        // The same whether there is such a picture or not.
        assert.deepEqual([status, JSON.parse(text).code], [403, 'FORBIDDEN'], JSON.stringify(headers));
      }
    }
  });

  it('lets browsers that tell less see nothing either', async () => {
    const { status, headers } = await ask(THUMBNAIL, { referer: 'https://evil.example/' });
    assert.deepEqual([status, headers['cross-origin-resource-policy']], [200, 'same-origin']);
  });

  it('follows links from anywhere', async () => {
    const opened = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    for (const headers of [
      { ...opened, 'sec-fetch-site': 'none' },
      { ...opened, 'sec-fetch-site': 'cross-site', referer: 'https://wiki.example/' },
    ]) {
      assert.equal((await ask('/docs', headers)).status, 200);
    }
  });
});
