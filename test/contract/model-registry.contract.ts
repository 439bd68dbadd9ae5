import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Catalog } from '../../src/domain/catalog.ts';
import { SEEDED_MODEL } from '../support/seeded-picture.ts';
import { contractTests } from './contract-tests.ts';

/** What every registry of models must do. `open` gives a new empty one each time. */
export function modelRegistryContract(
  name: string,
  open: () => Promise<Pick<Catalog, 'models' | 'close'>>,
): void {
  const test = contractTests(open);

  describe(`model registry contract: ${name}`, () => {
    test('knows no model at first', async ({ models }) => {
      assert.deepEqual(await models.models(), []);
    });

    test('gives models back in the order in which they came, each once', async ({ models }) => {
      const second = { ...SEEDED_MODEL, id: 'second' };
      await models.add('z', SEEDED_MODEL);
      await models.add('a', second);
      await models.add('z', { ...SEEDED_MODEL, id: 'the same key again' });
      assert.deepEqual(await models.models(), [
        { key: 'z', manifest: SEEDED_MODEL },
        { key: 'a', manifest: second },
      ]);
    });

    test('adds a model once when two ask at the same time', async ({ models }) => {
      await Promise.all([models.add('a', SEEDED_MODEL), models.add('a', SEEDED_MODEL)]);
      assert.equal((await models.models()).length, 1);
    });
  });
}
