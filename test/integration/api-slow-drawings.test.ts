import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { drawNumbered } from '../support/picture-folder.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('the API while drawings take a minute', () => {
  const folder = temporaryFolder();
  let app: ServedApp;

  before(async () => {
    app = await serveApp(folder, 4);
  });
  after(() => app.close());

  function search(body: Uint8Array, type: string, signal?: AbortSignal): Promise<Response> {
    const headers = { 'content-type': type };
    return fetch(`${app.address}/v1/search`, { method: 'POST', headers, body, signal: signal ?? null });
  }

  it('answers searches by other pictures, however many drawings wait, and drops them when their clients leave', async () => {
    const drawing = readFileSync('test/fixtures/faults/slow.svg');
    const leaving = new AbortController();
    const count = app.library.embedder().parallelism * 2;
    const outcomes: unknown[] = [];
    const drawings = Array.from({ length: count }, async () => {
      outcomes.push(await search(drawing, 'image/svg+xml', leaving.signal).catch((error) => error.name));
    });
    const gif = await drawNumbered(1).gif().toBuffer();
    for (const [body, type] of [
      [await drawNumbered(0).jpeg().toBuffer(), 'image/jpeg'],
      [gif, 'image/gif'],
    ] as const) {
      assert.equal((await search(body, type)).status, 200);
    }
    assert.deepEqual(outcomes, [], 'the drawings should still be in work');
    leaving.abort();
    await Promise.all(drawings);
    assert.ok(outcomes.every((name) => name === 'AbortError'));
    const small = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"/>');
    assert.equal((await search(small, 'image/svg+xml')).status, 200, 'nothing should stand before it');
  });
});
