import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Catalog } from '../../src/domain/catalog.ts';
import type { Space, SpaceDefinition } from '../../src/domain/space.ts';
import type { SpaceStore } from '../../src/domain/space-store.ts';
import { refuses } from '../support/refuses.ts';
import { SEEDED_DIMENSIONS, SEEDED_KEY, SEEDED_MODEL } from '../support/seeded-picture.ts';
import { contractTests } from './contract-tests.ts';

const SIMILAR: SpaceDefinition = {
  id: 'similar',
  modelKey: SEEDED_KEY,
  from: 'cls',
  transform: 'none',
  dimensions: SEEDED_DIMENSIONS,
  metric: 'cosine',
};

async function activeOf(spaces: SpaceStore): Promise<Space[]> {
  return (await spaces.spaces()).filter(({ isActive }) => isActive).map(({ isActive: _, ...space }) => space);
}

/** What every store of spaces must do. `open` gives a new empty one each time. */
export function spaceStoreContract(
  name: string,
  open: () => Promise<Pick<Catalog, 'models' | 'spaces' | 'close'>>,
): void {
  const test = contractTests(open, async ({ models }) => {
    await models.add(SEEDED_KEY, SEEDED_MODEL);
    await models.add('other', SEEDED_MODEL);
  });

  describe(`space store contract: ${name}`, () => {
    test('has no space at first', async ({ spaces }) => {
      assert.deepEqual(await spaces.spaces(), []);
    });

    test('keeps definitions in the order of their ids and revisions, none of them in use', async ({
      spaces,
    }) => {
      const first = await spaces.put(SIMILAR);
      const second = await spaces.put({ ...SIMILAR, modelKey: 'other' });
      const copy = await spaces.put({ ...SIMILAR, id: 'copy', from: 'gem' });
      assert.deepEqual(first, { ...SIMILAR, revision: first.revision });
      assert.ok(second.revision > first.revision);
      assert.deepEqual(await spaces.spaces(), [
        { ...copy, isActive: false },
        { ...first, isActive: false },
        { ...second, isActive: false },
      ]);
    });

    test('keeps the revision of a definition for good', async ({ spaces }) => {
      const first = await spaces.put(SIMILAR);
      const others = [
        await spaces.put({ ...SIMILAR, from: 'gem' }),
        await spaces.put({ ...SIMILAR, dimensions: 4 }),
        await spaces.put({ ...SIMILAR, modelKey: 'other' }),
      ];
      assert.deepEqual(await spaces.put(SIMILAR), first);
      assert.equal(new Set([first, ...others].map(({ revision }) => revision)).size, 4);
      assert.equal((await spaces.spaces()).length, 4);
    });

    test('puts a definition once when two ask at the same time', async ({ spaces }) => {
      const [a, b] = await Promise.all([spaces.put(SIMILAR), spaces.put(SIMILAR)]);
      assert.deepEqual(a, b);
      assert.equal((await spaces.spaces()).length, 1);
    });

    test('switches the spaces in use, of the ids that are named only', async ({ spaces }) => {
      const first = await spaces.put(SIMILAR);
      const second = await spaces.put({ ...SIMILAR, modelKey: 'other' });
      const copy = await spaces.put({ ...SIMILAR, id: 'copy' });
      await spaces.activate([second, copy]);
      assert.deepEqual(await activeOf(spaces), [copy, second]);
      await spaces.activate([second]);
      assert.deepEqual(await activeOf(spaces), [copy, second]);
      await spaces.activate([first]);
      assert.deepEqual(await activeOf(spaces), [copy, first]);
    });

    test('switches all spaces that are named, or none', async ({ spaces }) => {
      const former = [await spaces.put({ ...SIMILAR, id: 'copy' }), await spaces.put(SIMILAR)];
      await spaces.activate(former);
      const similar = await spaces.put({ ...SIMILAR, modelKey: 'other' });
      const unknown = { id: 'copy', revision: similar.revision + 100 };
      await refuses(spaces.activate([similar, unknown]), 'MODEL_MISMATCH', /copy/);
      assert.deepEqual(await activeOf(spaces), former);
    });

    test('refuses what it does not know, and keeps what is in use', async ({ spaces }) => {
      const first = await spaces.put(SIMILAR);
      await refuses(spaces.put({ ...SIMILAR, modelKey: 'nobody' }), 'MODEL_MISMATCH', /nobody/);
      await spaces.activate([first]);
      await refuses(
        spaces.activate([{ ...first, revision: first.revision + 1 }]),
        'MODEL_MISMATCH',
        /similar/,
      );
      await refuses(spaces.activate([{ ...first, id: 'copy' }]), 'MODEL_MISMATCH', /copy/);
      assert.deepEqual(await spaces.spaces(), [{ ...first, isActive: true }]);
    });
  });
}
