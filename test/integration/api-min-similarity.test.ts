import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createEideticClient, type EideticClient } from '../../src/client/eidetic-client.ts';
import { type Embedding, normalize, similarity } from '../../src/domain/embedding.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PICTURES = 12;

describe('minSimilarity, wherever it is asked for', () => {
  const folder = temporaryFolder();
  let app: ServedApp;
  let client: EideticClient;

  before(async () => {
    app = await serveApp(folder, PICTURES);
    client = createEideticClient({ address: app.address });
  });
  after(() => app.close());

  it('includes the picture whose similarity is given back, also where it is computed otherwise', async () => {
    for (let id = 1; id <= PICTURES; id++) {
      const { hits } = await client.search({ id, limit: 100 });
      for (const [i, hit] of hits.entries()) {
        const minSimilarity = hit.similarity;
        const told = async (answer: Promise<{ hits: ReadonlyArray<{ id: number }> }>) =>
          (await answer).hits.map((found) => found.id);
        const expected = hits.slice(0, i + 1).map((found) => found.id);
        assert.deepEqual(await told(client.search({ id, limit: 100, minSimilarity })), expected);
        assert.deepEqual(await told(client.similar(id, { limit: 100, minSimilarity })), expected);
        const filter = { formats: ['jpeg' as const] };
        assert.deepEqual(await told(client.search({ id, limit: 100, minSimilarity, filter })), expected);
        const { similarity } = await client.compare({ a: { id }, b: { id: hit.id } });
        assert.ok(
          (await told(client.search({ id, limit: 100, minSimilarity: similarity }))).includes(hit.id),
        );
      }
    }
  });

  it('includes a pair of a report by its own similarity', async () => {
    const copies: Embedding[] = [];
    for (let id = 1; id <= PICTURES; id++) {
      const { vectors } = await client.vector(id);
      copies.push(
        normalize(Float32Array.from(vectors.find(({ space }) => space === 'copy')?.vector ?? [])).unit,
      );
    }
    let [least, pair] = [-1, ''];
    for (const [i, a] of copies.entries()) {
      for (const [j, b] of copies.slice(0, i).entries()) {
        const found = similarity(a, b);
        if (found > least) {
          [least, pair] = [found, String([j + 1, i + 1])];
        }
      }
    }
    const { groups } = await client.duplicates({ minSimilarity: least, limit: 200 });
    assert.deepEqual(
      groups.map(({ pictures }) => String(pictures.map(({ id }) => id))),
      [pair],
    );
  });

  it('takes 1 as: all that is the same', async () => {
    const [{ vector = [] } = {}] = (await client.vector(1)).vectors;
    const { hits } = await client.search({ vector, minSimilarity: 1 });
    assert.deepEqual(
      hits.map(({ id }) => id),
      [1],
    );
  });

  it('may be anything from -1 to 1 for searches and reports alike, and nothing else', async () => {
    const ask = async (minSimilarity: string) => [
      (await fetch(`${app.address}/v1/pictures/1/similar?minSimilarity=${minSimilarity}`)).status,
      (await fetch(`${app.address}/v1/duplicates?minSimilarity=${minSimilarity}`)).status,
      (await fetch(`${app.address}/v1/duplicates/999/pictures?minSimilarity=${minSimilarity}`)).status,
    ];
    for (const allowed of ['-1', '0', '0.5', '1']) {
      assert.deepEqual(await ask(allowed), [200, 200, 404], allowed);
    }
    for (const refused of ['-1.1', '1.1', 'x', '', '%20', 'NaN']) {
      assert.deepEqual(await ask(refused), [400, 400, 400], refused);
    }
  });
});
