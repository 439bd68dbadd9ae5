import assert from 'node:assert/strict';
import type { LookupAddress } from 'node:dns';
import type { RequestListener } from 'node:http';
import { describe, it, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { allowedHosts } from '../../src/api/fetch/allowed-hosts.ts';
import { fetchPicture } from '../../src/api/fetch/fetch-picture.ts';
import { type FetchPolicy, fetchPolicy } from '../../src/api/fetch/fetch-policy.ts';
import { isPublicAddress } from '../../src/api/fetch/public-address.ts';
import { serveForTest } from '../support/problem-server.ts';

/** Stands in for the public internet; every other address is judged as it would be in earnest. */
const PUBLIC = '127.0.0.1';
/** Stands in for a private network: connecting works, and must not happen. */
const PRIVATE = '127.0.0.2';

const PICTURE = Buffer.from('not really a picture, but bytes');
const never = new AbortController().signal;

interface Internet {
  readonly port: string;
  /** Requests that reached the server. */
  readonly asked: string[];
  readonly policy: FetchPolicy;
}

/** One server as `pictures.example`, with a resolver that says what the test wants it to. */
async function internet(
  t: TestContext,
  listener: RequestListener,
  { resolve = () => PUBLIC, ...limits }: { resolve?: () => string; timeoutMs?: number } = {},
): Promise<Internet> {
  const asked: string[] = [];
  const url = await serveForTest(t, (request, response) => {
    asked.push(`${request.headers.host} ${request.url}`);
    listener(request, response);
  });
  const { port } = new URL(url);
  const hosts = ['pictures.example', '*.pictures.example', '169.254.169.254', PRIVATE, '[::1]', 'localhost'];
  return {
    port,
    asked,
    policy: {
      isAllowedHost: allowedHosts(hosts.flatMap((host) => [host, `${host}:${port}`])),
      maxBytes: 1_000_000,
      timeoutMs: 5_000,
      maxRedirects: 3,
      resolve: async () => toAddresses(resolve()),
      isAllowedAddress: (address) => address === PUBLIC || isPublicAddress(address),
      ...limits,
    },
  };
}

function toAddresses(list: string): LookupAddress[] {
  return list.split(' ').map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
}

const sendPicture: RequestListener = (_request, response) => response.end(PICTURE);
const redirectTo =
  (location: string): RequestListener =>
  (request, response) =>
    request.url === '/start' ? response.writeHead(302, { location }).end() : response.end(PICTURE);

describe('fetching a picture', () => {
  it('returns the bytes, in memory that is theirs alone', async (t) => {
    const { policy, port } = await internet(t, sendPicture);
    const bytes = await fetchPicture(`http://pictures.example:${port}/a.jpg`, policy, never);
    assert.deepEqual(Buffer.from(bytes), PICTURE);
    assert.equal(bytes.buffer.byteLength, PICTURE.length);
  });

  it('follows a redirect to another allowed host', async (t) => {
    const { policy, port, asked } = await internet(t, (request, response) =>
      redirectTo(`//cdn.pictures.example:${port}/b.jpg`)(request, response),
    );
    await fetchPicture(`http://pictures.example:${port}/start`, policy, never);
    assert.deepEqual(asked, [`pictures.example:${port} /start`, `cdn.pictures.example:${port} /b.jpg`]);
  });

  it('fetches nothing when no host is allowed', async () => {
    const limits = { maxBytes: 10, timeoutMs: 1_000, maxRedirects: 0 };
    await assert.rejects(
      fetchPicture('https://a.example/', fetchPolicy({ ...limits, allowedHosts: [] }), never),
      {
        code: 'FORBIDDEN',
      },
    );
  });

  it('refuses what is no http URL, and credentials', async (t) => {
    const { policy, asked } = await internet(t, sendPicture);
    for (const url of [
      'file:///etc/passwd',
      'gopher://pictures.example/1',
      'data:image/png;base64,AAAA',
      'ftp://pictures.example/a',
      'javascript:1',
      'http://user:pass@pictures.example/',
      'http://user@pictures.example/',
      '/etc/passwd',
      'http://',
      '',
      `http://pictures.example/${'x'.repeat(10_000)}`,
    ]) {
      await assert.rejects(fetchPicture(url, policy, never), { code: 'INVALID_INPUT' }, url);
    }
    assert.deepEqual(asked, []);
  });

  it('refuses private addresses in every spelling, though their host be allowed', async (t) => {
    const { policy, port, asked } = await internet(t, sendPicture);
    const open = { ...policy, isAllowedHost: () => true };
    for (const host of [
      PRIVATE,
      '2130706434',
      '0x7f000002',
      '0177.0.0.2',
      '0x7f.0.0.2',
      '127.2',
      '127.0.0.2.',
      '0',
      '[::1]',
      '[::]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[::127.0.0.1]',
      '[64:ff9b::7f00:1]',
      '[2002:7f00:1::]',
      '169.254.169.254',
      '①②⑦.0.0.2',
      '10.0.0.1',
    ]) {
      await assert.rejects(fetchPicture(`http://${host}:${port}/`, open, never), { code: 'FORBIDDEN' }, host);
    }
    assert.deepEqual(asked, []);
  });

  it('refuses a name that resolves to a private address, alone or among public ones', async (t) => {
    for (const answer of [
      PRIVATE,
      '10.0.0.1',
      `${PUBLIC} ${PRIVATE}`,
      `${PUBLIC} ::ffff:127.0.0.1`,
      'fe80::1',
    ]) {
      const { policy, port, asked } = await internet(t, sendPicture, { resolve: () => answer });
      const url = `http://pictures.example:${port}/`;
      await assert.rejects(fetchPicture(url, policy, never), { code: 'FORBIDDEN' }, answer);
      assert.deepEqual(asked, []);
    }
  });

  it('connects to the address that it checked, so a second answer of the resolver changes nothing', async (t) => {
    const answers = [PUBLIC, PRIVATE];
    const { policy, port, asked } = await internet(t, sendPicture, {
      resolve: () => answers.shift() ?? PRIVATE,
    });
    const url = `http://pictures.example:${port}/`;
    await fetchPicture(url, policy, never);
    assert.equal(asked.length, 1);
    assert.deepEqual(answers, [PRIVATE], 'resolved more than once for one connection');
    await assert.rejects(fetchPicture(url, policy, never), { code: 'FORBIDDEN' });
  });

  it('checks again after a redirect: other hosts, addresses, schemes, ports and rebinding', async (t) => {
    const cases: Array<[string, string]> = [
      ['http://127.0.0.2:PORT/secret', 'FORBIDDEN'],
      ['http://169.254.169.254/latest/meta-data/', 'FORBIDDEN'],
      ['http://[::1]:PORT/', 'FORBIDDEN'],
      ['http://2130706434:PORT/', 'FORBIDDEN'],
      ['http://elsewhere.example/', 'FORBIDDEN'],
      ['http://pictures.example:22/', 'FORBIDDEN'],
      ['file:///etc/passwd', 'INVALID_INPUT'],
      ['gopher://pictures.example/', 'INVALID_INPUT'],
      ['http://u:p@pictures.example/', 'INVALID_INPUT'],
    ];
    for (const [target, code] of cases) {
      let location = '';
      const { policy, port, asked } = await internet(t, (request, response) =>
        redirectTo(location)(request, response),
      );
      location = target.replace('PORT', port);
      await assert.rejects(
        fetchPicture(`http://pictures.example:${port}/start`, policy, never),
        { code },
        location,
      );
      assert.equal(asked.length, 1, location);
    }
    const answers = [PUBLIC, PRIVATE];
    const rebound = await internet(t, redirectTo('/again'), { resolve: () => answers.shift() ?? PRIVATE });
    const url = `http://pictures.example:${rebound.port}/start`;
    await assert.rejects(fetchPicture(url, rebound.policy, never), { code: 'FORBIDDEN' });
    assert.equal(rebound.asked.length, 1);
  });

  it('gives up on redirect loops', async (t) => {
    const { policy, port, asked } = await internet(t, redirectTo('/start'));
    await assert.rejects(fetchPicture(`http://pictures.example:${port}/start`, policy, never), {
      code: 'NOT_FOUND',
      message: /redirects more than 3 times/,
    });
    assert.equal(asked.length, 4);
  });

  it('stops reading at the size limit, announced or not, and lets the connection go', async (t) => {
    let isClosed = false;
    const { policy, port } = await internet(t, (request, response) => {
      if (request.url === '/announced') {
        response.writeHead(200, { 'content-length': 1_000_001 }).flushHeaders();
        return;
      }
      const timer = setInterval(() => response.write(Buffer.alloc(65_536)), 1);
      response.on('close', () => {
        isClosed = true;
        clearInterval(timer);
      });
    });
    const url = `http://pictures.example:${port}`;
    await assert.rejects(fetchPicture(`${url}/announced`, policy, never), { code: 'IMAGE_TOO_LARGE' });
    await assert.rejects(fetchPicture(`${url}/endless`, policy, never), { code: 'IMAGE_TOO_LARGE' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.ok(isClosed);
  });

  it('gives up on a server that drips, in the head or in the body', async (t) => {
    const { policy, port } = await internet(
      t,
      (request, response) => {
        if (request.url === '/body') {
          const timer = setInterval(() => response.write('x'), 20);
          response.on('close', () => clearInterval(timer));
        }
      },
      { timeoutMs: 250 },
    );
    for (const path of ['head', 'body']) {
      const startedAt = performance.now();
      await assert.rejects(fetchPicture(`http://pictures.example:${port}/${path}`, policy, never), {
        code: 'NOT_FOUND',
        message: /longer than 250 ms/,
      });
      assert.ok(performance.now() - startedAt < 2_000);
    }
  });

  it('does not undo compression', async (t) => {
    const bomb = gzipSync(Buffer.alloc(10_000_000));
    const { policy, port } = await internet(t, (request, response) => {
      assert.equal(request.headers['accept-encoding'], 'identity');
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    });
    await assert.rejects(fetchPicture(`http://pictures.example:${port}/`, policy, never), {
      code: 'FORMAT_UNSUPPORTED',
    });
  });

  it('says that nothing was found for an error answer, a broken one, a closed port and an unknown name', async (t) => {
    const { policy, port } = await internet(t, (request, response) => {
      if (request.url === '/404') {
        response.writeHead(404).end();
      } else if (request.url === '/short') {
        response.writeHead(200, { 'content-length': 100 }).write('x', () => response.destroy());
      } else {
        response.socket?.end('hello, this is not HTTP\r\n\r\n');
      }
    });
    for (const path of ['404', 'short', 'garbage']) {
      const url = `http://pictures.example:${port}/${path}`;
      await assert.rejects(fetchPicture(url, policy, never), { code: 'NOT_FOUND' }, path);
    }
    const unknown = {
      ...policy,
      resolve: () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' })),
    };
    await assert.rejects(fetchPicture(`http://pictures.example:${port}/`, unknown, never), {
      code: 'NOT_FOUND',
      message: /ENOTFOUND/,
    });
    const closed = { ...policy, isAllowedHost: () => true };
    await assert.rejects(fetchPicture('http://pictures.example:1/', closed, never), {
      code: 'NOT_FOUND',
      message: /ECONNREFUSED/,
    });
  });

  it('stops when the caller goes', async (t) => {
    const { policy, port } = await internet(t, () => {});
    const caller = new AbortController();
    const fetched = fetchPicture(`http://pictures.example:${port}/`, policy, caller.signal);
    setTimeout(() => caller.abort(), 50);
    await assert.rejects(fetched, { name: 'AbortError' });
  });
});
