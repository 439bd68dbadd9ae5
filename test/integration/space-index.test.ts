import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Catalog } from '../../src/domain/catalog.ts';
import { SpaceIndex } from '../../src/search/space-index.ts';
import { openSqliteCatalog } from '../../src/storage/sqlite-catalog.ts';
import { hnswStore } from '../../src/vector-index/hnsw-store.ts';
import { SEEDED_DIMENSIONS, SEEDED_MODEL, seededEmbedding, seededFile } from '../support/seeded-picture.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const MODEL = 'm';

async function library(pictures: number) {
  const folder = temporaryFolder();
  const catalog = openSqliteCatalog(join(temporaryFolder(), 'catalog.sqlite'));
  await catalog.addModel(MODEL, SEEDED_MODEL);
  await add(catalog, 0, pictures);
  const open = () =>
    SpaceIndex.open({
      catalog,
      store: hnswStore(folder),
      modelKey: MODEL,
      space: 'similar',
      dimensions: SEEDED_DIMENSIONS,
    });
  const savedFiles = () => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return { folder, catalog, open, savedFiles };
}

async function add(catalog: Catalog, from: number, count: number): Promise<void> {
  const files = Array.from({ length: count }, (_, i) =>
    seededFile(`/${from + i}.jpg`, `picture ${from + i}`),
  );
  await catalog.commit({ modelKey: MODEL, files, failures: [], removed: [] });
}

async function first(space: SpaceIndex, n: number): Promise<number | undefined> {
  return (await space.index.nearest(seededEmbedding(`picture ${n}`), 1))[0]?.id;
}

describe('SpaceIndex', () => {
  it('is built from the catalog when nothing is saved, and loaded when it is', async () => {
    const { open } = await library(300);
    const built = await open();
    assert.notEqual(built.rebuiltBecause, null);
    assert.ok(built.needsSaving);
    await built.save(built.generation);
    const loaded = await open();
    assert.equal(loaded.rebuiltBecause, null);
    assert.ok(!loaded.needsSaving);
    assert.equal(await first(loaded, 17), 18);
  });

  it('catches up with what was added, embedded again and removed since it was saved', async () => {
    const { catalog, open } = await library(300);
    const space = await open();
    await space.save(space.generation);
    await add(catalog, 300, 40);
    await catalog.commit({ modelKey: MODEL, files: [], failures: [], removed: ['/5.jpg'] });
    await catalog.pruneOrphans();
    for (const caughtUp of [await open(), space]) {
      await caughtUp.catchUp();
      assert.equal(caughtUp === space || caughtUp.rebuiltBecause === null, true);
      assert.equal(await caughtUp.index.size(), 339);
      assert.equal(await first(caughtUp, 333), 334);
      assert.notEqual(await first(caughtUp, 5), 6);
    }
  });

  it('leaves a handful of changes to a replay, and writes the file when there are more', async () => {
    const { catalog, open, savedFiles } = await library(1_000);
    const space = await open();
    await space.save(space.generation);
    const before = savedFiles();
    await add(catalog, 1_000, 5);
    await space.catchUp();
    await space.save(space.generation);
    assert.deepEqual(savedFiles(), before);
    assert.equal(await first(await open(), 1_003), 1_004, 'the replay brings it');
    await add(catalog, 1_005, 20);
    await space.catchUp();
    await space.save(space.generation);
    assert.notDeepEqual(savedFiles(), before);
  });

  it('is built again when the saved one lacks pictures that the catalog has', async () => {
    const { catalog, open } = await library(100);
    const space = await open();
    await space.index.remove([7]);
    await space.save(space.generation);
    const reopened = await open();
    assert.match(reopened.rebuiltBecause ?? '', /does not hold/);
    assert.equal(await first(reopened, 6), 7);
    await catalog.close();
  });

  it('is built again on demand, whatever became of its file', async () => {
    const { folder, open } = await library(50);
    const space = await open();
    await space.save(space.generation);
    rmSync(folder, { recursive: true });
    await space.rebuild();
    await space.save(space.generation);
    assert.equal((await open()).rebuiltBecause, null);
  });
});
