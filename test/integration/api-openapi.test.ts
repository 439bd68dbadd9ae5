import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { OPERATIONS } from '../../src/api/operations.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

describe('the API’s description of itself', () => {
  const folder = temporaryFolder();
  let app: ServedApp;

  before(async () => {
    app = await serveApp(folder, 1);
  });
  after(() => app.close());

  async function get(path: string): Promise<Response> {
    return fetch(app.address + path);
  }

  it('is a valid OpenAPI 3.1 document', async () => {
    const document = (await (await get('/openapi.json')).json()) as Record<string, unknown>;
    const validator = new Validator();
    const result = await validator.validate(structuredClone(document));
    assert.deepEqual(result.valid ? [] : result.errors, []);
    assert.equal(validator.version, '3.1');
    const text = JSON.stringify(document);
    for (const [, name] of text.matchAll(/#\/components\/schemas\/(\w+)/g)) {
      assert.ok(text.includes(`"${name}":{`), `${name} is referred to and not there`);
    }
  });

  it('lists routes that are all served', async () => {
    for (const { path, method, id } of OPERATIONS) {
      const response = await fetch(app.address + path.replace('{id}', '1'), { method: method.toUpperCase() });
      const body = await response.text();
      assert.ok(!body.includes('nothing at this path'), `${id} is not served`);
      assert.notEqual(response.status, 405, `${id} is served with another method`);
    }
  });

  it('has an explorer that asks no other host', async () => {
    const page = await get('/docs');
    const html = await page.text();
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.doesNotMatch(html, /https?:/);
    for (const [, path = ''] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
      assert.equal((await fetch(new URL(path, page.url))).status, 200, path);
    }
  });

  it('tells whether it is alive and ready, and measures itself', async () => {
    assert.deepEqual(await (await get('/status')).json(), {
      state: 'ready',
      version: '0.0.0',
      problem: null,
    });
    assert.equal((await get('/status/live')).status, 200);
    await get('/v1/pictures/1/similar');
    const headers = { 'content-type': 'image/jpeg' };
    const body = await drawNumbered(1).jpeg().toBuffer();
    await fetch(`${app.address}/v1/search`, { method: 'POST', headers, body });
    await until('the recall has been sampled', async () =>
      /recall_queries\{space="similar"\} [1-9]/.test(await (await get('/metrics')).text()),
    );
    const text = await (await get('/metrics')).text();
    for (const line of [
      /eidetic_request_seconds_count\{operation="similarPictures",status="200"\} [1-9]/,
      /eidetic_inference_queue\{cost="plain",state="waiting"\} 0/,
      /eidetic_index_pictures 1/,
      ...['search', 'catalog', 'describe', 'decode', 'inference'].map(
        (stage) => new RegExp(`eidetic_stage_seconds_count\\{stage="${stage}"\\} [1-9]`),
      ),
      /eidetic_sampled_recall\{space="similar"\} 1\n/,
      /nodejs_eventloop_lag_p99_seconds/,
    ]) {
      assert.match(text, line);
    }
  });
});
