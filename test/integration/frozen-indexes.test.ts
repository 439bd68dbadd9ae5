import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sourceOf } from '../../src/domain/space.ts';
import { SpaceIndex } from '../../src/search/space-index.ts';
import { openSqliteCatalog } from '../../src/storage/sqlite-catalog.ts';
import { sqliteLibraryLock } from '../../src/storage/sqlite-library-lock.ts';
import { createExactIndex } from '../../src/vector-index/exact-index.ts';
import { hnswIndexCache } from '../../src/vector-index/hnsw-index-cache.ts';
import { thawLibrary } from '../support/frozen-library.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

for (const version of [1, 2] as const) {
  describe(`the indexes of a frozen library of version ${version}`, () => {
    it('are checked against the migrated catalog and stamped anew, not built again', async () => {
      const { library } = await thawLibrary(version, temporaryFolder());
      const lock = sqliteLibraryLock(library);
      const catalog = await openSqliteCatalog(join(library, 'catalog.sqlite'), { lock, say: () => {} });
      const { descriptors, libraryId } = catalog;
      const cache = hnswIndexCache(join(library, 'indexes'));
      const spaces = await catalog.spaces.spaces();
      assert.equal(spaces.length, version);
      for (const space of spaces) {
        const opened = await SpaceIndex.open({ descriptors, cache, libraryId, space });
        assert.equal(opened.rebuiltBecause, null);
        assert.match(opened.checkedBecause ?? '', /from before indexes named their library/);
        const exact = createExactIndex(space.dimensions);
        for await (const { upserted } of descriptors.changes(sourceOf(space), null)) {
          assert.ok((await opened.index.holds(upserted)).every((isHeld) => isHeld));
          await exact.upsert(upserted);
        }
        assert.equal(await opened.index.size(), await exact.size());
        await opened.save();
        const again = await SpaceIndex.open({ descriptors, cache, libraryId, space });
        assert.deepEqual(
          [again.rebuiltBecause, again.checkedBecause, again.needsSaving],
          [null, null, false],
        );
      }
      await catalog.close();
    });

    it('are mended when their folder came from a library of other pictures', async () => {
      const { library } = await thawLibrary(version, join(temporaryFolder(), 'a'));
      const other = await thawLibrary(version === 1 ? 2 : 1, join(temporaryFolder(), 'b'));
      cpSync(join(other.library, 'indexes'), join(library, 'indexes'), { recursive: true });
      const lock = sqliteLibraryLock(library);
      const catalog = await openSqliteCatalog(join(library, 'catalog.sqlite'), { lock, say: () => {} });
      const { descriptors, libraryId } = catalog;
      const cache = hnswIndexCache(join(library, 'indexes'));
      let mended = 0;
      for (const space of await catalog.spaces.spaces()) {
        const opened = await SpaceIndex.open({ descriptors, cache, libraryId, space });
        assert.equal(opened.rebuiltBecause, null);
        mended += opened.mended;
        const { index } = opened;
        const { count } = await descriptors.count(sourceOf(space));
        assert.equal(await index.size(), count);
        for await (const { upserted } of descriptors.changes(sourceOf(space), null)) {
          assert.ok((await index.holds(upserted)).every((isHeld) => isHeld));
        }
      }
      assert.ok(mended > 0, 'the other library had the same vectors');
      await catalog.close();
    });
  });
}
