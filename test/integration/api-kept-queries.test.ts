import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import express, { type Express } from 'express';
import type { ApiParts } from '../../src/api/api-parts.ts';
import { BodyBudget } from '../../src/api/body/body-budget.ts';
import { boundedQueue } from '../../src/api/bounded-queue.ts';
import { authenticate } from '../../src/api/keys/authenticate.ts';
import { QueryCache } from '../../src/api/queries/query-cache.ts';
import { queryRoutes } from '../../src/api/queries/query-routes.ts';
import { watchRequest } from '../../src/api/request-signal.ts';
import { createEideticClient, type EideticClient } from '../../src/client/eidetic-client.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { answerWithCode, serveForTest } from '../support/problem-server.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PICTURES = 12;

describe('pictures that are kept to be searched for', () => {
  const folder = temporaryFolder();
  let app: ServedApp;
  let client: EideticClient;

  before(async () => {
    app = await serveApp(folder, PICTURES, { allowFetch: ['pictures.invalid'] });
    client = createEideticClient({ address: app.address });
  });
  after(() => app.close());

  const idsOf = async (examples: { positive: Array<number | string>; negative?: Array<number | string> }) =>
    (await client.search({ examples, limit: 100 })).hits.map(({ id }) => id);

  it('are examples like pictures of the library, by the same vectors', async () => {
    const { contentHash } = await client.keepQuery(await readFile(join(app.pictures, 'part-3', '0003.jpg')));
    const [own] = (await client.pictures({ sha256: contentHash })).pictures;
    const id = own?.id ?? 0;
    // The library's own picture is not among its hits, and one that was sent is.
    assert.deepEqual(
      (await idsOf({ positive: [contentHash, 5], negative: [7] })).filter((hit) => hit !== id),
      await idsOf({ positive: [id, 5], negative: [7] }),
    );
    assert.deepEqual(
      (await idsOf({ positive: [5], negative: [contentHash] })).filter((hit) => hit !== id),
      await idsOf({ positive: [5], negative: [id] }),
    );
    assert.ok(!(await idsOf({ positive: [5], negative: [id] })).includes(id), 'what is not wanted is a hit');
  });

  it('are no examples when they are not kept (any more), or named by anything else', async () => {
    const search = (example: string) => client.search({ examples: { positive: [1, example] } });
    await assert.rejects(search('ab'.repeat(32)), /^EideticApiError: 404 NOT_FOUND/);
    await assert.rejects(search('ab'), /^EideticApiError: 400 INVALID_INPUT/);
  });

  it('may come by URL, under the rules of every other', async () => {
    const reasons = [
      ['https://elsewhere.example/a.jpg', 403, 'FORBIDDEN'],
      ['http://pictures.invalid/a.jpg', 404, 'NOT_FOUND'],
      ['file:///etc/passwd', 400, 'INVALID_INPUT'],
      ['nothing', 400, 'INVALID_INPUT'],
    ] as const;
    for (const [url, status, code] of reasons) {
      await assert.rejects(client.keepQuery({ url }), new RegExp(`^EideticApiError: ${status} ${code}`), url);
    }
    assert.equal((await client.session()).fetchesUrls, true);
  });

  it('are fetched once, and kept as if they had been sent', async (t) => {
    const bytes = await readFile(join(app.pictures, 'part-1', '0005.jpg'));
    let asked = 0;
    const pictureUrl = await serveForTest(t, (_request, response) => {
      asked++;
      response.end(bytes);
    });
    const queries = new QueryCache(1_000_000, 60_000);
    const address = await serveForTest(t, queriesFetchedFromAnywhere(app, queries));
    const fetching = createEideticClient({ address });
    const kept = await fetching.keepQuery({ url: pictureUrl });
    const sent = await client.keepQuery(bytes);
    assert.deepEqual({ ...kept, expiresAt: '' }, { ...sent, expiresAt: '' });
    assert.deepEqual(queries.find(kept.contentHash)?.bytes, new Uint8Array(bytes));
    assert.ok((await fetching.queryThumbnail(kept.contentHash)).size > 100);
    assert.equal(asked, 1);
  });

  it('are refused by what is neither a picture nor a URL', async () => {
    for (const body of [{}, { url: 1 }, { url: 'https://a.example', more: 1 }, []]) {
      const response = await fetch(`${app.address}/v1/queries`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      assert.equal(response.status, 400, JSON.stringify(body));
    }
    await assert.rejects(client.keepQuery(new Uint8Array()), /^EideticApiError: 422 IMAGE_UNREADABLE/);
    const kept = await client.keepQuery(await drawNumbered(500).png().toBuffer());
    assert.equal(kept.width, 96);
  });

  it('and pictures of the library are told to be away when none of their files is there', async () => {
    const known = join(app.pictures, 'part-0', '0000.jpg');
    const [first] = (await client.pictures({ path: known })).pictures;
    const id = first?.id ?? 0;
    const all = Array.from({ length: PICTURES }, (_, i) => i + 1);
    assert.deepEqual(await client.away([...all, 999]), { away: [] });
    renameSync(known, `${known}.elsewhere`);
    assert.deepEqual(await client.away(all), { away: [id] });
    renameSync(`${known}.elsewhere`, known);
    assert.deepEqual(await client.away([id]), { away: [] });
    for (const ids of ['', '0', '1,', 'x', '1e3', Array(501).fill('1').join(',')]) {
      assert.equal((await fetch(`${app.address}/v1/away?ids=${ids}`)).status, 400, ids);
    }
  });
});

/** The routes of kept pictures alone, on a test's own server in place of a public one. */
function queriesFetchedFromAnywhere({ library }: ServedApp, queries: QueryCache): Express {
  const queue = () => boundedQueue('a test', 1, 8);
  const parts = {
    library,
    queries,
    inference: { plain: queue(), bounded: queue(), unbounded: queue() },
    drawing: queue(),
    metrics: { time: (_stage: string, work: () => Promise<unknown>) => work() },
    bodies: { budget: new BodyBudget(1_000_000), maxBytes: 1_000_000 },
    fetchPolicy: {
      isAllowedHost: () => true,
      maxBytes: 1_000_000,
      timeoutMs: 5_000,
      maxRedirects: 0,
      resolve: async () => [],
      isAllowedAddress: () => true,
    },
  } as unknown as ApiParts;
  const api = express();
  api.use(authenticate(null, { required: false }), watchRequest(10_000), queryRoutes(parts));
  api.use(answerWithCode);
  return api;
}
