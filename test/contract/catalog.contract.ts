import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Catalog, CatalogBatch } from '../../src/domain/catalog.ts';
import { EideticError } from '../../src/domain/errors.ts';
import { failureOf } from '../../src/domain/failure.ts';
import type { PictureFilter } from '../../src/domain/filter.ts';
import {
  contentHashOf,
  SEEDED_MODEL,
  seededEmbedding,
  seededFile,
  seededPicture,
} from '../support/seeded-picture.ts';

const MODEL = 'model-a';
const OTHER_MODEL = 'model-b';

function batch(parts: Partial<CatalogBatch>): CatalogBatch {
  return { modelKey: MODEL, files: [], failures: [], removed: [], ...parts };
}

function failure(path: string, transient = false) {
  const stamp = { path, sizeBytes: 5, modifiedMs: 7.25 };
  return failureOf(stamp, new EideticError('IMAGE_UNREADABLE', `bad ${path}`), transient);
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) {
    found.push(item);
  }
  return found;
}

/** What every catalog must do. `open` gives a new empty one each time. */
export function catalogContract(name: string, open: () => Promise<Catalog>): void {
  async function withCatalog(work: (catalog: Catalog) => Promise<void>): Promise<void> {
    const catalog = await open();
    try {
      await catalog.addModel(MODEL, SEEDED_MODEL);
      await work(catalog);
    } finally {
      await catalog.close();
    }
  }
  const test = (sentence: string, work: (catalog: Catalog) => Promise<void>) =>
    it(sentence, () => withCatalog(work));

  describe(`catalog contract: ${name}`, () => {
    test('is empty at first', async (catalog) => {
      assert.equal(await catalog.generation(), 0);
      assert.deepEqual(await catalog.counts(), {
        pictures: 0,
        files: 0,
        failures: 0,
        bytes: 0,
        described: { [MODEL]: 0 },
      });
      assert.deepEqual(await all(catalog.knownFiles('/', MODEL)), []);
      assert.deepEqual(await catalog.pictures([1, 2]), []);
      assert.equal(await catalog.embedding(1, MODEL), null);
      assert.deepEqual(await catalog.integrityProblems(), []);
    });

    test('gives back what was committed, to the bit', async (catalog) => {
      const { generation, described } = await catalog.commit(
        batch({ files: [seededFile('/a/1.jpg', 'one')] }),
      );
      assert.equal(generation, 1);
      const id = described[0]?.id ?? 0;
      assert.deepEqual(await catalog.embedding(id, MODEL), seededPicture('one').descriptor.cls);
      assert.equal(await catalog.describedCount(MODEL), 1);
      const [picture] = await catalog.pictures([id]);
      assert.deepEqual(picture, {
        ...seededPicture('one').facts,
        id,
        contentHash: contentHashOf('one'),
        sizeBytes: 1_000,
        files: ['/a/1.jpg'],
      });
      const [file] = await all(catalog.knownFiles('/a', MODEL));
      assert.deepEqual(
        { ...file },
        {
          path: '/a/1.jpg',
          sizeBytes: 1_000,
          modifiedMs: 1_714_550_400_000.5,
          state: 'indexed',
          pictureId: id,
        },
      );
    });

    test('keeps one picture for files with the same bytes', async (catalog) => {
      const { described } = await catalog.commit(
        batch({ files: [seededFile('/b.jpg', 'one'), seededFile('/a.jpg', 'one', true)] }),
      );
      assert.equal(described.length, 1);
      const [picture] = await catalog.pictures([described[0]?.id ?? 0]);
      assert.deepEqual(picture?.files, ['/a.jpg', '/b.jpg']);
      assert.deepEqual(await catalog.picturesWithSeveralFiles(), [picture?.id]);
      assert.equal((await catalog.counts()).pictures, 1);
    });

    test('commits a batch whole or not at all', async (catalog) => {
      const broken = batch({
        files: [seededFile('/a.jpg', 'one'), seededFile('/b.jpg', 'never described', true)],
      });
      await assert.rejects(catalog.commit(broken));
      assert.equal(await catalog.generation(), 0);
      assert.equal((await catalog.counts()).files, 0);
    });

    test('moves a file between the indexed and the failed, never into both', async (catalog) => {
      await catalog.commit(batch({ files: [seededFile('/a.jpg', 'one')] }));
      await catalog.commit(batch({ failures: [failure('/a.jpg')] }));
      const failed = await catalog.counts();
      assert.deepEqual([failed.files, failed.failures], [0, 1]);
      assert.deepEqual(
        (await all(catalog.failures())).map(({ path, code, message, transient }) => ({
          path,
          code,
          message,
          transient,
        })),
        [{ path: '/a.jpg', code: 'IMAGE_UNREADABLE', message: 'bad /a.jpg', transient: false }],
      );
      await catalog.commit(batch({ files: [seededFile('/a.jpg', 'one', true)] }));
      const mended = await catalog.counts();
      assert.deepEqual([mended.files, mended.failures], [1, 0]);
    });

    test('tells the states of files, ascending by the bytes of their paths', async (catalog) => {
      await catalog.addModel(OTHER_MODEL, SEEDED_MODEL);
      const files = ['/r/a/1.jpg', '/r/a-b.jpg', '/r/\u{1F600}.jpg', '/r/\uFFEE.jpg', '/rest.jpg'];
      await catalog.commit(
        batch({
          files: files.map((path) => seededFile(path, path)),
          failures: [failure('/r/b'), failure('/r/c', true)],
        }),
      );
      const known = await all(catalog.knownFiles('/r', MODEL));
      assert.deepEqual(
        known.map(({ path, state }) => [path, state]),
        [
          ['/r/a-b.jpg', 'indexed'],
          ['/r/a/1.jpg', 'indexed'],
          ['/r/b', 'failed'],
          ['/r/c', 'failed-transiently'],
          ['/r/\uFFEE.jpg', 'indexed'],
          ['/r/\u{1F600}.jpg', 'indexed'],
        ],
      );
      assert.equal((await catalog.knownFile('/r/a-b.jpg', OTHER_MODEL))?.state, 'undescribed');
      assert.equal(await catalog.knownFile('/r/none', MODEL), null);
      assert.equal((await all(catalog.knownFiles('/', MODEL))).length, 7);
    });

    test('never mixes the embeddings of two models', async (catalog) => {
      await catalog.addModel(OTHER_MODEL, SEEDED_MODEL);
      await catalog.commit(batch({ files: [seededFile('/a.jpg', 'one')] }));
      await catalog.commit(batch({ modelKey: OTHER_MODEL, files: [seededFile('/b.jpg', 'two')] }));
      assert.equal((await all(catalog.embeddingsSince(MODEL, -1))).length, 1);
      assert.equal(await catalog.embedding(1, OTHER_MODEL), null);
      assert.deepEqual((await catalog.counts()).described, { [MODEL]: 1, [OTHER_MODEL]: 1 });
      assert.deepEqual(
        (await catalog.models()).map(({ key, active }) => [key, active]),
        [
          [MODEL, true],
          [OTHER_MODEL, false],
        ],
      );
      await assert.rejects(catalog.commit(batch({ modelKey: 'unknown', failures: [failure('/x')] })), {
        code: 'MODEL_MISMATCH',
      });
    });

    test('switches the model in use, and names the files that a model lacks', async (catalog) => {
      await catalog.addModel(OTHER_MODEL, SEEDED_MODEL);
      await catalog.commit(
        batch({
          files: [
            seededFile('/b.jpg', 'one'),
            seededFile('/a.jpg', 'one', true),
            seededFile('/c.jpg', 'two'),
          ],
        }),
      );
      await catalog.commit(
        batch({ modelKey: OTHER_MODEL, files: [seededFile('/c.jpg', 'two')], failures: [failure('/d.jpg')] }),
      );
      assert.deepEqual(await catalog.filesWithout(OTHER_MODEL), ['/a.jpg', '/b.jpg']);
      assert.deepEqual(await catalog.filesWithout(MODEL), []);
      const before = await catalog.generation();
      await catalog.activateModel(OTHER_MODEL);
      assert.deepEqual(
        (await catalog.models()).map(({ active }) => active),
        [false, true],
      );
      assert.ok((await catalog.generation()) > before);
      await assert.rejects(catalog.activateModel('unknown'), { code: 'MODEL_MISMATCH' });
      assert.deepEqual(
        (await catalog.models()).map(({ active }) => active),
        [false, true],
      );
    });

    test('streams what came after a generation, whole pages of it', async (catalog) => {
      const count = 2_300;
      await catalog.commit(batch({ files: [seededFile('/first.jpg', 'first')] }));
      const many = Array.from({ length: count }, (_, i) => seededFile(`/many/${i}.jpg`, `many ${i}`));
      await catalog.commit(batch({ files: many }));
      const later = await all(catalog.embeddingsSince(MODEL, 1));
      assert.equal(later.length, count);
      assert.deepEqual(later[17]?.embedding, seededEmbedding('many 17'));
      assert.equal(new Set(later.map(({ id }) => id)).size, count);
      assert.equal((await all(catalog.embeddingsSince(MODEL, -1))).length, count + 1);
      assert.deepEqual(await all(catalog.embeddingsSince(MODEL, 2)), []);
      assert.equal((await all(catalog.knownFiles('/many', MODEL))).length, count);
    });

    test('gives a picture that is embedded again its new generation', async (catalog) => {
      await catalog.commit(batch({ files: [seededFile('/a.jpg', 'one'), seededFile('/b.jpg', 'two')] }));
      await catalog.commit(batch({ files: [seededFile('/a.jpg', 'one')] }));
      assert.deepEqual(
        (await all(catalog.embeddingsSince(MODEL, 1))).map(({ id }) => id),
        [1],
      );
    });

    test('prunes pictures without files, never gives their ids again, and says which they were', async (catalog) => {
      await catalog.commit(batch({ files: [seededFile('/a.jpg', 'one'), seededFile('/b.jpg', 'two')] }));
      await catalog.commit(batch({ removed: ['/b.jpg'] }));
      assert.deepEqual(await catalog.pictures([1, 2]).then((found) => found.map(({ id }) => id)), [1]);
      assert.deepEqual(await catalog.pruneOrphans(), [2]);
      assert.deepEqual(await catalog.pruneOrphans(), []);
      assert.deepEqual(await catalog.removedSince(2), [2]);
      assert.deepEqual(await catalog.removedSince(3), []);
      const { described } = await catalog.commit(batch({ files: [seededFile('/b.jpg', 'two')] }));
      assert.equal(described[0]?.id, 3);
      assert.deepEqual((await catalog.counts()).described, { [MODEL]: 2 });
    });

    test('filters by folder and by pattern', async (catalog) => {
      const paths = ['/a/1.jpg', '/a/2.png', '/ab/3.jpg', '/c/a/4.jpg'];
      await catalog.commit(batch({ files: paths.map((path) => seededFile(path, path)) }));
      const ids = [4, 3, 2, 1];
      const found = async (filter: Parameters<Catalog['matching']>[0]) => {
        const listed = (await catalog.pictures(ids, filter)).map(({ id }) => id);
        assert.deepEqual([...listed].sort(), await catalog.matching(filter, 10));
        return listed;
      };
      assert.deepEqual(await found({ pathPrefix: '/a' }), [2, 1]);
      assert.deepEqual(await found({ pathPrefix: '/a/1.jpg' }), [1]);
      assert.deepEqual(await found({ pathGlob: '*/a/*.jpg' }), [4, 1]);
      assert.deepEqual(await found({ pathPrefix: '/a', pathGlob: '*.png' }), [2]);
      assert.deepEqual(await found({}), ids);
      assert.deepEqual(await catalog.matching({}, 2), [1, 2]);
    });

    test('filters by several folders and patterns at once', async (catalog) => {
      const paths = ['/a/1.jpg', '/b/2.png', '/c/3.jpg'];
      await catalog.commit(batch({ files: paths.map((path) => seededFile(path, path)) }));
      assert.deepEqual(await catalog.matching({ pathPrefix: ['/a', '/c'] }, 10), [1, 3]);
      assert.deepEqual(await catalog.matching({ pathGlob: ['/b/*', '*/3.*'] }, 10), [2, 3]);
      assert.deepEqual(await catalog.matching({ pathPrefix: [] }, 10), []);
      assert.deepEqual(await catalog.matching({ pathPrefix: ['/a', '/b'], pathGlob: '*.png' }, 10), [2]);
      assert.deepEqual(await catalog.matching({}, 10, 1), [2, 3]);
    });

    test('filters by what a picture is', async (catalog) => {
      const facts = [
        { format: 'jpeg', width: 640, takenAt: '2024-05-01T10:00:00', camera: 'Seed 1' },
        { format: 'png', width: 1_000, takenAt: null, camera: null },
        { format: 'webp', width: 50, takenAt: '2023-12-31T23:59:59', camera: 'Other SEED' },
      ] as const;
      const files = facts.map((fact, i) => {
        const described = seededPicture(`p${i}`);
        return {
          ...seededFile(`/${i}`, `p${i}`),
          sizeBytes: 100 * (i + 1),
          described: { ...described, facts: { ...described.facts, ...fact } },
        };
      });
      await catalog.commit(batch({ files }));
      const cases: Array<[PictureFilter, number[]]> = [
        [{ formats: ['png', 'webp'] }, [2, 3]],
        [{ takenAfter: '2024' }, [1]],
        [{ takenBefore: '2024' }, [3]],
        [{ takenAfter: '2024-05-01', takenBefore: '2024-05-01T10:00:00' }, []],
        [{ camera: 'seed' }, [1, 3]],
        [{ camera: '%' }, []],
        [{ minWidth: 640 }, [1, 2]],
        [{ minHeight: 481 }, []],
        [{ minBytes: 200, maxBytes: 200 }, [2]],
        [{ formats: ['jpeg'], pathPrefix: '/1' }, []],
        [{ minWidth: 640, pathGlob: '/[12]' }, [2]],
      ];
      for (const [filter, expected] of cases) {
        assert.deepEqual(await catalog.matching(filter, 10), expected, JSON.stringify(filter));
        const listed = await catalog.pictures([1, 2, 3], filter);
        assert.deepEqual(
          listed.map(({ id }) => id),
          expected,
          JSON.stringify(filter),
        );
      }
    });

    test('groups pictures of the same pixels', async (catalog) => {
      const seeds = ['x/1', 'y', 'x/2', 'z/1', 'z/2', 'x/3'];
      await catalog.commit(batch({ files: seeds.map((seed, i) => seededFile(`/${i}`, seed)) }));
      assert.deepEqual(await catalog.samePixelGroups(), [
        [1, 3, 6],
        [4, 5],
      ]);
      await catalog.commit(batch({ removed: ['/3'] }));
      assert.deepEqual(await catalog.samePixelGroups(), [[1, 3, 6]]);
    });

    test('takes the files of the uploads along when their folder has moved, and no others', async (catalog) => {
      assert.equal(await catalog.uploadsFolder(), null);
      await catalog.keepUploadsIn('/old/uploads');
      const paths = ['/old/uploads/05/a.jpg', '/old/uploads/ä.jpg', '/old/uploads.jpg', '/other/b.jpg'];
      await catalog.commit(batch({ files: paths.map((path) => seededFile(path, path)) }));
      await catalog.keepUploadsIn('/a longer place/uploads');
      assert.equal(await catalog.uploadsFolder(), '/a longer place/uploads');
      const pictures = await catalog.pictures([1, 2, 3, 4]);
      assert.deepEqual(
        pictures.map(({ files }) => files),
        [
          ['/a longer place/uploads/05/a.jpg'],
          ['/a longer place/uploads/ä.jpg'],
          ['/old/uploads.jpg'],
          ['/other/b.jpg'],
        ],
      );
      const generation = await catalog.generation();
      await catalog.keepUploadsIn('/a longer place/uploads');
      assert.equal(await catalog.generation(), generation);
    });

    test('remembers roots once, and forgets them', async (catalog) => {
      await catalog.addRoots(['/b', '/a']);
      await catalog.addRoots(['/a']);
      assert.deepEqual(await catalog.roots(), ['/a', '/b']);
      await catalog.removeRoots(['/b', '/c']);
      assert.deepEqual(await catalog.roots(), ['/a']);
    });
  });
}
