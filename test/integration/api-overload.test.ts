import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { drawNumbered } from '../support/picture-folder.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('a server with more to do than it can', () => {
  const folder = temporaryFolder();
  let app: ServedApp;

  before(async () => {
    app = await serveApp(folder, 4, { queue: 2 });
  });
  after(() => app.close());

  function search(body: Uint8Array, signal?: AbortSignal): Promise<Response> {
    const headers = { 'content-type': 'image/png' };
    const init = { method: 'POST', headers, body: Buffer.from(body), ...(signal ? { signal } : {}) };
    return fetch(`${app.address}/v1/search`, init);
  }

  it('answers as many as it can, refuses the rest at once, and stays in good health', async () => {
    const large = await drawNumbered(1, 900).png().toBuffer();
    const responses = Promise.all(Array.from({ length: 40 }, () => search(large)));
    const startedAt = performance.now();
    assert.equal((await fetch(`${app.address}/status/live`)).status, 200);
    const healthMs = performance.now() - startedAt;
    const statuses = (await responses).map(({ status }) => status);
    assert.deepEqual([...new Set(statuses)].sort(), [200, 503]);
    const refused = (await responses).find(({ status }) => status === 503);
    assert.ok(Number(refused?.headers.get('retry-after')) >= 1);
    assert.ok(healthMs < 1_000, `health took ${healthMs} ms`);
    assert.equal((await search(large)).status, 200);
  });

  it('drops what waits for a client that has gone', async () => {
    const large = await drawNumbered(2, 900).png().toBuffer();
    const controllers = Array.from({ length: 8 }, () => new AbortController());
    const gone = controllers.map(({ signal }) => search(large, signal).catch(() => null));
    await new Promise((resolve) => setTimeout(resolve, 30));
    for (const controller of controllers) {
      controller.abort();
    }
    await Promise.all(gone);
    assert.equal((await search(await drawNumbered(3).png().toBuffer())).status, 200);
    assert.deepEqual(app.errors, []);
  });

  it('lets health and searches by id through while pictures wait', async () => {
    const large = await drawNumbered(4, 900).png().toBuffer();
    const uploads = Promise.all(Array.from({ length: 4 }, () => search(large)));
    const byId = await fetch(`${app.address}/v1/pictures/1/similar`);
    assert.equal(byId.status, 200);
    await uploads;
  });

  it('refuses an address that another program listens at', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    try {
      await assert.rejects(serveApp(join(folder, 'second'), 1, { port }), {
        code: 'INVALID_INPUT',
        message: /--port/,
      });
    } finally {
      other.close();
    }
  });
});
