import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { IndexedFile } from '../../src/domain/file-ledger.ts';
import type { PartId, PictureId } from '../../src/domain/picture.ts';
import { collect } from '../support/collect.ts';
import { FollowedVectors } from '../support/followed-vectors.ts';
import { refuses } from '../support/refuses.ts';
import {
  SEEDED_KEY,
  SEEDED_MODEL,
  seededEmbedding,
  seededFile,
  seededPicture,
} from '../support/seeded-picture.ts';
import type { PicturesUnderTest } from './catalog-under-test.ts';
import { contractTests } from './contract-tests.ts';

const OTHER_KEY = 'other-model';
const CLS = { modelKey: SEEDED_KEY, name: 'cls' };
const GEM = { modelKey: SEEDED_KEY, name: 'gem' };
const OTHER_CLS = { modelKey: OTHER_KEY, name: 'cls' };

/** What every store of descriptors must do, and the feed by which indexes follow it. `open` gives a new empty one. */
export function descriptorStoreContract(name: string, open: () => Promise<PicturesUnderTest>): void {
  const test = contractTests(open, async ({ models }) => {
    await models.add(SEEDED_KEY, SEEDED_MODEL);
    await models.add(OTHER_KEY, SEEDED_MODEL);
  });

  describe(`descriptor store contract: ${name}`, () => {
    test('is empty at first', async ({ descriptors }) => {
      const position = await descriptors.position();
      assert.deepEqual(await descriptors.count(CLS), { count: 0, position });
      assert.deepEqual(await descriptors.vectors(CLS, [1, 2]), []);
      assert.deepEqual(await descriptors.vectorsOfPictures(CLS, [1, 2]), []);
      assert.equal(await descriptors.vectorOfPicture(CLS, 1), null);
      assert.deepEqual(await descriptors.nearestExactly(CLS, seededEmbedding('q'), 3), []);
      const followed = new FollowedVectors();
      await followed.follow(descriptors, CLS);
      assert.deepEqual([followed.vectors.size, followed.position], [0, position]);
    });

    test('gives back vectors to the bit, of parts and of pictures', async (catalog) => {
      const { descriptors } = catalog;
      const seeds = ['one', 'two', 'three'];
      const pictures = await commit(catalog, ...seeds.map((seed) => seededFile(`/${seed}`, seed)));
      const [one = 0, two = 0, three = 0] = pictures;
      assert.deepEqual(await descriptors.vectorOfPicture(CLS, two), seededEmbedding('two'));
      assert.deepEqual(await descriptors.vectorOfPicture(GEM, two), seededEmbedding('two gem'));
      assert.equal(await descriptors.vectorOfPicture(OTHER_CLS, two), null);
      assert.equal(await descriptors.vectorOfPicture(CLS, 999), null);

      const found = await descriptors.vectorsOfPictures(CLS, [three, one, 999]);
      assert.deepEqual(
        found.map(({ picture, embedding }) => [picture, embedding]),
        [
          [one, seededEmbedding('one')],
          [three, seededEmbedding('three')],
        ],
      );
      const parts = found.map(({ id }) => id);
      assert.deepEqual(
        await descriptors.vectors(CLS, [...parts.toReversed(), 999]),
        found.map(({ id, embedding }) => ({ id, embedding })),
      );
    });

    test('never mixes models, nor vectors of one model', async (catalog) => {
      const { descriptors } = catalog;
      const [one = 0] = await commit(catalog, seededFile('/one', 'one'));
      const [two = 0] = await commit(catalog, seededFile('/two', 'two', [OTHER_KEY]));
      assert.deepEqual(await descriptors.vectorsOfPictures(OTHER_CLS, [one]), []);
      assert.deepEqual(await descriptors.vectorsOfPictures(CLS, [two]), []);
      for (const source of [CLS, GEM, OTHER_CLS]) {
        assert.equal((await descriptors.count(source)).count, 1);
        assert.equal((await followed(catalog, source)).vectors.size, 1);
      }
      assert.deepEqual([...(await followed(catalog, GEM)).vectors.values()], [seededEmbedding('one gem')]);
      const nearest = await descriptors.nearestExactly(OTHER_CLS, seededEmbedding('one'), 5);
      assert.deepEqual(
        nearest.map(({ id }) => id),
        await partsOf(catalog, [two], OTHER_CLS),
      );
      const unknown = { modelKey: 'nobody', name: 'cls' };
      assert.equal((await descriptors.count(unknown)).count, 0);
      assert.equal((await followed(catalog, unknown)).vectors.size, 0);
    });

    test('finds the nearest by comparing all, ties by ascending part', async (catalog) => {
      const same = { ...seededPicture('same') };
      const files = ['/1', '/2', '/3'].map((path) => ({ ...seededFile(path, path), described: same }));
      const ids = await commit(catalog, seededFile('/far', 'far'), ...files);
      const [far, ...ties] = await partsOf(catalog, ids);
      const nearest = await catalog.descriptors.nearestExactly(CLS, seededEmbedding('same'), 9);
      assert.deepEqual(
        nearest.map(({ id }) => id),
        [...ties, far],
      );
      assert.ok(Math.abs((nearest[0]?.similarity ?? 0) - 1) < 1e-6);
      assert.ok((nearest[3]?.similarity ?? 1) < 0.999);
      const two = await catalog.descriptors.nearestExactly(CLS, seededEmbedding('same'), 2);
      assert.deepEqual(two, nearest.slice(0, 2));
    });

    test('rises with every change, and knows where it has been', async (catalog) => {
      const { descriptors, files } = catalog;
      const positions = [await descriptors.position()];
      const after = async (work: Promise<unknown>) => {
        await work;
        positions.push(await descriptors.position());
      };
      await after(commit(catalog, seededFile('/a', 'one'), seededFile('/b', 'two')));
      await after(files.commit({ files: [], failures: [], removed: ['/b'] }));
      await after(files.pruneOrphans());
      const [part = 0] = await partsOf(catalog, await catalog.pictures.matching({}, 1));
      await after(descriptors.put(CLS, [{ part, unit: seededEmbedding('new'), norm: null }]));
      assert.equal(new Set(positions).size, positions.length);
      for (const position of positions) {
        assert.equal(await descriptors.knows(position), true, position);
      }
      await files.pruneOrphans();
      assert.equal(await descriptors.position(), positions.at(-1), 'nothing to prune is no change');
    });

    test('knows no position that is not its own, and tells nothing after one', async (catalog) => {
      const other = await open();
      await other.models.add(SEEDED_KEY, SEEDED_MODEL);
      const beginning = await other.descriptors.position();
      await commit(other, seededFile('/a', 'one'));
      const later = await other.descriptors.position();
      await other.close();
      await commit(catalog, seededFile('/a', 'one'));
      const own = await catalog.descriptors.position();
      for (const position of [
        beginning,
        later,
        '',
        '0',
        '1',
        'null',
        `${own}0`,
        `9${own}`,
        own.slice(0, -1),
      ]) {
        assert.equal(await catalog.descriptors.knows(position), false, position);
        await refuses(
          collect(catalog.descriptors.changes(CLS, position)),
          'INVALID_INPUT',
          /expected one of this library/,
        );
      }
    });

    test('tells what came after a position, and nothing else', async (catalog) => {
      const { descriptors, files } = catalog;
      const index = new FollowedVectors();
      const ids = await commit(catalog, seededFile('/a', 'one'), seededFile('/b', 'two'));
      await index.follow(descriptors, CLS);
      const [a = 0, b = 0] = await partsOf(catalog, ids);
      assert.deepEqual([...index.vectors.keys()], [a, b]);
      assert.equal(index.position, await descriptors.position());

      const [c = 0] = await partsOf(catalog, await commit(catalog, seededFile('/c', 'three')));
      await files.commit({ files: [], failures: [], removed: ['/a'] });
      await files.pruneOrphans();
      await descriptors.put(CLS, [{ part: b, unit: seededEmbedding('new two'), norm: 3 }]);
      const pieces = await index.follow(descriptors, CLS);
      assert.deepEqual(
        pieces.flatMap(({ removed }) => removed),
        [a],
      );
      assert.deepEqual(
        pieces.flatMap(({ upserted }) => upserted),
        [
          { id: c, embedding: seededEmbedding('three') },
          { id: b, embedding: seededEmbedding('new two') },
        ],
      );
      assert.equal(index.position, await descriptors.position());
      await requireLevel(catalog, index);
    });

    test('tells of nothing where it is, but still says where that is', async (catalog) => {
      await commit(catalog, seededFile('/a', 'one'));
      const index = await followed(catalog, CLS);
      const here = index.position;
      const pieces = await index.follow(catalog.descriptors, CLS);
      assert.deepEqual(
        pieces.flatMap(({ upserted, removed }) => [...upserted, ...removed]),
        [],
      );
      assert.equal(pieces.at(-1)?.position, here);
    });

    test('says where an index is with the last piece alone', async (catalog) => {
      const files = Array.from({ length: 2_300 }, (_, i) => seededFile(`/many/${i}.jpg`, `many ${i}`));
      await commit(catalog, seededFile('/first.jpg', 'first'));
      const first = await followed(catalog, CLS);
      const ids = await commit(catalog, ...files);
      const index = new FollowedVectors();
      const pieces = await index.follow(catalog.descriptors, CLS);
      assert.ok(pieces.length > 2, 'they come in pieces');
      assert.deepEqual(
        pieces.map(({ position }) => position === null),
        [...pieces.slice(1).map(() => true), false],
      );
      assert.equal(index.vectors.size, 2_301);
      const [part = 0] = await partsOf(catalog, [ids[17] ?? 0]);
      assert.deepEqual(index.vectors.get(part), seededEmbedding('many 17'));
      await first.follow(catalog.descriptors, CLS);
      assert.deepEqual([...first.vectors.keys()].sort(), [...index.vectors.keys()].sort());
    });

    test('brings an index to where the feed began, whatever is committed meanwhile', async (catalog) => {
      const { descriptors, files } = catalog;
      const many = Array.from({ length: 1_500 }, (_, i) => seededFile(`/many/${i}.jpg`, `many ${i}`));
      const parts = await partsOf(catalog, await commit(catalog, ...many));
      const began = await descriptors.position();
      const index = new FollowedVectors();
      let isFirst = true;
      for await (const piece of descriptors.changes(CLS, null)) {
        index.apply(piece);
        if (isFirst) {
          isFirst = false;
          await commit(catalog, seededFile('/new.jpg', 'new'));
          await descriptors.put(CLS, [
            { part: parts[0] ?? 0, unit: seededEmbedding('replaced 0'), norm: null },
            { part: parts[1_499] ?? 0, unit: seededEmbedding('replaced 1499'), norm: null },
          ]);
          await files.commit({ files: [], failures: [], removed: ['/many/1.jpg', '/many/1498.jpg'] });
          await files.pruneOrphans();
        }
      }
      assert.equal(index.position, began);
      const [later = 0] = await partsOf(
        catalog,
        await catalog.pictures.matching({ pathPrefix: '/new.jpg' }, 1),
      );
      assert.notEqual(later, 0);
      assert.equal(index.vectors.has(later), false, 'what came later is not of this feed');
      await index.follow(descriptors, CLS);
      assert.equal(index.position, await descriptors.position());
      await requireLevel(catalog, index);
    });

    test('tells of the removal of a part whose vector was never told', async (catalog) => {
      await commit(catalog, seededFile('/a', 'one'));
      const index = await followed(catalog, CLS);
      await commit(catalog, seededFile('/b', 'two'));
      await catalog.files.commit({ files: [], failures: [], removed: ['/b'] });
      await catalog.files.pruneOrphans();
      await index.follow(catalog.descriptors, CLS);
      await requireLevel(catalog, index);
      assert.equal(index.vectors.size, 1);
    });

    test('counts vectors with the position at which it counted', async (catalog) => {
      const [, two = 0] = await commit(catalog, seededFile('/a', 'one'), seededFile('/b', 'two'));
      const { count, position } = await catalog.descriptors.count(CLS);
      assert.deepEqual([count, position], [2, await catalog.descriptors.position()]);
      await catalog.files.commit({ files: [], failures: [], removed: ['/b'] });
      await catalog.files.pruneOrphans();
      assert.equal((await catalog.descriptors.count(CLS)).count, 1);
      assert.equal(await catalog.descriptors.vectorOfPicture(CLS, two), null);
    });

    test('adds and replaces vectors of parts that are there', async (catalog) => {
      const { descriptors } = catalog;
      const ids = await commit(catalog, seededFile('/a', 'one'), seededFile('/b', 'two'));
      const [a = 0, b = 0] = await partsOf(catalog, ids);
      await descriptors.put(OTHER_CLS, [
        { part: a, unit: seededEmbedding('other one'), norm: 2 },
        { part: b, unit: seededEmbedding('other two'), norm: null },
      ]);
      await descriptors.put(OTHER_CLS, [{ part: a, unit: seededEmbedding('again'), norm: null }]);
      assert.deepEqual(await descriptors.vectors(OTHER_CLS, [a, b]), [
        { id: a, embedding: seededEmbedding('again') },
        { id: b, embedding: seededEmbedding('other two') },
      ]);
      assert.deepEqual(await descriptors.vectorOfPicture(CLS, ids[0] ?? 0), seededEmbedding('one'));
      assert.deepEqual((await catalog.pictures.counts()).described, { [SEEDED_KEY]: 2, [OTHER_KEY]: 2 });
    });

    test('puts all of the vectors or none', async (catalog) => {
      const [part = 0] = await partsOf(catalog, await commit(catalog, seededFile('/a', 'one')));
      const before = await catalog.descriptors.position();
      const unit = seededEmbedding('new');
      await refuses(
        catalog.descriptors.put(OTHER_CLS, [
          { part, unit, norm: null },
          { part: part + 1, unit, norm: null },
        ]),
        'NOT_FOUND',
        /does not have/,
      );
      await refuses(
        catalog.descriptors.put({ modelKey: 'nobody', name: 'cls' }, [{ part, unit, norm: null }]),
        'MODEL_MISMATCH',
        /nobody/,
      );
      assert.equal(await catalog.descriptors.position(), before);
      assert.deepEqual(await catalog.descriptors.vectors(OTHER_CLS, [part]), []);
    });
  });
}

async function commit(
  { files }: PicturesUnderTest,
  ...batch: readonly IndexedFile[]
): Promise<readonly PictureId[]> {
  return (await files.commit({ files: batch, failures: [], removed: [] })).pictures;
}

async function partsOf(
  { descriptors }: PicturesUnderTest,
  pictures: readonly PictureId[],
  source = CLS,
): Promise<PartId[]> {
  const found = await descriptors.vectorsOfPictures(source, pictures);
  return pictures.map((id) => found.find(({ picture }) => picture === id)?.id ?? 0);
}

async function followed({ descriptors }: PicturesUnderTest, source: typeof CLS): Promise<FollowedVectors> {
  const index = new FollowedVectors();
  await index.follow(descriptors, source);
  return index;
}

/** An index that followed must hold what one that begins now is told. */
async function requireLevel(catalog: PicturesUnderTest, index: FollowedVectors): Promise<void> {
  const fresh = await followed(catalog, CLS);
  const sorted = ({ vectors }: FollowedVectors) => [...vectors].sort(([a], [b]) => a - b);
  assert.deepEqual(sorted(index), sorted(fresh));
}
