import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { DescriptorStore } from '../../src/domain/descriptor-store.ts';
import {
  isNearlyLevel,
  lackOf,
  type SpaceIndex,
  type SpaceIndexParts,
} from '../../src/search/space-index.ts';
import { interruptedStore } from '../support/interrupted-store.ts';
import { makeFormerIndex } from '../support/make-former-index.ts';
import { seededEmbedding } from '../support/seeded-picture.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';
import {
  addPictures,
  alterVector,
  assertLevel,
  openVectorLibrary,
  removePictures,
  type VectorLibrary,
} from '../support/vector-library.ts';

const COMMITTER = fileURLToPath(new URL('../support/commit-until-stopped.js', import.meta.url));

/** A library of so many pictures, whose index is saved level with its catalog. */
async function savedLibrary(pictures: number): Promise<VectorLibrary> {
  const library = await openVectorLibrary();
  await addPictures(library.catalog, 0, pictures);
  const space = await library.openIndex();
  await space.save();
  return library;
}

async function nearestPicture({ index }: SpaceIndex, n: number): Promise<number | undefined> {
  return (await index.nearest(seededEmbedding(`picture ${n}`), 1))[0]?.id;
}

/** Adds two, removes one and embeds one again, all of it other pictures each time. */
function changer(library: VectorLibrary, from: number): () => Promise<void> {
  let next = from;
  return async () => {
    await addPictures(library.catalog, next, 2);
    await removePictures(library.catalog, (next - from) / 2);
    await alterVector(library, (next - from) / 2 + 100, seededEmbedding(`again ${next}`));
    next += 2;
  };
}

describe('SpaceIndex', () => {
  it('is built from the catalog when nothing is saved, and loaded when it is', async () => {
    const library = await openVectorLibrary();
    await addPictures(library.catalog, 0, 300);
    const built = await library.openIndex();
    assert.match(built.rebuiltBecause ?? '', /no index manifest/);
    assert.ok(built.needsSaving);
    await built.save();
    assert.ok(!built.needsSaving);
    const loaded = await library.openIndex();
    assert.deepEqual([loaded.rebuiltBecause, loaded.checkedBecause, loaded.needsSaving], [null, null, false]);
    assert.equal(loaded.position, await library.catalog.descriptors.position());
    assert.equal(await nearestPicture(loaded, 17), 18);
    assert.equal(library.built(), 1);
    await library.catalog.close();
  });

  it('need not be opened by who adds little to it, as long as what is saved can be used', async () => {
    const library = await savedLibrary(300);
    const { catalog } = library;
    const parts = { ...library, descriptors: catalog.descriptors, libraryId: catalog.libraryId };
    const isLevel = async (changed: Partial<SpaceIndexParts> = {}) => {
      const lack = await lackOf({ ...parts, ...changed }, null);
      return lack !== null && isNearlyLevel(lack);
    };
    assert.equal(await isLevel(), true);
    await addPictures(catalog, 300, 2);
    await removePictures(catalog, 1);
    assert.equal(await isLevel(), true);
    const lack = await lackOf(parts, null);
    await addPictures(catalog, 302, 1);
    const more = await lackOf(parts, lack);
    assert.deepEqual([lack?.changed, more?.changed], [3, 4]);
    assert.equal(await isLevel(), false, 'it lacks more than one in a hundred');
    await (await library.openIndex()).save();
    assert.equal(await isLevel(), true);
    assert.equal(await isLevel({ libraryId: 'another' }), false);
    assert.equal(await isLevel({ space: { ...library.space, revision: 9 } }), false);
    const restored = { ...catalog.descriptors, knows: async () => false };
    assert.equal(await isLevel({ descriptors: restored }), false);
    const graph = library.savedFiles().find((file) => file.endsWith('.hnsw')) ?? '';
    truncateSync(join(library.folder, 'indexes', graph), 1_000);
    assert.equal(await isLevel(), false);
    await catalog.close();
  });

  it('is empty for an empty library, and keeps that', async () => {
    const library = await openVectorLibrary();
    await (await library.openIndex()).save();
    const loaded = await library.openIndex();
    assert.equal(loaded.rebuiltBecause, null);
    assert.equal(await loaded.index.size(), 0);
    await library.catalog.close();
  });

  it('catches up with what was added, embedded again and removed since it was saved', async () => {
    const library = await savedLibrary(300);
    const space = await library.openIndex();
    await addPictures(library.catalog, 300, 40);
    await removePictures(library.catalog, 5);
    await alterVector(library, 12, seededEmbedding('another'));
    const reopened = await library.openIndex();
    await space.catchUp();
    for (const caughtUp of [reopened, space]) {
      assert.equal(caughtUp.rebuiltBecause, null);
      assert.ok(caughtUp.needsSaving);
      await assertLevel(caughtUp.index, library);
    }
    assert.equal(library.built(), 1);
    await library.catalog.close();
  });

  it('leaves a handful of changes to a replay, and writes the file when there are more', async () => {
    const library = await savedLibrary(1_000);
    const space = await library.openIndex();
    const before = library.savedFiles();
    await addPictures(library.catalog, 1_000, 5);
    await space.catchUp();
    await space.save();
    assert.deepEqual(library.savedFiles(), before);
    assert.equal(await nearestPicture(await library.openIndex(), 1_003), 1_004, 'the replay brings it');
    await addPictures(library.catalog, 1_005, 20);
    await space.catchUp();
    await space.save();
    assert.notDeepEqual(library.savedFiles(), before);
    await library.catalog.close();
  });

  it('is built again when the saved one lacks vectors that the catalog has', async () => {
    const library = await savedLibrary(100);
    const space = await library.openIndex();
    await space.index.remove([7]);
    await addPictures(library.catalog, 100, 10);
    await space.catchUp();
    await space.save();
    const reopened = await library.openIndex();
    assert.match(reopened.rebuiltBecause ?? '', /Found 109 vectors in the index, expected the 110/);
    await assertLevel(reopened.index, library);
    await library.catalog.close();
  });

  it('is built again on demand, whatever became of its file', async () => {
    const library = await savedLibrary(50);
    const space = await library.openIndex();
    const before = space.index;
    rmSync(library.indexFolder, { recursive: true });
    await space.index.remove([3]);
    await space.rebuild();
    assert.notEqual(space.index, before);
    await assertLevel(space.index, library);
    await space.save();
    assert.equal((await library.openIndex()).rebuiltBecause, null);
    await library.catalog.close();
  });

  it('goes on from where it was when a feed broke off', async () => {
    const library = await savedLibrary(10);
    let left = Number.POSITIVE_INFINITY;
    const store = interruptedStore(library.catalog.descriptors, async () => {
      if (left-- === 0) {
        throw new Error('the network is away');
      }
    });
    const space = await library.openIndex(store);
    const { position } = space;
    await addPictures(library.catalog, 10, 2_500);
    await removePictures(library.catalog, 4);
    for (const moments of [0, 1, 2, 3, 4, 5]) {
      left = moments;
      await assert.rejects(space.catchUp(), /the network is away/);
      assert.equal(space.position, position);
    }
    left = Number.POSITIVE_INFINITY;
    await space.catchUp();
    await assertLevel(space.index, library);
    await library.catalog.close();
  });
});

describe('an index of another history', () => {
  it('is not believed when its folder was copied from another library, whatever it holds', async () => {
    const library = await savedLibrary(120);
    for (const [what, from] of [
      ['the same vectors', 0],
      ['other vectors', 500],
    ] as const) {
      const other = await openVectorLibrary();
      await addPictures(other.catalog, from, 120);
      cpSync(library.indexFolder, other.indexFolder, { recursive: true });
      const space = await other.openIndex();
      assert.ok(
        space.rebuiltBecause?.includes(
          `library ${library.catalog.libraryId}, expected ${other.catalog.libraryId}`,
        ),
        `${what}: ${space.rebuiltBecause}`,
      );
      assert.equal(other.built(), 1);
      await assertLevel(space.index, other);
      await other.catalog.close();
    }
    await library.catalog.close();
  });

  it('is compared with the catalog when the catalog was restored from a backup', async () => {
    const before = await openVectorLibrary();
    await addPictures(before.catalog, 0, 150);
    await before.catalog.close();
    const backup = join(temporaryFolder(), 'catalog.sqlite');
    cpSync(join(before.folder, 'catalog.sqlite'), backup);

    const lost = await openVectorLibrary(before.folder);
    await addPictures(lost.catalog, 150, 30);
    await removePictures(lost.catalog, 3);
    await alterVector(lost, 9, seededEmbedding('lost'));
    await (await lost.openIndex()).save();
    await lost.catalog.close();
    cpSync(backup, join(before.folder, 'catalog.sqlite'));

    // What comes after the backup has the generations and ids of what was lost.
    const restored = await openVectorLibrary(before.folder);
    await addPictures(restored.catalog, 1_000, 4);
    await removePictures(restored.catalog, 40);
    await alterVector(restored, 11, seededEmbedding('restored'));
    const space = await restored.openIndex();
    assert.equal(space.rebuiltBecause, null);
    assert.match(space.checkedBecause ?? '', /restored from a backup/);
    // Lost: 26 of 30 whose ids nobody has, one removed and one altered; new: 4, one removed and one altered.
    assert.equal(space.mended, 26 + 2 + 4 + 2);
    assert.equal(restored.built(), 0);
    await assertLevel(space.index, restored);
    await space.save();
    const reopened = await restored.openIndex();
    assert.deepEqual([reopened.rebuiltBecause, reopened.checkedBecause], [null, null]);
    await assertLevel(reopened.index, restored);
    await restored.catalog.close();
  });
});

describe('an index of the former format', () => {
  const format = (library: VectorLibrary): unknown =>
    JSON.parse(readFileSync(join(library.indexFolder, 'manifest.json'), 'utf8')).format;

  it('is checked and stamped anew, not built again', async () => {
    const library = await savedLibrary(200);
    makeFormerIndex(library.indexFolder, 1);
    const space = await library.openIndex();
    assert.match(space.checkedBecause ?? '', /from before indexes named their library/);
    assert.deepEqual([space.rebuiltBecause, space.mended, space.needsSaving], [null, 0, true]);
    await assertLevel(space.index, library);
    assert.equal(format(library), 1);
    await space.save();
    assert.equal(format(library), 2);
    const reopened = await library.openIndex();
    assert.deepEqual([reopened.rebuiltBecause, reopened.checkedBecause], [null, null]);
    assert.equal(library.built(), 1, 'only before it was saved for the first time');
    await library.catalog.close();
  });

  it('is mended where it holds another vector, lacks one or has one too many', async () => {
    const library = await savedLibrary(200);
    const { index } = await library.openIndex();
    await index.upsert([
      { id: 7, embedding: seededEmbedding('damaged') },
      { id: 12, embedding: seededEmbedding('picture 12') },
      { id: 999, embedding: seededEmbedding('too many') },
    ]);
    await index.remove([20]);
    const { modelKey, dimensions, id, revision } = library.space;
    const stamp = { libraryId: 'x', spaceId: id, revision, modelKey, dimensions, position: 'x' };
    await library.cache.save(index, stamp);
    makeFormerIndex(library.indexFolder, 1);
    const space = await library.openIndex();
    assert.deepEqual([space.rebuiltBecause, space.mended], [null, 4]);
    await assertLevel(space.index, library);
    assert.equal(await nearestPicture(space, 6), 7);
    await library.catalog.close();
  });
});

describe('an index while others commit', () => {
  /**
   * Tries a piece of work with a change at each of the moments at which it asks the store, one moment a time. The
   * index that it ends with must then follow to where the catalog is.
   * @returns the number of moments
   */
  async function atEveryMoment(
    library: VectorLibrary,
    work: (store: DescriptorStore) => Promise<SpaceIndex>,
  ): Promise<number> {
    const other = await openVectorLibrary(library.folder);
    const change = changer(other, 400);
    for (let moment = 0; ; moment++) {
      let passed = 0;
      const store = interruptedStore(library.catalog.descriptors, async () => {
        if (passed++ === moment) {
          await change();
        }
      });
      const space = await work(store);
      if (passed <= moment) {
        await other.catalog.close();
        return moment;
      }
      await space.catchUp();
      await assertLevel(space.index, library, `at moment ${moment}`);
    }
  }

  it('is opened and caught up without being built again, whenever they do', async () => {
    const library = await savedLibrary(300);
    const moments = await atEveryMoment(library, async (store) => {
      const space = await library.openIndex(store);
      assert.equal(space.rebuiltBecause, null);
      await space.catchUp();
      return space;
    });
    assert.ok(moments > 6, `only ${moments} moments`);
    assert.equal(library.built(), 1, 'only before it was saved for the first time');
    await library.catalog.close();
  });

  it('is checked without being built again, whenever they do', async () => {
    const library = await savedLibrary(300);
    makeFormerIndex(library.indexFolder, 1);
    const moments = await atEveryMoment(library, async (store) => {
      const space = await library.openIndex(store);
      assert.equal(space.rebuiltBecause, null);
      assert.notEqual(space.checkedBecause, null);
      return space;
    });
    assert.ok(moments > 4, `only ${moments} moments`);
    assert.equal(library.built(), 1, 'only before it was saved for the first time');
    await library.catalog.close();
  });

  it('is built whole, whenever they do', async () => {
    const library = await savedLibrary(300);
    const moments = await atEveryMoment(library, async (store) => {
      const space = await library.openIndex(store);
      await space.rebuild();
      return space;
    });
    assert.ok(moments > 8, `only ${moments} moments`);
    await library.catalog.close();
  });

  it('is opened without being built again when they never stop', async () => {
    const library = await savedLibrary(300);
    const space = await library.openIndex(
      interruptedStore(library.catalog.descriptors, changer(library, 400)),
    );
    assert.equal(space.rebuiltBecause, null);
    assert.equal(library.built(), 1, 'only before it was saved for the first time');
    await library.catalog.close();
  });

  it('is opened again and again without being built while another process commits', async () => {
    const library = await savedLibrary(300);
    const stop = join(library.folder, 'stop');
    const { position } = await library.openIndex();
    const other = spawn(process.execPath, [COMMITTER, library.folder, stop], { stdio: 'ignore' });
    const ended = once(other, 'exit');
    await until('the other process commits', async () => {
      return (await library.catalog.descriptors.position()) !== position;
    });
    const positions = new Set([position]);
    while (positions.size < 12) {
      const space = await library.openIndex();
      await space.catchUp();
      assert.equal(space.rebuiltBecause, null);
      positions.add(space.position);
    }
    writeFileSync(stop, '');
    assert.deepEqual(await ended, [0, null]);
    assert.equal(library.built(), 1, 'only before it was saved for the first time');
    await assertLevel((await library.openIndex()).index, library);
    await library.catalog.close();
  });

  it('has what was committed before each of many catch-ups at once, which never mix', async () => {
    const library = await savedLibrary(50);
    const feeds = { running: 0, most: 0, begun: 0 };
    const { descriptors } = library.catalog;
    const watched: DescriptorStore = {
      ...interruptedStore(descriptors, async () => {}),
      async *changes(source, after) {
        feeds.begun++;
        feeds.most = Math.max(feeds.most, ++feeds.running);
        yield* descriptors.changes(source, after);
        feeds.running--;
      },
    };
    const space = await library.openIndex(watched);
    feeds.begun = 0;
    const addAndLook = async (n: number) => {
      await addPictures(library.catalog, 50 + n, 1);
      await Promise.all([space.catchUp(), space.catchUp()]);
      const [held] = await space.index.holds([
        { id: await idOf(n), embedding: seededEmbedding(`picture ${50 + n}`) },
      ]);
      assert.equal(held, true, `picture ${50 + n}`);
    };
    const idOf = async (n: number) =>
      (
        await descriptors.nearestExactly(
          { modelKey: library.space.modelKey, name: 'cls' },
          seededEmbedding(`picture ${50 + n}`),
          1,
        )
      )[0]?.id ?? -1;
    await Promise.all(Array.from({ length: 30 }, (_, n) => addAndLook(n)));
    assert.equal(feeds.most, 1);
    assert.ok(feeds.begun <= 30, `${feeds.begun} feeds for 60 calls`);
    await assertLevel(space.index, library);
    await library.catalog.close();
  });

  it('is saved at a position that it has reached, while it goes on', async () => {
    const library = await savedLibrary(100);
    const space = await library.openIndex();
    for (let round = 0; round < 5; round++) {
      await addPictures(library.catalog, 100 + round * 40, 20);
      await space.catchUp();
      const saving = space.save();
      await addPictures(library.catalog, 120 + round * 40, 20);
      await Promise.all([saving, space.catchUp()]);
      const reopened = await library.openIndex();
      assert.equal(reopened.rebuiltBecause, null);
      await assertLevel(reopened.index, library);
    }
    assert.equal(library.built(), 1);
    await library.catalog.close();
  });
});
