import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { drawNumbered } from '../support/picture-folder.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const CLIENTS = 40;
const HEAD = 'POST /v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/jpeg\r\n';

/** What a client saw of its connection. */
interface Seen {
  readonly received: string;
  readonly openMs: number;
}

/** Sends the beginning of a request, then a piece every 50 ms until the server closes the connection. */
function drip(address: string, beginning: string, piece: string): Promise<Seen> {
  const { hostname, port } = new URL(address);
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let received = '';
    const timer = setInterval(() => socket.write(piece), 50);
    socket.write(beginning);
    socket.on('data', (chunk) => {
      received += chunk;
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(timer);
      resolve({ received, openMs: performance.now() - startedAt });
    });
  });
}

describe('a server whose clients are slow on purpose', () => {
  let app: ServedApp;

  before(async () => {
    app = await serveApp(temporaryFolder(), 4, { requestSeconds: 1, maxUploadBytes: 100_000 });
  });
  after(() => app.close());

  const ways: ReadonlyArray<[string, string, string]> = [
    ['headers', 'GET /v1/pictures HTTP/1.1\r\nHost: localhost\r\n', 'X-A: b\r\n'],
    ['a body of announced size', `${HEAD}Content-Length: 90000\r\n\r\n`, 'x'],
    ['a body in chunks', `${HEAD}Transfer-Encoding: chunked\r\n\r\n`, '1\r\nx\r\n'],
  ];
  for (const [what, beginning, piece] of ways) {
    it(`lets go of ${CLIENTS} that send ${what} drop by drop, and answers others meanwhile`, async () => {
      const slow = Array.from({ length: CLIENTS }, () => drip(app.address, beginning, piece));
      const body = await drawNumbered(3).jpeg().toBuffer();
      const headers = { 'content-type': 'image/jpeg' };
      const answer = await fetch(`${app.address}/v1/search`, { method: 'POST', headers, body });
      assert.equal(answer.status, 200);
      for (const { received, openMs } of await Promise.all(slow)) {
        assert.match(received, /^HTTP\/1\.1 408 /);
        assert.ok(openMs > 900 && openMs < 6_000, `open for ${openMs} ms`);
      }
    });
  }

  it('stops a body without an announced size at the largest there may be', async () => {
    const piece = `8000\r\n${'x'.repeat(32_768)}\r\n`;
    const { received } = await drip(app.address, `${HEAD}Transfer-Encoding: chunked\r\n\r\n`, piece);
    assert.match(received, /^HTTP\/1\.1 413 .*IMAGE_TOO_LARGE/s);
  });

  it('has room for bodies again when all that is over', async () => {
    const body = await drawNumbered(1, 200).png().toBuffer();
    const headers = { 'content-type': 'image/png' };
    const ask = () => fetch(`${app.address}/v1/search`, { method: 'POST', headers, body });
    const statuses = await Promise.all(Array.from({ length: 8 }, async () => (await ask()).status));
    assert.deepEqual([...new Set(statuses)], [200]);
    assert.deepEqual(app.errors, []);
  });
});
