import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { CatalogPicture } from '../../src/domain/picture-catalog.ts';
import { thumbnailStore } from '../../src/pictures/thumbnail-store.ts';

it('answers with a thumbnail before it is kept, however long that takes', async () => {
  const kept: string[] = [];
  const cache = {
    read: async () => null,
    write(name: string) {
      kept.push(name);
      return new Promise<void>(() => {});
    },
  };
  const store = thumbnailStore(
    cache,
    async () => new Uint8Array([1]),
    async (bytes, side) => new Uint8Array([...bytes, side]),
  );
  const picture = { contentHash: 'abcd' } as CatalogPicture;
  assert.deepEqual(await store.draw(picture, 64), new Uint8Array([1, 64]));
  assert.deepEqual(kept, ['ab/abcd-64.webp']);
});
