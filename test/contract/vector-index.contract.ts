import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Embedding, similarity, toEmbedding } from '../../src/domain/embedding.ts';
import type { IndexEntry, Neighbor, VectorIndex } from '../../src/domain/vector-index.ts';
import { clusteredEmbeddings, randomEmbedding } from '../support/clustered-embeddings.ts';
import { seededRandom } from '../support/seeded-random.ts';

const SEED = 20240;

/** What every vector index must do, whatever stands behind it. */
export function testVectorIndexContract(
  name: string,
  create: (dimensions: number) => Promise<VectorIndex>,
): void {
  const idsOf = (neighbors: readonly Neighbor[]) => neighbors.map((neighbor) => neighbor.id);
  const entriesOf = (embeddings: readonly Embedding[], firstId = 1): IndexEntry[] =>
    embeddings.map((embedding, i) => ({ id: firstId + i, embedding }));
  const east = toEmbedding([1, 0, 0, 0]);
  const north = toEmbedding([0, 1, 0, 0]);
  const northEast = toEmbedding([1, 1, 0, 0]);
  const west = toEmbedding([-1, 0, 0, 0]);

  async function filled(...embeddings: Embedding[]): Promise<VectorIndex> {
    const index = await create(4);
    await index.upsert(entriesOf(embeddings));
    return index;
  }

  describe(`${name} as a vector index`, () => {
    test('answers nothing when empty', async () => {
      const index = await create(4);
      assert.equal(index.dimensions, 4);
      assert.equal(await index.size(), 0);
      assert.deepEqual(await index.nearest(east, 5), []);
      await index.remove([1]);
      await index.upsert([]);
      assert.equal(await index.size(), 0);
    });

    test('finds the only one, with its similarity', async () => {
      const index = await filled(northEast);
      const [hit, ...others] = await index.nearest(east, 1);
      assert.equal(hit?.id, 1);
      assert.ok(Math.abs((hit?.similarity ?? 0) - Math.SQRT1_2) < 1e-6);
      assert.deepEqual(others, []);
    });

    test('orders by similarity, from 1 to -1', async () => {
      const index = await filled(west, north, northEast, east);
      const hits = await index.nearest(east, 4);
      assert.deepEqual(idsOf(hits), [4, 3, 2, 1]);
      assert.equal(hits[0]?.similarity, 1);
      assert.equal(hits[3]?.similarity, -1);
      assert.ok(Math.abs(hits[2]?.similarity ?? 1) < 1e-6);
    });

    test('returns all when asked for more than there are', async () => {
      const index = await filled(east, north, west);
      assert.deepEqual(idsOf(await index.nearest(east, 1_000_000)), [1, 2, 3]);
    });

    test('orders ties by ascending id', async () => {
      const index = await create(4);
      for (const id of [9, 3, 7, 1, 5]) await index.upsert([{ id, embedding: east }]);
      await index.upsert([{ id: 4, embedding: north }]);
      assert.deepEqual(idsOf(await index.nearest(east, 3)), [1, 3, 5]);
      assert.deepEqual(idsOf(await index.nearest(east, 6)), [1, 3, 5, 7, 9, 4]);
    });

    test('replaces the embedding of an id that is there', async () => {
      const index = await filled(east, north);
      await index.upsert([{ id: 1, embedding: west }]);
      assert.equal(await index.size(), 2);
      assert.deepEqual(idsOf(await index.nearest(east, 3)), [2, 1]);
      assert.deepEqual(idsOf(await index.nearest(west, 1)), [1]);
    });

    test('keeps the last of several embeddings for one id', async () => {
      const index = await create(4);
      await index.upsert([east, north, west].map((embedding) => ({ id: 8, embedding })));
      assert.deepEqual(await index.nearest(west, 9), [{ id: 8, similarity: 1 }]);
    });

    test('replaces one of two that share an embedding, and leaves the other', async () => {
      const index = await filled(east, east);
      await index.upsert([{ id: 1, embedding: north }]);
      assert.deepEqual(await index.nearest(east, 1), [{ id: 2, similarity: 1 }]);
      assert.deepEqual(await index.nearest(north, 1), [{ id: 1, similarity: 1 }]);
    });

    test('removes, ignores ids that are not there, and takes removed ids again', async () => {
      const index = await filled(east, north, west);
      await index.remove([1, 1, 77]);
      assert.equal(await index.size(), 2);
      assert.deepEqual(idsOf(await index.nearest(east, 3)), [2, 3]);
      await index.upsert([{ id: 1, embedding: north }]);
      assert.equal(await index.size(), 3);
      assert.deepEqual(idsOf(await index.nearest(north, 2)), [1, 2]);
    });

    test('can be emptied and filled again', async () => {
      const index = await filled(east, north);
      await index.remove([1, 2]);
      assert.equal(await index.size(), 0);
      assert.deepEqual(await index.nearest(east, 2), []);
      await index.upsert(entriesOf([west, east], 10));
      assert.deepEqual(idsOf(await index.nearest(east, 2)), [11, 10]);
    });

    test('finds the few that are left when nearly all around them were removed', async () => {
      const index = await create(16);
      await index.upsert(entriesOf(clusteredEmbeddings(SEED, 1000, 16)));
      await index.remove(Array.from({ length: 995 }, (_, i) => i + 1));
      const hits = await index.nearest(randomEmbedding(seededRandom(SEED), 16), 10);
      assert.deepEqual(idsOf(hits).sort(), [1000, 996, 997, 998, 999]);
    });

    test('finds what lies beyond a thousand equal embeddings', async () => {
      const random = seededRandom(SEED);
      const equal = randomEmbedding(random, 32);
      const others = Array.from({ length: 1000 }, () => randomEmbedding(random, 32));
      const index = await create(32);
      await index.upsert(entriesOf([...Array<Embedding>(1000).fill(equal), ...others]));
      const found = await Promise.all(others.map((other) => index.nearest(other, 1)));
      assert.deepEqual(
        found.flatMap(idsOf),
        others.map((_, i) => 1001 + i),
      );
      const twins = await index.nearest(equal, 1001);
      assert.deepEqual(
        idsOf(twins.slice(0, 1000)),
        Array.from({ length: 1000 }, (_, i) => i + 1),
      );
      assert.ok((twins[1000]?.id ?? 0) > 1000);
      assert.equal((await index.nearest(equal, 5000)).length, 2000);
    });

    test('agrees with the similarity of the domain, in order', async () => {
      const embeddings = clusteredEmbeddings(SEED, 500, 24);
      const index = await create(24);
      await index.upsert(entriesOf(embeddings));
      const query = embeddings[17] as Embedding;
      const hits = await index.nearest(query, 50);
      assert.equal(hits[0]?.id, 18);
      for (const [i, hit] of hits.entries()) {
        assert.ok(Math.abs(hit.similarity - similarity(query, embeddings[hit.id - 1] as Embedding)) < 1e-6);
        assert.ok(hit.similarity <= (hits[i - 1]?.similarity ?? 1));
      }
    });

    test('lists every label once, whatever was replaced and removed', async () => {
      const index = await filled(east, north, east, west);
      await index.upsert([{ id: 2, embedding: east }]);
      await index.remove([3, 99]);
      await index.upsert([{ id: 2 ** 40, embedding: north }]);
      assert.deepEqual((await index.ids()).sort(), [1, 2 ** 40, 2, 4].sort());
      await index.remove([1, 2, 4, 2 ** 40]);
      assert.deepEqual(await index.ids(), []);
    });

    test('holds exactly the embeddings it was given, each under its own label', async () => {
      const index = await filled(east, north, northEast, east);
      const held = (...entries: Array<[number, Embedding]>) =>
        index.holds(entries.map(([id, embedding]) => ({ id, embedding })));
      assert.deepEqual(await index.holds([]), []);
      assert.deepEqual(await held([1, east], [2, north], [3, northEast], [4, east]), [
        true,
        true,
        true,
        true,
      ]);
      assert.deepEqual(await held([1, north], [2, east], [5, east], [3, northEast]), [
        false,
        false,
        false,
        true,
      ]);
      await index.upsert([{ id: 1, embedding: west }]);
      await index.remove([2]);
      assert.deepEqual(await held([1, east], [1, west], [2, north], [4, east]), [false, true, false, true]);
    });

    test('tells embeddings apart that differ by one rounding in one value', async () => {
      const random = seededRandom(SEED);
      const index = await create(32);
      const embeddings = Array.from({ length: 50 }, () => randomEmbedding(random, 32));
      await index.upsert(entriesOf(embeddings));
      const altered = embeddings.map((embedding, i) => {
        const copy = new Float32Array(embedding);
        const bits = new Int32Array(copy.buffer);
        bits[i % 32] = (bits[i % 32] as number) + 1;
        return copy as Embedding;
      });
      assert.deepEqual(await index.holds(entriesOf(embeddings)), Array(50).fill(true));
      assert.deepEqual(await index.holds(entriesOf(altered)), Array(50).fill(false));
      await index.upsert(entriesOf(altered));
      assert.deepEqual(await index.holds(entriesOf(embeddings)), Array(50).fill(false));
      assert.deepEqual(await index.holds(entriesOf(altered)), Array(50).fill(true));
    });

    test('tells embeddings apart whose difference vanishes when it is squared', async () => {
      const tiny = new Float32Array([1, 1e-30, 0, 0]) as Embedding;
      const other = new Float32Array([1, 2e-30, 0, 0]) as Embedding;
      const index = await filled(tiny, other);
      const entries = entriesOf([tiny, other]);
      assert.deepEqual(await index.holds(entries), [true, true]);
      assert.deepEqual(await index.holds(entriesOf([other, tiny])), [false, false]);
    });

    test('refuses another dimension and changes nothing', async () => {
      const index = await filled(east);
      const short = toEmbedding([1, 2, 3]);
      const refused = { name: 'EideticError', code: 'INVALID_INPUT' };
      await assert.rejects(index.nearest(short, 1), refused);
      const mixed = [
        { id: 2, embedding: north },
        { id: 3, embedding: short },
      ];
      await assert.rejects(index.upsert(mixed), refused);
      await assert.rejects(index.holds(mixed), refused);
      assert.equal(await index.size(), 1);
    });

    test('refuses values that are not finite, should any get past the types', async () => {
      const index = await filled(east);
      const broken = new Float32Array([1, Number.NaN, 0, 0]) as Embedding;
      const refused = { name: 'EideticError', code: 'INVALID_INPUT' };
      await assert.rejects(index.nearest(broken, 1), refused);
      await assert.rejects(index.upsert([{ id: 2, embedding: broken }]), refused);
    });

    for (const k of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      test(`refuses k = ${k}`, async () => {
        const index = await filled(east);
        await assert.rejects(index.nearest(east, k), { name: 'EideticError', code: 'INVALID_INPUT' });
      });
    }

    test('takes ids as large as a database makes them', async () => {
      const index = await create(4);
      const id = 2 ** 40 + 3;
      await index.upsert([{ id, embedding: east }]);
      assert.deepEqual(await index.nearest(east, 1), [{ id, similarity: 1 }]);
    });

    test('answers while a long upsert runs, and has everything when two that overlap are done', async () => {
      const index = await create(32);
      const entries = entriesOf(clusteredEmbeddings(SEED, 1200, 32));
      const upserts = Promise.all([index.upsert(entries.slice(0, 800)), index.upsert(entries.slice(400))]);
      const query = entries[1199]?.embedding as Embedding;
      for (let i = 0; i < 20; i++) {
        for (const { id } of await index.nearest(query, 5)) assert.ok(id >= 1 && id <= 1200);
      }
      await upserts;
      assert.equal(await index.size(), 1200);
      assert.deepEqual(idsOf(await index.nearest(query, 1)), [1200]);
    });
  });
}
