import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { IndexedFile } from '../../src/domain/file-ledger.ts';
import type { PictureFilter } from '../../src/domain/filter.ts';
import type { PartId, PictureFacts, PictureId } from '../../src/domain/picture.ts';
import { DEFAULT_ROOT_RULES } from '../../src/domain/roots.ts';
import {
  contentHashOf,
  knownFileOf,
  SEEDED_KEY,
  SEEDED_MODEL,
  seededFile,
  seededPicture,
  seededStamp,
} from '../support/seeded-picture.ts';
import type { PicturesUnderTest } from './catalog-under-test.ts';
import { contractTests } from './contract-tests.ts';

const CLS = { modelKey: SEEDED_KEY, name: 'cls' };

/** What every catalog of pictures must do. `open` gives a new empty one each time. */
export function pictureCatalogContract(name: string, open: () => Promise<PicturesUnderTest>): void {
  const test = contractTests(open, ({ models }) => models.add(SEEDED_KEY, SEEDED_MODEL));

  describe(`picture catalog contract: ${name}`, () => {
    test('is empty at first', async ({ pictures }) => {
      assert.deepEqual(await pictures.counts(), {
        pictures: 0,
        files: 0,
        failures: 0,
        unsupported: 0,
        others: 0,
        failedSince: 0,
        bytes: 0,
        described: { [SEEDED_KEY]: 0 },
      });
      assert.deepEqual(await pictures.pictures([1, 2]), []);
      assert.deepEqual(await pictures.picturesOfParts([1, 2]), []);
      assert.deepEqual(await pictures.matching({}, 10), []);
      assert.deepEqual(await pictures.newest({}, 10), []);
      assert.deepEqual(await pictures.picturesWithSeveralFiles(), []);
      assert.deepEqual(await pictures.sameImageDataGroups(), []);
      assert.deepEqual(await pictures.samePixelGroups(), []);
      assert.deepEqual(await pictures.knownPixels([1, 2]), []);
    });

    test('gives back what was committed', async (catalog) => {
      const [id = 0] = await commit(catalog, seededFile('/a/1.jpg', 'one'));
      const [picture] = await catalog.pictures.pictures([id]);
      const { identity } = picture?.files[0] ?? {};
      assert.deepEqual(picture, {
        ...seededPicture('one').facts,
        id,
        contentHash: contentHashOf('one'),
        sizeBytes: 1_000,
        files: [{ path: '/a/1.jpg', identity }],
        fileCount: 1,
      });
      assert.equal(typeof identity, 'string');
    });

    test('gives back that nobody looked', async (catalog) => {
      const unknown = {
        ...{ pages: null, bitDepth: null, imageDataHash: null },
        ...{ takenAt: null, camera: null, latitude: null, longitude: null },
      };
      const [id = 0] = await commit(catalog, withFacts('/a.jpg', 'one', unknown));
      const [picture] = await catalog.pictures.pictures([id]);
      const { pages, bitDepth, imageDataHash, takenAt, camera, latitude, longitude } = picture ?? {};
      assert.deepEqual({ pages, bitDepth, imageDataHash, takenAt, camera, latitude, longitude }, unknown);
    });

    test('keeps one picture for files with the same bytes, ascending by the bytes of their paths', async (catalog) => {
      const paths = ['/z', '/a/1', '/a-b', '/\u{1F600}', '/\uFFEE'];
      const [id = 0, ...others] = await commit(
        catalog,
        seededFile('/m', 'one'),
        ...paths.map((path) => knownFileOf(path, 'one')),
      );
      assert.deepEqual(others, [id, id, id, id, id]);
      assert.deepEqual(await pathsOf(catalog, id), ['/a-b', '/a/1', '/m', '/z', '/\uFFEE', '/\u{1F600}']);
      assert.deepEqual(await catalog.pictures.picturesWithSeveralFiles(), [id]);
      const { pictures, files, bytes } = await catalog.pictures.counts();
      assert.deepEqual({ pictures, files, bytes }, { pictures: 1, files: 6, bytes: 6_000 });
    });

    test('gives so many files of a picture as are asked for, always the same ones, and their number', async (catalog) => {
      const paths = ['/e', '/b', '/d', '/a', '/c'];
      const [id = 0, , , , , other = 0] = await commit(
        catalog,
        seededFile('/m', 'one'),
        ...paths.slice(1).map((path) => knownFileOf(path, 'one')),
        seededFile('/x', 'two'),
      );
      const [part = 0] = await partsOf(catalog, [id]);
      const files = await pathsOf(catalog, id);
      for (const mostFiles of [1, 2, 4, 5, 6, 100]) {
        const [picture, second] = await catalog.pictures.pictures([id, other], {}, mostFiles);
        const found = picture?.files.map(({ path }) => path) ?? [];
        assert.deepEqual([found.length, picture?.fileCount], [Math.min(mostFiles, 5), 5]);
        assert.deepEqual(
          found,
          files?.filter((path) => found.includes(path)),
          'in their order',
        );
        assert.deepEqual([second?.files.length, second?.fileCount], [1, 1]);
        const [ofPart] = await catalog.pictures.picturesOfParts([part], { pathPrefix: '/c' }, mostFiles);
        assert.deepEqual(ofPart?.picture, picture);
      }
    });

    test('gives one identity to paths that are one file, and none to what nobody looked at', async (catalog) => {
      const seen = { ...seededStamp('/a'), device: 'disk A', inode: '7' };
      const stamps = [
        seen,
        { ...seen, path: '/b' },
        { ...seen, path: '/c', inode: '8' },
        { ...seen, path: '/d', device: 'disk B' },
        { ...seen, path: '/e', device: null },
        { ...seen, path: '/f', inode: null },
      ];
      const [id = 0] = await commit(
        catalog,
        ...stamps.map((stamp) => ({ ...seededFile(stamp.path, 'one'), stamp })),
      );
      const [picture] = await catalog.pictures.pictures([id]);
      const [a, b, c, d, e, f] = picture?.files.map(({ identity }) => identity) ?? [];
      assert.equal(a, b);
      assert.deepEqual([e, f], [null, null]);
      assert.equal(new Set([a, c, d, null]).size, 4);
    });

    test('gives pictures in the order of the ids, each time it is asked for', async (catalog) => {
      const [a = 0, b = 0] = await commit(catalog, seededFile('/a', 'one'), seededFile('/b', 'two'));
      await commit(catalog, knownFileOf('/c', 'one'));
      const found = await catalog.pictures.pictures([b, 999, a, a, b]);
      assert.deepEqual(
        found.map(({ id, files }) => [id, files.map(({ path }) => path)]),
        [
          [b, ['/b']],
          [a, ['/a', '/c']],
          [a, ['/a', '/c']],
          [b, ['/b']],
        ],
      );
    });

    test('finds pictures by their parts, in the order of the parts', async (catalog) => {
      const ids = await commit(catalog, seededFile('/a', 'one'), seededFile('/b', 'two'));
      const [a = 0, b = 0] = await partsOf(catalog, ids);
      const found = await catalog.pictures.picturesOfParts([b, a, 999, b]);
      assert.deepEqual(
        found.map(({ part, picture }) => [part, picture.id]),
        [
          [b, ids[1]],
          [a, ids[0]],
          [b, ids[1]],
        ],
      );
      const filtered = await catalog.pictures.picturesOfParts([b, a], { pathPrefix: '/a' });
      assert.deepEqual(
        filtered.map(({ part, picture }) => [part, picture]),
        [[a, (await catalog.pictures.pictures([ids[0] ?? 0]))[0]]],
      );
      const alone = await catalog.pictures.pictureIdsOfParts([b, a, 999, b]);
      assert.deepEqual(
        alone,
        found.map(({ part, picture }) => ({ part, picture: picture.id })),
      );
      for (const filter of [{ pathPrefix: '/a' }, { pathPrefix: '/a', minWidth: 1 }, { minWidth: 1e6 }]) {
        assert.deepEqual(
          await catalog.pictures.pictureIdsOfParts([b, a], filter),
          (await catalog.pictures.picturesOfParts([b, a], filter)).map(({ part, picture }) => ({
            part,
            picture: picture.id,
          })),
        );
      }
    });

    test('knows no picture whose files are gone', async (catalog) => {
      const [a = 0, b = 0] = await commit(catalog, seededFile('/a', 'one'), seededFile('/b', 'two'));
      const [part = 0] = await partsOf(catalog, [a]);
      await catalog.files.commit({ files: [], failures: [], removed: ['/a'] });
      assert.deepEqual(idsOf(await catalog.pictures.pictures([a, b])), [b]);
      assert.deepEqual(await catalog.pictures.picturesOfParts([part]), []);
      assert.deepEqual(await catalog.pictures.pictureIdsOfParts([part]), []);
      assert.deepEqual(await catalog.pictures.matching({}, 10), [b]);
      assert.equal((await catalog.pictures.counts()).pictures, 1);
    });

    test('says of each file that comes whether it brought its picture', async ({ files }) => {
      const came = async (...batch: readonly IndexedFile[]) =>
        (await files.commit({ files: batch, failures: [], removed: [] })).isNew;
      const first = [seededFile('/a', 'one'), knownFileOf('/b', 'one'), seededFile('/c', 'two')];
      assert.deepEqual(await came(...first), [true, false, true]);
      assert.deepEqual(await came(knownFileOf('/a', 'one'), seededFile('/d', 'three')), [false, true]);
      await files.commit({ files: [], failures: [], removed: ['/c'] });
      assert.deepEqual(await came(seededFile('/e', 'two')), [true]);
    });

    test('gives the newest pictures first, each once and only those that have files', async (catalog) => {
      const ids = await commit(
        catalog,
        ...['a', 'b', 'c', 'd', 'e'].map((name) => seededFile(`/${name}`, name)),
      );
      await commit(catalog, ...['x', 'y', 'z'].map((name) => knownFileOf(`/${name}`, 'd')));
      await catalog.files.commit({ files: [], failures: [], removed: ['/c'] });
      const [a = 0, b, , d = 0, e] = ids;
      assert.deepEqual(await catalog.pictures.newest({}, 10), [e, d, b, a]);
      assert.deepEqual(await catalog.pictures.newest({}, 2), [e, d]);
      assert.deepEqual(await catalog.pictures.newest({}, 2, d), [b, a]);
      assert.deepEqual(await catalog.pictures.newest({}, 2, a), []);
    });

    test('gives the newest pictures of a folder, however many others there are', async (catalog) => {
      const paths = ['/a/1', '/b/1', '/a/in/2', '/ab/3', '/a/4', '/b/5'];
      const ids = await commit(catalog, ...paths.map((path) => seededFile(path, path)));
      const [one = 0, , two, , four] = ids;
      const inFolder = { pathPrefix: '/a' };
      assert.deepEqual(await catalog.pictures.newest(inFolder, 10), [four, two, one]);
      assert.deepEqual(await catalog.pictures.newest(inFolder, 2), [four, two]);
      assert.deepEqual(await catalog.pictures.newest(inFolder, 2, two), [one]);
      assert.deepEqual(await catalog.pictures.newest(inFolder, 2, one), []);
      assert.deepEqual(await catalog.pictures.newest({ minWidth: 1 }, 1), [ids[5]]);
      assert.deepEqual(await catalog.pictures.newest({ pathPrefix: '/c' }, 2), []);
    });

    test('filters by files and folders, at or below them', async (catalog) => {
      const paths = ['/a', '/a/1.jpg', '/a/2.png', '/a0/5.jpg', '/ab/3.jpg', '/c/a/4.jpg', '/a-b'];
      const found = await finder(catalog, paths);
      assert.deepEqual(await found({ pathPrefix: '/a' }), ['/a', '/a/1.jpg', '/a/2.png']);
      assert.deepEqual(await found({ pathPrefix: '/a/' }), ['/a', '/a/1.jpg', '/a/2.png']);
      assert.deepEqual(await found({ pathPrefix: '/a/1.jpg' }), ['/a/1.jpg']);
      assert.deepEqual(await found({ pathPrefix: '/a/1' }), []);
      assert.deepEqual(await found({ pathPrefix: ['/ab', '/c/a'] }), ['/ab/3.jpg', '/c/a/4.jpg']);
      assert.deepEqual(await found({ pathPrefix: ['/a', '/a/1.jpg'] }), ['/a', '/a/1.jpg', '/a/2.png']);
      assert.deepEqual(await found({ pathPrefix: [] }), []);
      assert.deepEqual(await found({ pathPrefix: '/' }), paths);
      assert.deepEqual(await found({}), paths);
    });

    test('filters by folders whatever the roots in, around and beside them', async (catalog) => {
      for (const root of ['/r', '/r/in', '/r/in/deep', '/r/one.jpg', '/s']) {
        await catalog.files.putRoot(root, DEFAULT_ROOT_RULES);
      }
      const paths = [
        ...['/r/1.jpg', '/r/in/2.jpg', '/r/in/deep/3.jpg', '/r/in/deeper.jpg', '/r/in2/4.jpg'],
        ...['/r/one.jpg', '/s/5.jpg', '/elsewhere/6.jpg', '/r/in/deep/\u{1F600}/7.jpg'],
      ];
      const found = await finder(catalog, paths);
      assert.deepEqual(
        await found({ pathPrefix: '/r' }),
        paths.filter((path) => path.startsWith('/r/')),
      );
      assert.deepEqual(
        await found({ pathPrefix: '/r/in' }),
        paths.filter((path) => path.startsWith('/r/in/')),
      );
      assert.deepEqual(await found({ pathPrefix: '/r/in/deep' }), [paths[2], paths[8]]);
      assert.deepEqual(await found({ pathPrefix: '/r/in/deep/\u{1F600}' }), [paths[8]]);
      assert.deepEqual(await found({ pathPrefix: '/r/one.jpg' }), ['/r/one.jpg']);
      assert.deepEqual(await found({ pathPrefix: ['/elsewhere', '/s'] }), ['/s/5.jpg', '/elsewhere/6.jpg']);
      assert.deepEqual(await found({ pathPrefix: '/' }), paths);
      await catalog.files.putRoot('/', DEFAULT_ROOT_RULES);
      assert.deepEqual(await found({ pathPrefix: '/' }), paths);
      assert.deepEqual(await found({ pathPrefix: '/elsewhere' }), ['/elsewhere/6.jpg']);
    });

    test('filters by a part of the path, letter by letter', async (catalog) => {
      await catalog.files.putRoot('/r/in', DEFAULT_ROOT_RULES);
      const paths = ['/r/in/100%.jpg', '/r/in/a_b.jpg', '/r/in/[x]*?.jpg', '/Other/A.JPG', "/r/it's"];
      const found = await finder(catalog, paths);
      assert.deepEqual(await found({ pathContains: '%' }), ['/r/in/100%.jpg']);
      assert.deepEqual(await found({ pathContains: '_' }), ['/r/in/a_b.jpg']);
      assert.deepEqual(await found({ pathContains: '[x]*?' }), ['/r/in/[x]*?.jpg']);
      assert.deepEqual(await found({ pathContains: '*' }), ['/r/in/[x]*?.jpg']);
      assert.deepEqual(await found({ pathContains: 'A.J' }), ['/Other/A.JPG']);
      assert.deepEqual(await found({ pathContains: 'a.j' }), []);
      assert.deepEqual(await found({ pathContains: "t's" }), ["/r/it's"]);
      assert.deepEqual(await found({ pathContains: 'r/in/a' }), ['/r/in/a_b.jpg']);
      assert.deepEqual(await found({ pathContains: '/r/in/' }), paths.slice(0, 3));
    });

    test('asks all about a path of the same file', async (catalog) => {
      const [id = 0] = await commit(catalog, seededFile('/a/1.jpg', 'one'), knownFileOf('/b/2.png', 'one'));
      const matching = (filter: PictureFilter) => catalog.pictures.matching(filter, 10);
      assert.deepEqual(await matching({ pathPrefix: '/a', pathContains: '.png' }), []);
      assert.deepEqual(await matching({ pathPrefix: '/b', pathContains: '.png' }), [id]);
      const [picture] = await catalog.pictures.pictures([id], { pathPrefix: '/b' });
      assert.deepEqual(
        picture?.files.map(({ path }) => path),
        ['/a/1.jpg', '/b/2.png'],
      );
    });

    test('filters by what a picture is', async (catalog) => {
      const facts = [
        { format: 'jpeg', width: 640, takenAt: '2024-05-01T10:00:00', camera: 'Seed 1' },
        { format: 'png', width: 1_000, takenAt: null, camera: null },
        { format: 'webp', width: 50, takenAt: '2023-12-31T23:59:59', camera: 'Other SEED' },
      ] as const;
      const ids = await commit(
        catalog,
        ...facts.map((fact, i) => {
          const file = withFacts(`/${i}`, `p${i}`, fact);
          return { ...file, stamp: { ...file.stamp, sizeBytes: 100 * (i + 1) } };
        }),
      );
      const cases: Array<[PictureFilter, number[]]> = [
        [{ formats: ['png', 'webp'] }, [1, 2]],
        [{ formats: [] }, []],
        [{ takenAfter: '2024' }, [0]],
        [{ takenBefore: '2024' }, [2]],
        [{ takenAfter: '2024-05-01', takenBefore: '2024-05-01T10:00:00' }, []],
        [{ camera: 'seed' }, [0, 2]],
        [{ camera: '%' }, []],
        [{ minWidth: 640 }, [0, 1]],
        [{ minHeight: 481 }, []],
        [{ minBytes: 200, maxBytes: 200 }, [1]],
        [{ formats: ['jpeg'], pathPrefix: '/1' }, []],
        [{ minWidth: 640, pathContains: '/1' }, [1]],
      ];
      for (const [filter, expected] of cases) {
        const wanted = expected.map((i) => ids[i]);
        const sentence = JSON.stringify(filter);
        assert.deepEqual(await catalog.pictures.matching(filter, 10), wanted, sentence);
        assert.deepEqual(idsOf(await catalog.pictures.pictures(ids, filter)), wanted, sentence);
      }
    });

    test('goes through many pictures for the few that match, from any id and up to a limit', async (catalog) => {
      const count = 4_500;
      const files = Array.from({ length: count }, (_, i) =>
        factsOnly(`/${i % 400 === 0 ? 'few' : 'many'}/${i}.jpg`, `many ${i}`),
      );
      const ids = await commit(catalog, ...files);
      const few = ids.filter((_, i) => i % 400 === 0);
      const matching = (...args: Parameters<typeof catalog.pictures.matching>) =>
        catalog.pictures.matching(...args);
      for (const filter of [{ pathPrefix: '/few' }, { pathContains: '/few/' }]) {
        assert.deepEqual(await matching(filter, 100), few);
        assert.deepEqual(await matching(filter, 11), few.slice(0, 11));
        assert.deepEqual(await matching(filter, 2), few.slice(0, 2));
        assert.deepEqual(await matching(filter, 100, few[1]), few.slice(2));
      }
      const inMany = { pathPrefix: ['/many', '/few/0.jpg'] };
      assert.deepEqual(
        await matching(inMany, count),
        [...ids].filter((id) => id === ids[0] || !few.includes(id)),
      );
      assert.deepEqual(await matching({}, count + 1), ids);
      assert.deepEqual(await matching({}, 3, ids[7]), ids.slice(8, 11));
      const listed = await catalog.pictures.pictures(ids.toReversed(), { pathPrefix: '/few' });
      assert.deepEqual(idsOf(listed), few.toReversed());
      assert.equal((await catalog.pictures.pictures(ids)).length, count);
    });

    test('groups pictures of equal image data, and finds them by it', async (catalog) => {
      const [x, z] = [contentHashOf('x'), contentHashOf('z')];
      const hashes = [x, null, x, z, z, x, null];
      const ids = await commit(
        catalog,
        ...hashes.map((imageDataHash, i) => withFacts(`/${i}`, `p${i}`, { imageDataHash })),
      );
      const [x1, , x2, z1, z2, x3] = ids;
      assert.deepEqual(await catalog.pictures.sameImageDataGroups(), [
        [x1, x2, x3],
        [z1, z2],
      ]);
      assert.deepEqual(await catalog.pictures.withImageData(x), [x1, x2, x3]);
      assert.deepEqual(await catalog.pictures.withImageData(contentHashOf('y')), []);
      await catalog.files.commit({ files: [], failures: [], removed: ['/3'] });
      assert.deepEqual(await catalog.pictures.sameImageDataGroups(), [[x1, x2, x3]]);
      assert.deepEqual(await catalog.pictures.withImageData(z), [z2]);
    });

    test('keeps what looking at pixels told, and that they cannot be compared', async (catalog) => {
      const seeds = Array.from({ length: 9 }, (_, i) => `p${i}`);
      const ids = await commit(catalog, ...seeds.map((seed, i) => seededFile(`/${i}`, seed)));
      const [x1 = 0, y = 0, x2 = 0, z1 = 0, z2 = 0, x3 = 0, none = 0, neither = 0] = ids;
      assert.deepEqual(await catalog.pictures.knownPixels(ids), [], 'indexing looks at no pixels');
      const before = await catalog.descriptors.position();
      const [x, z] = [contentHashOf('x'), contentHashOf('z')];
      const hashes = [
        ...[x3, x1, x2].map((picture) => ({ picture, pixelHash: x })),
        ...[z1, z2].map((picture) => ({ picture, pixelHash: z })),
        { picture: y, pixelHash: contentHashOf('y') },
        ...[none, neither].map((picture) => ({ picture, pixelHash: null })),
      ];
      await catalog.pictures.keepPixels([...hashes, { picture: 999, pixelHash: x }]);
      assert.deepEqual(
        await catalog.pictures.knownPixels([999, ...ids.toReversed()]),
        [...hashes].sort((a, b) => a.picture - b.picture),
      );
      assert.deepEqual(await catalog.pictures.knownPixels([y, x1]), [hashes[1], hashes[5]]);
      const groups = [
        [x1, x2, x3],
        [z1, z2],
      ];
      assert.deepEqual(await catalog.pictures.samePixelGroups(), groups);
      assert.equal(await catalog.descriptors.position(), before, 'no vector has changed');

      await commit(catalog, ...seeds.map((seed, i) => seededFile(`/${i}`, seed)));
      assert.deepEqual(await catalog.pictures.samePixelGroups(), groups, 'the same bytes, described again');
      await catalog.pictures.keepPixels([{ picture: none, pixelHash: x }]);
      await catalog.files.commit({ files: [], failures: [], removed: ['/3'] });
      assert.deepEqual(await catalog.pictures.samePixelGroups(), [[x1, x2, x3, none]]);
      assert.deepEqual(await catalog.pictures.knownPixels([none]), [{ picture: none, pixelHash: x }]);
    });

    test('counts pictures by the models that have described them', async (catalog) => {
      await catalog.models.add('other', SEEDED_MODEL);
      await commit(
        catalog,
        seededFile('/a', 'one', [SEEDED_KEY, 'other']),
        seededFile('/b', 'two'),
        factsOnly('/c', 'three'),
      );
      const counts = await catalog.pictures.counts();
      assert.equal(counts.pictures, 3);
      assert.deepEqual(counts.described, { [SEEDED_KEY]: 2, other: 1 });
    });
  });
}

async function commit(
  { files }: PicturesUnderTest,
  ...batch: readonly IndexedFile[]
): Promise<readonly PictureId[]> {
  return (await files.commit({ files: batch, failures: [], removed: [] })).pictures;
}

function withFacts(path: string, seed: string, facts: Partial<PictureFacts>): IndexedFile {
  const described = seededPicture(seed);
  return { ...seededFile(path, seed), described: { ...described, facts: { ...described.facts, ...facts } } };
}

/** A file whose picture no model has described. */
function factsOnly(path: string, seed: string): IndexedFile {
  return seededFile(path, seed, []);
}

async function partsOf(
  { descriptors }: PicturesUnderTest,
  pictures: readonly PictureId[],
): Promise<PartId[]> {
  const found = await descriptors.vectorsOfPictures(CLS, pictures);
  return pictures.map((id) => found.find(({ picture }) => picture === id)?.id ?? 0);
}

function idsOf(pictures: ReadonlyArray<{ readonly id: PictureId }>): PictureId[] {
  return pictures.map(({ id }) => id);
}

async function pathsOf({ pictures }: PicturesUnderTest, id: PictureId): Promise<string[] | undefined> {
  const [picture] = await pictures.pictures([id]);
  return picture?.files.map(({ path }) => path);
}

/** Commits a picture of its own for each path; finds paths by a filter, in both ways that a catalog has. */
async function finder(catalog: PicturesUnderTest, paths: readonly string[]) {
  const ids = await commit(catalog, ...paths.map((path) => seededFile(path, path)));
  return async (filter: PictureFilter) => {
    const matching = await catalog.pictures.matching(filter, 100);
    assert.deepEqual(idsOf(await catalog.pictures.pictures(ids, filter)), matching, JSON.stringify(filter));
    return matching.map((id) => paths[ids.indexOf(id)]);
  };
}
