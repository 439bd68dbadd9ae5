import assert from 'node:assert/strict';
import { symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { drawNumbered } from '../support/picture-folder.ts';
import { rawRequest, sendThenRead } from '../support/raw-request.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Case {
  readonly name: string;
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly status: number;
  readonly code: string;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const search = (name: string, value: unknown, status: number, code: string): Case => ({
  name,
  method: 'POST',
  path: '/v1/search',
  headers: JSON_TYPE,
  body: typeof value === 'string' ? value : JSON.stringify(value),
  status,
  code,
});
const get = (name: string, path: string, status: number, code: string): Case => ({
  name,
  path,
  status,
  code,
});
const picture = (name: string, body: string | Uint8Array, status: number, code: string): Case => ({
  name,
  method: 'POST',
  path: '/v1/search',
  headers: { 'content-type': 'image/jpeg' },
  body,
  status,
  code,
});
const form = (name: string, body: string, status: number, code: string): Case => ({
  name,
  method: 'POST',
  path: '/v1/search',
  headers: { 'content-type': 'multipart/form-data; boundary=x' },
  body,
  status,
  code,
});

const CASES: readonly Case[] = [
  search('nothing', '', 400, 'INVALID_INPUT'),
  search('half of JSON', '{"id":', 400, 'INVALID_INPUT'),
  search('JSON that is no object', '[]', 400, 'INVALID_INPUT'),
  search('bytes that are no UTF-8', '{"url":"\udfff"}', 400, 'INVALID_INPUT'),
  search('no query', {}, 400, 'INVALID_INPUT'),
  search('two queries', { id: 1, vector: [1] }, 400, 'INVALID_INPUT'),
  search('a field it does not know', { id: 1, limits: 5 }, 400, 'INVALID_INPUT'),
  search('a prototype', '{"__proto__":{"id":1}}', 400, 'INVALID_INPUT'),
  search('a limit out of range', { id: 1, limit: 1e9 }, 400, 'INVALID_INPUT'),
  search('a number that is none', { id: 1, minSimilarity: 'NaN' }, 400, 'INVALID_INPUT'),
  search('a vector of another length', { vector: [1, 2, 3] }, 400, 'INVALID_INPUT'),
  search('a vector of zeros', { vector: Array.from({ length: 256 }, () => 0) }, 400, 'INVALID_INPUT'),
  search('a vector beyond numbers', '{"vector":[1e999]}', 400, 'INVALID_INPUT'),
  search('an id that is not there', { id: 123_456_789 }, 404, 'NOT_FOUND'),
  search('an id beyond whole numbers', { id: 1e300 }, 400, 'INVALID_INPUT'),
  search(
    'a region outside',
    { id: 1, region: { x: 0.9, y: 0, width: 0.5, height: 1 } },
    400,
    'INVALID_INPUT',
  ),
  search('a filter that climbs out', { id: 1, filter: { pathPrefix: '../../etc' } }, 400, 'INVALID_INPUT'),
  search('a filter with NUL', { id: 1, filter: { pathPrefix: 'a\0b' } }, 400, 'INVALID_INPUT'),
  search('deep nesting', '['.repeat(100_000), 400, 'INVALID_INPUT'),
  search('JSON beyond its limit', `"${'a'.repeat(3_000_000)}"`, 413, 'IMAGE_TOO_LARGE'),
  search('a URL where none may be fetched', { url: 'http://127.0.0.1:1/a.jpg' }, 403, 'FORBIDDEN'),
  search('a URL of another kind', { url: 'file:///etc/passwd' }, 400, 'INVALID_INPUT'),
  picture('no bytes', '', 422, 'IMAGE_UNREADABLE'),
  picture('text as a picture', 'hello', 415, 'FORMAT_UNSUPPORTED'),
  picture('the head of a JPEG', new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16]), 422, 'IMAGE_UNREADABLE'),
  picture('a picture beyond the limit', new Uint8Array(4_000_000), 413, 'IMAGE_TOO_LARGE'),
  form(
    'a form without an end',
    '--x\r\ncontent-disposition: form-data; name="image"; filename="a"\r\n\r\nabc',
    400,
    'INVALID_INPUT',
  ),
  form(
    'a form without files',
    '--x\r\ncontent-disposition: form-data; name="limit"\r\n\r\n5\r\n--x--\r\n',
    400,
    'INVALID_INPUT',
  ),
  form('a form that is none', 'nothing of the kind', 400, 'INVALID_INPUT'),
  form(
    'a form with a thousand parts',
    `${'--x\r\ncontent-disposition: form-data; name="a"; filename="a"\r\n\r\nb\r\n'.repeat(1_000)}--x--\r\n`,
    400,
    'INVALID_INPUT',
  ),
  {
    name: 'a form without a boundary',
    method: 'POST',
    path: '/v1/search',
    headers: { 'content-type': 'multipart/form-data' },
    body: 'x',
    status: 400,
    code: 'INVALID_INPUT',
  },
  {
    name: 'a type that is nothing to it',
    method: 'POST',
    path: '/v1/search',
    headers: { 'content-type': 'text/html' },
    body: 'x',
    status: 415,
    code: 'FORMAT_UNSUPPORTED',
  },
  {
    name: 'a compressed body',
    method: 'POST',
    path: '/v1/search',
    headers: { ...JSON_TYPE, 'content-encoding': 'gzip' },
    body: 'x',
    status: 415,
    code: 'FORMAT_UNSUPPORTED',
  },
  get('an unknown path', '/v1/secrets', 404, 'NOT_FOUND'),
  get('a path that climbs out', '/v1/pictures/..%2f..%2fetc%2fpasswd/file', 400, 'INVALID_INPUT'),
  get('a path with NUL', '/v1/pictures/%00/file', 400, 'INVALID_INPUT'),
  get('a path that is no UTF-8', '/v1/pictures/%ff/file', 400, 'INVALID_INPUT'),
  get('a docs path that climbs out', '/docs/..%2fpackage.json', 404, 'NOT_FOUND'),
  get('an id with more behind it', '/v1/pictures/1;ls', 400, 'INVALID_INPUT'),
  get('an id with an exponent', '/v1/pictures/1e0', 400, 'INVALID_INPUT'),
  get('an id in hexadecimal', '/v1/pictures/0x1', 400, 'INVALID_INPUT'),
  get('an id with a space', '/v1/pictures/%201', 400, 'INVALID_INPUT'),
  get('an id with a point', '/v1/pictures/1.0/files', 400, 'INVALID_INPUT'),
  get('a job with an exponent', '/v1/jobs/1e0', 400, 'INVALID_INPUT'),
  get('a group with an exponent', '/v1/duplicates/1e0/pictures', 400, 'INVALID_INPUT'),
  get('a limit with an exponent', '/v1/pictures?limit=1e1', 400, 'INVALID_INPUT'),
  get('a limit of nothing', '/v1/jobs?limit=', 400, 'INVALID_INPUT'),
  get('a similarity with an exponent', '/v1/duplicates?minSimilarity=1e0', 400, 'INVALID_INPUT'),
  get('an id below one', '/v1/pictures/-1', 400, 'INVALID_INPUT'),
  get('a parameter twice', '/v1/pictures?limit=1&limit=2', 400, 'INVALID_INPUT'),
  get('a cursor of garbage', '/v1/pictures?cursor=%00%ff', 400, 'INVALID_INPUT'),
  get('a cursor of somebody else', `/v1/duplicates?cursor=${'A'.repeat(200)}`, 400, 'INVALID_INPUT'),
  get('a thumbnail of any size', '/v1/pictures/1/thumbnail?size=99999', 400, 'INVALID_INPUT'),
  get('a similarity that none is', '/v1/duplicates?minSimilarity=-1.1', 400, 'INVALID_INPUT'),
  get('a similarity of nothing', '/v1/pictures/1/similar?minSimilarity=', 400, 'INVALID_INPUT'),
  get('a page beyond the deepest', '/v1/pictures/1/similar?offset=10001', 400, 'INVALID_INPUT'),
  get('a hash that is none', '/v1/pictures?sha256=abc', 400, 'INVALID_INPUT'),
  get('a path that leads out', '/v1/pictures?path=a/../../b', 400, 'INVALID_INPUT'),
  get('a hash and a path', `/v1/pictures?path=a&sha256=${'a'.repeat(64)}`, 400, 'INVALID_INPUT'),
  get('an order there is not', '/v1/pictures?order=best', 400, 'INVALID_INPUT'),
  get('a code that none is', '/v1/failures?code=NONE', 400, 'INVALID_INPUT'),
  get('a cursor of failures that is none', '/v1/failures?cursor=AAAA', 400, 'INVALID_INPUT'),
  { ...get('a method that is not there', '/v1/search', 405, 'INVALID_INPUT'), method: 'PUT' },
  { ...get('a picture of a folder', '/v1/pictures/1', 403, 'FORBIDDEN'), method: 'DELETE' },
  {
    ...get('a page of another origin', '/v1/pictures', 403, 'FORBIDDEN'),
    headers: { origin: 'https://evil.example' },
  },
  {
    ...get('a wrong key', '/v1/pictures', 401, 'UNAUTHORIZED'),
    headers: { authorization: 'Bearer nonsense' },
  },
];

describe('the API against hostile requests', () => {
  const folder = temporaryFolder();
  let app: ServedApp;

  before(async () => {
    app = await serveApp(folder, 6, { maxUploadBytes: 3_500_000 });
  });
  after(() => app.close());

  async function assertRefusal(response: Response, status: number, code: string): Promise<void> {
    const text = await response.text();
    assert.equal(response.status, status, text);
    const problem = JSON.parse(text) as Record<string, unknown>;
    assert.equal(problem['code'], code);
    assert.equal(response.headers.get('content-type')?.split(';')[0], 'application/problem+json');
    assert.equal(problem['requestId'], response.headers.get('x-request-id'));
    assert.ok(!text.includes(folder) && !/node_modules|\bat .*\.[jt]s/.test(text), `tells too much: ${text}`);
  }

  for (const { name, method = 'GET', path, headers = {}, body, status, code } of CASES) {
    it(`refuses ${name}`, async () => {
      const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : Buffer.from(body) };
      await assertRefusal(await fetch(app.address + path, { method, headers, ...sent }), status, code);
    });
  }

  it('refuses another host name, as a page that rebinds its own would send', async () => {
    const answer = await rawRequest(
      app.address,
      'GET /v1/pictures HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
    );
    assert.match(answer, /^HTTP\/1\.1 403 .*FORBIDDEN/s);
  });

  it('answers garbage in headers and paths without falling over', async () => {
    const garbage = [
      'GET /v1/../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
      'GET /v1/pictures/1/file HTTP/1.1\r\nHost: localhost\r\nRange: bytes=9999999-\r\nConnection: close\r\n\r\n',
      'GET http://169.254.169.254/latest/meta-data HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
      'GET / HTTP/1.1\r\nHost: localhost\r\nX: \u0001\r\n\r\n',
      'POST /v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`,
      '\u0000\u0001\u0002',
    ];
    for (const text of garbage) {
      const answer = await rawRequest(app.address, text);
      assert.match(answer, /^HTTP\/1\.1 4\d\d /, JSON.stringify(text.slice(0, 60)));
    }
    assert.equal((await fetch(`${app.address}/status`)).status, 200);
  });

  it('gives no file that a symbolic link leads to outside of the indexed folders', async () => {
    const outside = join(folder, 'outside.jpg');
    const inside = join(app.pictures, 'part-0', '0000.jpg');
    writeFileSync(outside, await drawNumbered(0).jpeg({ quality: 90 }).toBuffer());
    unlinkSync(inside);
    symlinkSync(outside, inside);
    const linked = await pictureAt('0000.jpg');
    await assertRefusal(await fetch(`${app.address}/v1/pictures/${linked}/file`), 404, 'NOT_FOUND');
  });

  it('gives no file that has changed since it was indexed', async () => {
    writeFileSync(join(app.pictures, 'part-1', '0001.jpg'), 'a secret of somebody');
    const changed = await pictureAt('0001.jpg');
    await assertRefusal(await fetch(`${app.address}/v1/pictures/${changed}/file`), 404, 'NOT_FOUND');
  });

  async function pictureAt(name: string): Promise<number> {
    const { pictures } = (await (await fetch(`${app.address}/v1/pictures`)).json()) as {
      pictures: Array<{ id: number; files: string[] }>;
    };
    const picture = pictures.find(({ files }) => files[0]?.endsWith(name));
    assert.ok(picture !== undefined);
    return picture.id;
  }

  it('gives an SVG only as a download that can run nothing', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script><rect width="5" height="5"/></svg>';
    const headers = { 'content-type': 'image/svg+xml' };
    const added = await fetch(`${app.address}/v1/pictures`, { method: 'POST', headers, body: svg });
    const { uploads } = (await added.json()) as { uploads: Array<{ picture: { id: number } }> };
    const response = await fetch(`${app.address}/v1/pictures/${uploads[0]?.picture.id}/file`);
    assert.equal(await response.text(), svg);
    assert.match(response.headers.get('content-security-policy') ?? '', /sandbox/);
    assert.match(response.headers.get('content-disposition') ?? '', /^attachment/);
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
  });

  it('refuses by its announced size what is too large, before it is sent', async () => {
    const head =
      'POST /v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/jpeg\r\nContent-Length: 4000000\r\n\r\n';
    const answer = await rawRequest(app.address, head, 1_000);
    assert.match(answer, /^HTTP\/1\.1 413 .*IMAGE_TOO_LARGE/s);
  });

  it('lets a client that reads only when all is sent learn why it was refused', async () => {
    const { statusLine, error } = await sendThenRead(app.address, 30_000_000);
    assert.deepEqual([statusLine, error], ['HTTP/1.1 413 Payload Too Large', null]);
  });

  it('goes on answering while clients send their headers byte by byte', async () => {
    const slow = Array.from({ length: 50 }, () => rawRequest(app.address, 'GET / HT', 1_000));
    const startedAt = performance.now();
    assert.equal((await fetch(`${app.address}/v1/pictures?limit=1`)).status, 200);
    assert.ok(performance.now() - startedAt < 500);
    await Promise.all(slow);
  });

  it('logged no bug in all this', () => {
    assert.deepEqual(app.errors, []);
  });
});
