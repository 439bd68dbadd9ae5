import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  createEideticClient,
  type EideticClient,
  type SearchAnswer,
} from '../../src/client/eidetic-client.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PICTURES = 12;

describe('pictures of the library that a query is made of', () => {
  const folder = temporaryFolder();
  let app: ServedApp;
  let client: EideticClient;

  before(async () => {
    app = await serveApp(folder, PICTURES);
    client = createEideticClient({ address: app.address });
  });
  after(() => app.close());

  const idsOf = ({ hits }: SearchAnswer) => hits.map(({ id }) => id);
  const without = (...left: number[]) =>
    Array.from({ length: PICTURES }, (_, i) => i + 1).filter((id) => !left.includes(id));
  const sorted = (ids: readonly number[]) => [...ids].sort((a, b) => a - b);

  it('are not among its hits, as with /similar, with a filter and with a region too', async () => {
    const similar = await client.similar(3, { limit: 100 });
    assert.deepEqual(sorted(idsOf(similar)), without(3));
    assert.deepEqual(await client.search({ id: 3, limit: 100 }), similar);
    const region = { x: 0, y: 0, width: 1, height: 1 };
    assert.deepEqual(sorted(idsOf(await client.search({ id: 3, limit: 100, region }))), without(3));
    const filter = { formats: ['jpeg' as const] };
    assert.deepEqual(sorted(idsOf(await client.search({ id: 3, limit: 100, filter }))), without(3));
  });

  it('are not among its hits when they are examples, wanted or not', async () => {
    const examples = { positive: [3, 5, 3], negative: [7] };
    assert.deepEqual(sorted(idsOf(await client.search({ examples, limit: 100 }))), without(3, 5, 7));
  });

  it('are not among its hits in a batch', async () => {
    const queries = [
      { id: 3, limit: 100 },
      { examples: { positive: [1, 2] }, limit: 100 },
    ];
    const { answers } = await client.searchBatch(queries);
    const told = answers.map((answer) => ('hits' in answer ? sorted(idsOf(answer)) : []));
    assert.deepEqual(told, [without(3), without(1, 2)]);
    for (const [i, query] of queries.entries()) {
      assert.deepEqual(answers[i], await client.search(query));
    }
  });

  it('take no place of a page', async () => {
    const all = idsOf(await client.search({ id: 4, limit: 100 }));
    const paged: number[] = [];
    for (let offset: number | null = 0; offset !== null; ) {
      const page: SearchAnswer = await client.search({ id: 4, limit: 3, offset });
      assert.ok(page.hits.length === 3 || page.nextOffset === null);
      paged.push(...idsOf(page));
      offset = page.nextOffset;
    }
    assert.deepEqual(paged, all);
    assert.equal((await client.search({ id: 4, limit: PICTURES - 1 })).nextOffset, null);
  });

  it('are found when they come as bytes or as a vector: that asks whether the library has them', async () => {
    const bytes = await readFile(join(app.pictures, 'part-0', '0000.jpg'));
    const [first] = (await client.searchPicture(bytes, { limit: 1 })).hits;
    assert.ok((first?.similarity ?? 0) > 0.9999);
    const [{ vector = [] } = {}] = (await client.vector(first?.id ?? 0)).vectors;
    assert.deepEqual(idsOf(await client.search({ vector, limit: 1 })), [first?.id]);
  });
});
