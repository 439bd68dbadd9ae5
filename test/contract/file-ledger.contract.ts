import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { comparePaths } from '../../src/domain/compare-paths.ts';
import { EideticError } from '../../src/domain/errors.ts';
import { type FileFailure, failureOf } from '../../src/domain/failure.ts';
import type { CommitResult, KnownFile, LedgerBatch } from '../../src/domain/file-ledger.ts';
import { knownFileAt } from '../../src/domain/known-page.ts';
import type { PictureFacts, PictureId } from '../../src/domain/picture.ts';
import { DEFAULT_ROOT_RULES, type Root, type RootId, type RootRules } from '../../src/domain/roots.ts';
import { collect } from '../support/collect.ts';
import { refuses } from '../support/refuses.ts';
import {
  contentHashOf,
  knownFileOf,
  SEEDED_KEY,
  SEEDED_MODEL,
  seededEmbedding,
  seededFile,
  seededPicture,
  seededStamp,
} from '../support/seeded-picture.ts';
import type { FilesUnderTest } from './catalog-under-test.ts';
import { contractTests } from './contract-tests.ts';

const OTHER_KEY = 'other-model';
const MODELS = [SEEDED_KEY];
const RULES: RootRules = { exclude: ['*.xmp', 'trash/**'], includeHidden: true, followSymlinks: false };

/** What every ledger of files must do. `open` gives a new empty one each time. */
export function fileLedgerContract(name: string, open: () => Promise<FilesUnderTest>): void {
  const test = contractTests(open, async ({ models }) => {
    await models.add(SEEDED_KEY, SEEDED_MODEL);
    await models.add(OTHER_KEY, SEEDED_MODEL);
  });

  describe(`file ledger contract: ${name}`, () => {
    test('is empty at first', async ({ files }) => {
      assert.deepEqual(await files.roots(), []);
      assert.equal(await files.uploadsFolder(), null);
      assert.equal(await files.knownFile('/a', MODELS), null);
      assert.equal(await files.findByHash(contentHashOf('one'), MODELS), null);
      assert.equal(await files.countWithout(SEEDED_KEY), 0);
      assert.deepEqual(await files.pruneOrphans(), []);
      const streams = [
        files.knownListed(MODELS),
        files.knownUploads(MODELS),
        files.filesWithout(SEEDED_KEY),
        files.failures(),
      ];
      for (const stream of streams) {
        assert.deepEqual(await collect<unknown>(stream), []);
      }
    });

    describeCommits(test);
    describeFailures(test);
    describeKnownFiles(test);
    describeRoots(test);
    describeUploads(test);
  });
}

type Test = ReturnType<typeof contractTests<FilesUnderTest>>;

function describeCommits(test: Test): void {
  test('gives the pictures of a batch in the order of its files', async (catalog) => {
    const { pictures } = await commit(catalog, {
      files: [seededFile('/z', 'one'), seededFile('/a', 'two'), knownFileOf('/m', 'one')],
    });
    assert.equal(pictures.length, 3);
    assert.equal(pictures[0], pictures[2]);
    const [one, two] = await catalog.pictures.pictures(pictures.slice(0, 2));
    assert.deepEqual([one?.contentHash, two?.contentHash], [contentHashOf('one'), contentHashOf('two')]);
  });

  test('gives back what was seen of a file, and what was not', async (catalog) => {
    const seen = {
      ...{ path: '/seen', sizeBytes: 2 ** 40, modifiedMs: -1.5, changedMs: 1_714_550_400_001.625 },
      ...{ inode: '18446744073709551615', device: 'ext4 1234-abcd' },
    };
    const unseen = { ...seen, path: '/unseen', modifiedMs: 0, changedMs: null, inode: null, device: null };
    const { pictures } = await commit(catalog, {
      files: [seen, unseen].map((stamp) => ({ ...seededFile(stamp.path, stamp.path), stamp })),
    });
    for (const [i, stamp] of [seen, unseen].entries()) {
      assert.deepEqual(await catalog.files.knownFile(stamp.path, MODELS), {
        path: stamp.path,
        indexed: { stamp, pictureId: pictures[i], isDescribed: true },
        failure: null,
      });
    }
  });

  test('follows a file whose bytes have changed', async (catalog) => {
    const before = await commit(catalog, { files: [seededFile('/a', 'one')] });
    const stamp = { ...seededStamp('/a'), sizeBytes: 7 };
    const after = await commit(catalog, { files: [{ ...seededFile('/a', 'two'), stamp }] });
    assert.notEqual(after.pictures[0], before.pictures[0]);
    const known = await catalog.files.knownFile('/a', MODELS);
    assert.deepEqual([known?.indexed?.pictureId, known?.indexed?.stamp], [after.pictures[0], stamp]);
    assert.deepEqual(await catalog.files.pruneOrphans(), before.pictures);
  });

  test('commits a batch whole or not at all', async (catalog) => {
    const before = await catalog.descriptors.position();
    const good = [seededFile('/a', 'one')];
    await refuses(
      commit(catalog, { files: [...good, knownFileOf('/b', 'never described')], failures: [failure('/c')] }),
      'NOT_FOUND',
      /\/b left the catalog/,
    );
    await refuses(
      commit(catalog, { files: [...good, seededFile('/b', 'two', ['nobody'])] }),
      'MODEL_MISMATCH',
      /nobody/,
    );
    assert.equal(await catalog.descriptors.position(), before);
    const { pictures, files, failures } = await catalog.pictures.counts();
    assert.deepEqual({ pictures, files, failures }, { pictures: 0, files: 0, failures: 0 });
  });

  test('refuses what is no hash', async (catalog) => {
    const file = seededFile('/a', 'one');
    await refuses(
      commit(catalog, { files: [{ ...file, contentHash: file.contentHash.slice(1) }] }),
      'INVALID_INPUT',
      /64 lowercase hex digits/,
    );
    assert.equal(await catalog.files.knownFile('/a', MODELS), null);
  });

  test('keeps the descriptors of all models, and which have described a picture', async (catalog) => {
    const { files, descriptors } = catalog;
    const { pictures } = await commit(catalog, {
      files: [seededFile('/a', 'one', [SEEDED_KEY, OTHER_KEY]), seededFile('/b', 'two')],
    });
    const [one = 0, two = 0] = pictures;
    for (const [modelKey, vectorName, expected] of [
      [SEEDED_KEY, 'cls', 'one'],
      [OTHER_KEY, 'gem', 'one gem'],
    ] as const) {
      const vector = await descriptors.vectorOfPicture({ modelKey, name: vectorName }, one);
      assert.deepEqual(vector, seededEmbedding(expected));
    }
    const describedBy = async (seed: string, ...keys: string[]) => {
      const found = await files.findByHash(contentHashOf(seed), keys);
      return [found?.id, [...(found?.describedBy ?? [])].sort()];
    };
    assert.deepEqual(await describedBy('one', SEEDED_KEY, OTHER_KEY, 'nobody'), [
      one,
      [OTHER_KEY, SEEDED_KEY],
    ]);
    assert.deepEqual(await describedBy('two', SEEDED_KEY, OTHER_KEY), [two, [SEEDED_KEY]]);
    assert.deepEqual(await describedBy('two', OTHER_KEY), [two, []]);
    const isDescribed = async (path: string, ...keys: string[]) =>
      (await files.knownFile(path, keys))?.indexed?.isDescribed;
    assert.equal(await isDescribed('/a', SEEDED_KEY, OTHER_KEY), true);
    assert.equal(await isDescribed('/b', SEEDED_KEY), true);
    assert.equal(await isDescribed('/b', SEEDED_KEY, SEEDED_KEY), true);
    assert.equal(await isDescribed('/b', SEEDED_KEY, OTHER_KEY), false);
    assert.equal(await isDescribed('/b', 'nobody'), false);
    assert.equal(await isDescribed('/b'), true);
  });

  test('adds what another model says to what is there', async (catalog) => {
    const { pictures } = await commit(catalog, { files: [seededFile('/a', 'one')] });
    const again = await commit(catalog, { files: [seededFile('/a', 'one', [OTHER_KEY])] });
    assert.deepEqual(again.pictures, pictures);
    const found = await catalog.files.findByHash(contentHashOf('one'), [SEEDED_KEY, OTHER_KEY]);
    assert.equal(found?.describedBy.length, 2);
  });

  test('takes new facts of a picture, and keeps those that nobody looked for this time', async (catalog) => {
    const described = seededPicture('one');
    const commitFacts = async (facts: Partial<PictureFacts>) => {
      const file = {
        ...seededFile('/a', 'one'),
        described: { ...described, facts: { ...described.facts, ...facts } },
      };
      const { pictures } = await commit(catalog, { files: [file] });
      const [found] = await catalog.pictures.pictures(pictures);
      const { width, camera, pages, bitDepth, imageDataHash } = found ?? {};
      return { width, camera, pages, bitDepth, imageDataHash };
    };
    const nobodyLooked = { pages: null, bitDepth: null, imageDataHash: null };
    const first = {
      pages: 3,
      bitDepth: 16,
      imageDataHash: contentHashOf('i'),
    };
    const second = {
      pages: 4,
      bitDepth: 12,
      imageDataHash: contentHashOf('j'),
    };
    const shown = { width: 640, camera: 'Seed 1' };
    assert.deepEqual(await commitFacts(nobodyLooked), { ...shown, ...nobodyLooked });
    assert.deepEqual(await commitFacts(first), { ...shown, ...first });
    const seenNow = { width: 10, camera: null };
    assert.deepEqual(await commitFacts({ ...nobodyLooked, ...seenNow }), { ...seenNow, ...first });
    assert.deepEqual(await commitFacts(second), { ...shown, ...second });
  });

  test('changes nothing but device, inode and change time of what was only seen otherwise', async (catalog) => {
    await commit(catalog, { files: [seededFile('/a', 'one')], failures: [failure('/a')] });
    const before = await catalog.files.knownFile('/a', MODELS);
    const seen = { path: '/a', sizeBytes: 1, modifiedMs: 2, changedMs: 3.5, inode: '4', device: 'disk B' };
    await commit(catalog, { restamped: [seen, { ...seen, path: '/nobody' }] });
    const { changedMs, inode, device } = seen;
    assert.deepEqual(await catalog.files.knownFile('/a', MODELS), {
      ...before,
      indexed: { ...before?.indexed, stamp: { ...seededStamp('/a'), changedMs, inode, device } },
    });
    assert.equal(await catalog.files.knownFile('/nobody', MODELS), null);
  });

  test('says what left, and which newer files hold it: of each picture some, behind others', async (catalog) => {
    const { files } = catalog;
    await files.keepUploadsIn('/uploads');
    await commit(catalog, {
      files: [
        ...['/a1', '/a2', '/old copy of a'].map((path) => seededFile(path, 'a')),
        seededFile('/b', 'b'),
        seededFile('/c', 'c'),
        seededFile('/d', 'd'),
      ],
    });
    const mark = await files.newestFile();
    await commit(catalog, {
      files: [
        knownFileOf('/new a', 'a'),
        knownFileOf('/new b1', 'b'),
        knownFileOf('/new b2', 'b'),
        knownFileOf('/new d', 'd'),
      ],
    });
    await commit(catalog, { files: [knownFileOf('/uploads/a', 'a')], failures: [failure('/failed')] });
    const idOf = async (seed: string) => (await files.findByHash(contentHashOf(seed), []))?.id ?? 0;
    const [a, b, c] = await Promise.all(['a', 'b', 'c'].map(idOf));
    const removed = ['/a1', '/a2', '/b', '/failed', '/nobody'];
    assert.deepEqual((await commit(catalog, { removed })).left, [
      { path: '/a1', pictureId: a },
      { path: '/a2', pictureId: a },
      { path: '/b', pictureId: b },
    ]);
    const newer = async (pictureId = 0, skip = 0, most = 9, since = mark) =>
      (await files.newerFiles([{ pictureId, skip, most }], since)).map(({ path }) => path);
    assert.deepEqual(await newer(a), ['/new a'], "uploads are no run's");
    assert.deepEqual(await newer(b), ['/new b1', '/new b2']);
    assert.deepEqual([await newer(b, 1), await newer(b, 0, 1)], [['/new b2'], ['/new b1']]);
    assert.deepEqual([await newer(c), await newer(b, 2)], [[], []]);
    assert.deepEqual(await newer(b, 0, 9, await files.newestFile()), []);
    assert.deepEqual(
      await files.newerFiles(
        [a, b].map((pictureId = 0) => ({ pictureId, skip: 0, most: 1 })),
        mark,
      ),
      [
        { pictureId: a, path: '/new a' },
        { pictureId: b, path: '/new b1' },
      ],
    );
  });

  test('knows files that have another name now, by device, inode and picture and since a mark', async (catalog) => {
    const { files } = catalog;
    const inode = (path: string, number: string | null, device: string | null = 'disk A') => ({
      ...seededFile(path, `picture ${number}`),
      stamp: { ...seededStamp(path), inode: number, device },
    });
    await files.putRoot('/r', RULES);
    await commit(catalog, {
      files: [
        inode('/r/a', '1'),
        ...[inode('/b', '2'), inode('/b linked before', '2'), inode('/c', '3'), inode('/d', null)],
        inode('/e', '5', null),
      ],
    });
    const mark = await files.newestFile();
    await commit(catalog, {
      files: [
        ...[inode('/new/a', '1'), inode('/new/c', '3', 'disk B'), inode('/new/d', null)],
        inode('/new/e', '5', null),
        // The system gave the number of a file that was deleted to another one.
        {
          ...seededFile('/new/b', 'another picture'),
          stamp: { ...seededStamp('/new/b'), inode: '2', device: 'disk A' },
        },
      ],
    });
    const pictureId = (await files.findByHash(contentHashOf('picture 1'), []))?.id;
    const former = [{ path: '/r/a', newer: '/new/a', pictureId }];
    assert.deepEqual(await collect(files.formerNames(mark)), former);
    assert.deepEqual(await collect(files.formerNames(await files.newestFile())), []);
    assert.deepEqual(await collect(files.formerNames('0')), [], 'there was nothing before');
  });

  test('finds former names among more files than are looked at in one go', async (catalog) => {
    const { files } = catalog;
    const named = (path: string, inode: number) => ({
      ...seededFile(path, `${inode}`),
      stamp: { ...seededStamp(path), inode: `${inode}`, device: 'disk' },
    });
    await commit(catalog, { files: [named('/old/1', 1), named('/old/2500', 2500)] });
    const mark = await files.newestFile();
    await commit(catalog, { files: Array.from({ length: 2_500 }, (_, i) => named(`/new/${i + 1}`, i + 1)) });
    const found = await collect(files.formerNames(mark));
    assert.deepEqual(
      found.map(({ path, newer }) => [path, newer]),
      [
        ['/old/1', '/new/1'],
        ['/old/2500', '/new/2500'],
      ],
    );
  });

  test('never takes a later file for an earlier one, even when the latest has gone', async (catalog) => {
    await commit(catalog, { files: [seededFile('/a', 'one'), seededFile('/b', 'two')] });
    const mark = await catalog.files.newestFile();
    await commit(catalog, { removed: ['/b'] });
    await commit(catalog, { files: [knownFileOf('/c', 'one')] });
    const [{ pictureId = 0 } = {}] = (await commit(catalog, { removed: ['/a'] })).left;
    assert.deepEqual(await catalog.files.newerFiles([{ pictureId, skip: 0, most: 1 }], mark), [
      { pictureId, path: '/c' },
    ]);
  });

  test('prunes pictures without files, never gives their ids again, and says which they were', async (catalog) => {
    const { files } = catalog;
    const { pictures } = await commit(catalog, { files: [seededFile('/a', 'one'), seededFile('/b', 'two')] });
    const [one = 0, two = 0] = pictures;
    await commit(catalog, { removed: ['/b'] });
    assert.equal((await files.findByHash(contentHashOf('two'), MODELS))?.id, two, 'it waits for its file');
    assert.deepEqual(await files.pruneOrphans(), [two]);
    assert.deepEqual(await files.pruneOrphans(), []);
    assert.equal(await files.findByHash(contentHashOf('two'), MODELS), null);
    const again = await commit(catalog, { files: [seededFile('/b', 'two')] });
    assert.ok((again.pictures[0] ?? 0) > Math.max(one, two));
    assert.equal((await catalog.pictures.counts()).described[SEEDED_KEY], 2);
  });

  test('gives a picture back to a file that comes before it is pruned', async (catalog) => {
    const { pictures } = await commit(catalog, { files: [seededFile('/a', 'one')] });
    await commit(catalog, { removed: ['/a'] });
    assert.deepEqual((await commit(catalog, { files: [knownFileOf('/b', 'one')] })).pictures, pictures);
    assert.deepEqual(await catalog.files.pruneOrphans(), []);
  });
}

function describeFailures(test: Test): void {
  test('keeps a failure beside the picture that the file had, until it is read again', async (catalog) => {
    const { pictures } = await commit(catalog, { files: [seededFile('/a', 'one')] });
    const failed = failure('/a');
    await commit(catalog, { failures: [failed, failure('/b', { retry: 'next-run' })] });
    const { stamp, code, retry, conditions } = failed;
    assert.deepEqual(await catalog.files.knownFile('/a', MODELS), {
      path: '/a',
      indexed: { stamp: seededStamp('/a'), pictureId: pictures[0], isDescribed: true },
      failure: { stamp, code, retry, conditions },
    });
    assert.deepEqual((await catalog.files.knownFile('/b', MODELS))?.indexed, null);
    assert.deepEqual(await catalog.files.pruneOrphans(), []);
    const counts = await catalog.pictures.counts();
    assert.deepEqual([counts.files, counts.failures], [1, 2]);

    await commit(catalog, { files: [knownFileOf('/a', 'one')] });
    assert.equal((await catalog.files.knownFile('/a', MODELS))?.failure, null);
    assert.deepEqual(await failedPaths(catalog), ['/b']);
  });

  test('keeps the last failure of a path, with all that it says', async (catalog) => {
    const last = failure('/a', { retry: 'next-run', conditions: 'others' });
    await commit(catalog, { failures: [failure('/a')] });
    await commit(catalog, { failures: [last] });
    assert.deepEqual(await collect(catalog.files.failures()), [last]);
    const unseen = failure(
      '/',
      {},
      { changedMs: null, inode: null, device: null, sizeBytes: 0, modifiedMs: 0 },
    );
    await commit(catalog, { failures: [unseen] });
    assert.deepEqual(await collect(catalog.files.failures()), [unseen, last]);
  });

  test('forgets a path that is gone with its failure', async (catalog) => {
    await commit(catalog, { files: [seededFile('/a', 'one')], failures: [failure('/a'), failure('/b')] });
    await commit(catalog, { removed: ['/a', '/b', '/never there'] });
    assert.equal(await catalog.files.knownFile('/a', MODELS), null);
    assert.deepEqual(await failedPaths(catalog), []);
  });

  test('tells files that are no pictures, and pictures that are not read, from what failed', async (catalog) => {
    const of = (path: string, code: FileFailure['code']) => ({ ...failure(path), code });
    const all = [
      ...[of('/a', 'NOT_A_PICTURE'), of('/b', 'FORMAT_UNSUPPORTED'), of('/c', 'IMAGE_UNREADABLE')],
      ...[of('/d', 'NOT_A_PICTURE'), of('/e', 'FILE_ROTTEN')],
    ];
    await commit(catalog, { failures: all });
    const { failures, unsupported, others } = await catalog.pictures.counts();
    assert.deepEqual([failures, unsupported, others], [2, 1, 2]);
    assert.deepEqual(await failedPaths(catalog), ['/b', '/c', '/e']);
    assert.deepEqual(await collect(catalog.files.otherFiles()), [all[0], all[3]]);
    assert.equal((await catalog.files.knownFile('/d', MODELS))?.failure?.code, 'NOT_A_PICTURE');
    await commit(catalog, { files: [seededFile('/a', 'one')], removed: ['/d'] });
    assert.deepEqual(await collect(catalog.files.otherFiles()), []);
  });

  test('keeps failures of names that are not UTF-8 apart by their bytes', async (catalog) => {
    const shown = '/r/\uFFFD.jpg';
    const names = [0xfe, 0xff].map((byte) =>
      Uint8Array.from([...Buffer.from('/r/'), byte, ...Buffer.from('.jpg')]),
    );
    const [first, second] = names.map((rawPath) => ({ ...failure(shown), rawPath }));
    const plain = failure(shown);
    await catalog.files.putRoot('/r', RULES);
    await commit(catalog, { failures: [second, plain, first].filter((one) => one !== undefined) });
    assert.deepEqual(await collect(catalog.files.failures()), [plain, first, second]);
    const [root] = await catalog.files.roots();
    const known = await collect(catalog.files.knownFiles(root?.id ?? 0, MODELS));
    assert.deepEqual(
      known.map(({ path }) => path),
      [shown],
    );

    await commit(catalog, { files: [seededFile(shown, 'one')] });
    assert.deepEqual(await collect(catalog.files.failures()), [first, second]);
    await commit(catalog, { removed: [shown], removedNames: [] });
    assert.deepEqual(await collect(catalog.files.failures()), [first, second]);
    assert.equal(await catalog.files.knownFile(shown, MODELS), null);
    await commit(catalog, {
      failures: [plain],
      removedNames: [names[0] ?? new Uint8Array(), new Uint8Array()],
    });
    assert.deepEqual(await collect(catalog.files.failures()), [plain, second]);
  });

  test('marks failures to be tried again, those of names that look the same each by itself', async (catalog) => {
    const shown = '/r/\uFFFD.jpg';
    const rawPath = Uint8Array.from([...Buffer.from('/r/'), 0xfe, ...Buffer.from('.jpg')]);
    const [plain, odd, other] = [failure(shown), { ...failure(shown), rawPath }, failure('/elsewhere')];
    await catalog.files.putRoot('/r', RULES);
    await commit(catalog, { failures: [plain, odd, other] });
    const { files } = catalog;
    assert.equal(await files.retryFailures([]), 0);
    assert.equal(
      await files.retryFailures([
        { path: shown, rawPath },
        { path: '/r/none', rawPath: null },
      ]),
      1,
    );
    const again = { ...odd, retry: 'next-run' };
    assert.deepEqual(await collect(files.failures()), [other, plain, again]);
    assert.equal(await files.retryFailures([{ path: '/elsewhere', rawPath: null }]), 1);
    assert.deepEqual(await collect(files.failures()), [{ ...other, retry: 'next-run' }, plain, again]);
  });

  test('gives failures ascending by the bytes of their paths, over roots inside each other', async (catalog) => {
    const roots = ['/r', '/r/in', '/r/in/deep', '/r-b', '/s/one.jpg'];
    const paths = [
      ...[
        '/a',
        '/r',
        '/r/a',
        '/r/in',
        '/r/in/a',
        '/r/in/deep',
        '/r/in/deep/x',
        '/r/in/z',
        '/r/in!',
        '/r/in-b',
      ],
      ...['/r/\uFFEE', '/r/\u{1F600}', '/r!x', '/r-b', '/r-b/y', '/s/one.jpg', '/z'],
    ];
    await commit(catalog, { failures: paths.slice(0, 9).map((path) => failure(path)) });
    for (const root of roots) {
      await catalog.files.putRoot(root, RULES);
    }
    await commit(catalog, { failures: paths.slice(9).map((path) => failure(path)) });
    assert.deepEqual(await failedPaths(catalog), paths.toSorted(comparePaths));
  });

  test('gives every failure when they come in pages', async (catalog) => {
    await catalog.files.putRoot('/r', RULES);
    await catalog.files.putRoot('/r/4', RULES);
    const inRoots = Array.from({ length: 1_501 }, (_, i) => `/r/${i % 10}/${i}`);
    // By their bytes these lie between a root and what is below it.
    const between = Array.from({ length: 700 }, (_, i) => `/r!${i}`);
    const paths = ['/r', ...between, ...inRoots];
    await commit(catalog, { failures: paths.map((path) => failure(path)) });
    const sorted = paths.toSorted(comparePaths);
    assert.deepEqual(await failedPaths(catalog), sorted);
    for (const after of [
      '/a',
      '/r',
      '/r!',
      sorted[650] ?? '',
      sorted[900] ?? '',
      '/r/4',
      sorted.at(-1) ?? '',
    ]) {
      const behind = await collect(catalog.files.failures(after));
      assert.deepEqual(
        behind.map(({ stamp }) => stamp.path),
        sorted.filter((path) => comparePaths(path, after) > 0),
        after,
      );
    }
  });
}

function describeKnownFiles(test: Test): void {
  test('knows the files and failures of a root, ascending by the bytes of their paths', async (catalog) => {
    const { id } = await catalog.files.putRoot('/r', RULES);
    const files = ['/r/a/1.jpg', '/r/a-b.jpg', '/r/\u{1F600}.jpg', '/r/\uFFEE.jpg', '/r/both', '/rest.jpg'];
    await commit(catalog, {
      files: files.map((path) => seededFile(path, path)),
      failures: ['/r/b', '/r/both', '/r', '/r/\u{1F601}', '/rest'].map((path) => failure(path)),
    });
    const known = await knownOf(catalog, id);
    assert.deepEqual(known.map(stateOf), [
      ['/r', false, true],
      ['/r/a-b.jpg', true, false],
      ['/r/a/1.jpg', true, false],
      ['/r/b', false, true],
      ['/r/both', true, true],
      ['/r/\uFFEE.jpg', true, false],
      ['/r/\u{1F600}.jpg', true, false],
      ['/r/\u{1F601}', false, true],
    ]);
    for (const one of known) {
      assert.deepEqual(one, await catalog.files.knownFile(one.path, MODELS));
    }
    assert.deepEqual(await knownOf(catalog, id + 999), []);
  });

  test('knows all of many files, failed ones among them', async (catalog) => {
    const { id } = await catalog.files.putRoot('/r', RULES);
    const paths = Array.from({ length: 10_001 }, (_, i) => `/r/${i}`);
    await commit(catalog, {
      files: paths.filter((_, i) => i % 3 !== 0).map((path) => seededFile(path, 'one', [])),
      failures: paths.filter((_, i) => i % 3 !== 1).map((path) => failure(path)),
    });
    const known = await knownOf(catalog, id);
    assert.deepEqual(
      known.map(({ path }) => path),
      paths.toSorted(comparePaths),
    );
    assert.equal(known.filter(({ indexed, failure }) => indexed !== null && failure !== null).length, 3_333);
    assert.equal(
      known.some(({ indexed }) => indexed?.isDescribed),
      false,
    );
  });

  test('knows a root that is one file, and one that is all there is', async (catalog) => {
    await commit(catalog, {
      files: ['/d/1.jpg', '/d/1.jpg.bak', '/2'].map((path) => seededFile(path, path)),
    });
    const file = await catalog.files.putRoot('/d/1.jpg', RULES);
    const all = await catalog.files.putRoot('/', RULES);
    assert.equal(all.path, '/');
    assert.deepEqual(await knownPaths(catalog, file), ['/d/1.jpg']);
    assert.deepEqual(await knownPaths(catalog, all), ['/2', '/d/1.jpg.bak']);
    await commit(catalog, { failures: [failure('/'), failure('/d/1.jpg')] });
    assert.deepEqual(await knownPaths(catalog, all), ['/', '/2', '/d/1.jpg.bak']);
    assert.deepEqual(await knownPaths(catalog, file), ['/d/1.jpg']);
  });

  test('knows files that were named one by one', async (catalog) => {
    await catalog.files.putRoot('/r', RULES);
    await commit(catalog, {
      files: ['/z', '/r/1', '/a/2'].map((path) => seededFile(path, path)),
      failures: [failure('/a/3')],
    });
    const known = await collect(catalog.files.knownListed(MODELS));
    assert.deepEqual(known.map(stateOf), [
      ['/a/2', true, false],
      ['/a/3', false, true],
      ['/z', true, false],
    ]);
  });

  test('names the files that a model has not described, ascending, whatever their roots', async (catalog) => {
    const { files } = catalog;
    const paths = ['/r/in/a', '/r/b', '/r/in!', '/x', '/r/in/\u{1F600}', '/r/in/\uFFEE', '/done/1'];
    await files.putRoot('/r', RULES);
    await files.putRoot('/r/in', RULES);
    await files.putRoot('/done', RULES);
    const keys = (path: string) => (path.startsWith('/done') ? [SEEDED_KEY, OTHER_KEY] : [SEEDED_KEY]);
    await commit(catalog, {
      files: paths.map((path) => seededFile(path, path, keys(path))),
      failures: [failure('/r/failed'), failure('/x', { retry: 'next-run' })],
    });
    const without = paths.slice(0, 6).toSorted(comparePaths);
    assert.deepEqual(await collect(files.filesWithout(OTHER_KEY)), without);
    assert.equal(await files.countWithout(OTHER_KEY), 6);
    assert.equal(await files.countWithout(OTHER_KEY, { pathPrefix: ['/r/in', '/x'] }), 4);
    assert.equal(await files.countWithout(OTHER_KEY, { pathPrefix: '/done' }), 0);
    assert.deepEqual(await collect(files.filesWithout(SEEDED_KEY)), []);
    assert.equal(await files.countWithout(SEEDED_KEY), 0);
    assert.equal(await files.countWithout('nobody'), 7);
    assert.equal((await collect(files.filesWithout('nobody'))).length, 7);
  });

  test('counts no file as without a descriptor that has failed for good', async (catalog) => {
    const { files } = catalog;
    const rotten = { ...failure('/rotten', { retry: 'next-run' }), code: 'FILE_ROTTEN' } as const;
    await commit(catalog, {
      files: ['/a', '/changed', '/passing', '/rotten'].map((path) => seededFile(path, path)),
      failures: [failure('/changed'), failure('/passing', { retry: 'next-run' }), rotten],
    });
    assert.equal(await files.countWithout(OTHER_KEY), 2);
    assert.equal((await collect(files.filesWithout(OTHER_KEY))).length, 4);
  });

  test('names every file that a model has not described when they come in pages', async (catalog) => {
    await catalog.files.putRoot('/r', RULES);
    await catalog.files.putRoot('/r/4', RULES);
    const paths = Array.from({ length: 4_500 }, (_, i) => `/r/${i % 10}/${i}`);
    await commit(catalog, { files: paths.map((path) => seededFile(path, 'one', [])) });
    assert.deepEqual(await collect(catalog.files.filesWithout(SEEDED_KEY)), paths.toSorted(comparePaths));
  });
}

/** What is known of a root, file by file, and in pages the same. */
async function knownOf({ files }: FilesUnderTest, root: RootId): Promise<KnownFile[]> {
  const known = await collect(files.knownFiles(root, MODELS));
  const pages = await collect(files.knownInPages(root, MODELS));
  assert.deepEqual(
    pages.flatMap((page) => page.names.map((_, at) => knownFileAt(page, at))),
    known,
  );
  return known;
}

function describeRoots(test: Test): void {
  test('remembers roots with their rules, ascending by path', async ({ files }) => {
    const b = await files.putRoot('/b', RULES);
    const a = await files.putRoot('/a/', DEFAULT_ROOT_RULES);
    assert.deepEqual(b, { id: b.id, path: '/b', rules: RULES });
    assert.equal(a.path, '/a');
    assert.deepEqual(await files.roots(), [a, b]);
  });

  test('counts what each root has, and nothing of the roots inside it', async (catalog) => {
    const outer = await catalog.files.putRoot('/r', RULES);
    const inner = await catalog.files.putRoot('/r/in', RULES);
    const empty = await catalog.files.putRoot('/s', RULES);
    await commit(catalog, {
      files: [seededFile('/r/1', 'one'), knownFileOf('/r/2', 'one'), seededFile('/r/in/3', 'two')],
      failures: [
        failure('/r/in/4'),
        { ...failure('/r/in/5'), code: 'FORMAT_UNSUPPORTED' },
        { ...failure('/r/in/6'), code: 'NOT_A_PICTURE' },
        failure('/r/in/3'),
        failure('/elsewhere'),
      ],
    });
    assert.equal((await catalog.pictures.counts()).failedSince, 1);
    const counts = (await catalog.files.countsByRoot()).sort((a, b) => a.root - b.root);
    const none = { failures: 0, unsupported: 0, others: 0, failedSince: 0 };
    assert.deepEqual(counts, [
      { root: outer.id, files: 2, pictures: 1, ...none },
      { root: inner.id, files: 1, pictures: 1, failures: 2, unsupported: 1, others: 1, failedSince: 1 },
      { root: empty.id, files: 0, pictures: 0, ...none },
    ]);
  });

  test('changes the rules of a root that is there', async ({ files }) => {
    const root = await files.putRoot('/a', DEFAULT_ROOT_RULES);
    assert.deepEqual(await files.putRoot('/a', RULES), { ...root, rules: RULES });
    assert.deepEqual(await files.roots(), [{ ...root, rules: RULES }]);
  });

  test('forgets roots, ignores others, and never gives an id again', async ({ files }) => {
    const a = await files.putRoot('/a', RULES);
    const b = await files.putRoot('/b', RULES);
    await files.removeRoots([b.id, 999, b.id]);
    assert.deepEqual(await files.roots(), [a]);
    const again = await files.putRoot('/b', RULES);
    assert.ok(again.id > b.id);
  });

  test('gives a root what is known below it, and leaves the roots inside it theirs', async (catalog) => {
    const { files } = catalog;
    const paths = ['/r/1', '/r/in/2', '/r/in/deep/3', '/r/in', '/r/in0', '/s/4'];
    const before = await fill(catalog, paths);
    const deep = await files.putRoot('/r/in/deep', RULES);
    const around = await files.putRoot('/r', RULES);
    assert.deepEqual(await knownPaths(catalog, deep), ['/r/in/deep/3']);
    assert.deepEqual(await knownPaths(catalog, around), ['/r/1', '/r/in', '/r/in/2', '/r/in0']);
    const between = await files.putRoot('/r/in', RULES);
    assert.deepEqual(await knownPaths(catalog, deep), ['/r/in/deep/3']);
    assert.deepEqual(await knownPaths(catalog, between), ['/r/in', '/r/in/2']);
    assert.deepEqual(await knownPaths(catalog, around), ['/r/1', '/r/in0']);
    assert.deepEqual(await listedPaths(catalog), ['/s/4']);
    await requireSamePaths(catalog, before);

    // What comes later finds its root as well.
    await commit(catalog, { files: [seededFile('/r/in/new', 'new')], failures: [failure('/r/in/deep')] });
    assert.deepEqual(await knownPaths(catalog, between), ['/r/in', '/r/in/2', '/r/in/new']);
    assert.deepEqual(await knownPaths(catalog, deep), ['/r/in/deep', '/r/in/deep/3']);
  });

  test('gives what a removed root had to the root around it, or to none', async (catalog) => {
    const { files } = catalog;
    const [around, between, deep] = [
      await files.putRoot('/r', RULES),
      await files.putRoot('/r/in', RULES),
      await files.putRoot('/r/in/deep', RULES),
    ];
    const before = await fill(catalog, [
      '/r/1',
      '/r/in',
      '/r/in/2',
      '/r/in/deep/3',
      '/r/in/deep/\u{1F600}/4',
    ]);
    await files.removeRoots([between.id]);
    assert.deepEqual(await knownPaths(catalog, around), ['/r/1', '/r/in', '/r/in/2']);
    assert.deepEqual(await knownPaths(catalog, deep), ['/r/in/deep/3', '/r/in/deep/\u{1F600}/4']);
    await requireSamePaths(catalog, before);
    await files.removeRoots([around.id, deep.id]);
    assert.deepEqual(await listedPaths(catalog), before.paths);
    await requireSamePaths(catalog, before);
    const again = await files.putRoot('/r/in', RULES);
    assert.deepEqual(await knownPaths(catalog, again), before.paths.slice(1));
    await requireSamePaths(catalog, before);
  });

  test('gives all to the root of everything, and takes it back', async (catalog) => {
    const { files } = catalog;
    const inner = await files.putRoot('/r', RULES);
    const before = await fill(catalog, ['/1', '/r/2', '/s/3']);
    const all = await files.putRoot('/', RULES);
    assert.deepEqual(await knownPaths(catalog, all), ['/1', '/s/3']);
    assert.deepEqual(await listedPaths(catalog), []);
    await files.removeRoots([inner.id]);
    assert.deepEqual(await knownPaths(catalog, all), before.paths);
    await files.removeRoots([all.id]);
    assert.deepEqual(await listedPaths(catalog), before.paths);
    await requireSamePaths(catalog, before);
  });
}

function describeUploads(test: Test): void {
  test('takes the files of the uploads along when their folder has moved, and no others', async (catalog) => {
    const { files } = catalog;
    await files.keepUploadsIn('/old/uploads');
    assert.equal(await files.uploadsFolder(), '/old/uploads');
    const paths = ['/old/uploads/05/a.jpg', '/old/uploads/ä.jpg', '/old/uploads.jpg', '/other/b.jpg'];
    const { pictures } = await commit(catalog, {
      files: paths.map((path) => seededFile(path, path)),
      failures: [failure('/old/uploads/05/c.jpg')],
    });
    const before = await catalog.descriptors.position();
    await files.keepUploadsIn('/a longer place/uploads');
    assert.equal(await files.uploadsFolder(), '/a longer place/uploads');
    assert.notEqual(await catalog.descriptors.position(), before, 'pictures lie elsewhere now');
    const found = await catalog.pictures.pictures(pictures);
    assert.deepEqual(
      found.map((picture) => picture.files.map(({ path }) => path)),
      [
        ['/a longer place/uploads/05/a.jpg'],
        ['/a longer place/uploads/ä.jpg'],
        ['/old/uploads.jpg'],
        ['/other/b.jpg'],
      ],
    );
    const uploads = await collect(files.knownUploads(MODELS));
    assert.deepEqual(uploads.map(stateOf), [
      ['/a longer place/uploads/05/a.jpg', true, false],
      ['/a longer place/uploads/05/c.jpg', false, true],
      ['/a longer place/uploads/ä.jpg', true, false],
    ]);
    const after = await catalog.descriptors.position();
    await files.keepUploadsIn('/a longer place/uploads');
    assert.equal(await catalog.descriptors.position(), after, 'nothing has moved');
  });

  test('keeps uploads apart from the roots around, at and inside their folder', async (catalog) => {
    const { files } = catalog;
    const around = await files.putRoot('/r', RULES);
    const before = await fill(catalog, ['/r/1', '/r/uploads/2', '/r/uploads/in/3', '/r/uploads']);
    const inside = await files.putRoot('/r/uploads/in', RULES);
    await files.keepUploadsIn('/r/uploads');
    const uploads = async () => (await collect(files.knownUploads(MODELS))).map(({ path }) => path);
    assert.deepEqual(await uploads(), ['/r/uploads/2', '/r/uploads/in/3']);
    const at = await files.putRoot('/r/uploads', RULES);
    await commit(catalog, { files: [seededFile('/r/uploads/in/4', 'four')] });
    const later = await files.putRoot('/r/uploads/in/4', RULES);
    assert.deepEqual(await uploads(), ['/r/uploads/2', '/r/uploads/in/3', '/r/uploads/in/4']);
    assert.deepEqual(await knownPaths(catalog, later), []);
    assert.deepEqual(await knownPaths(catalog, around), ['/r/1']);
    assert.deepEqual(await knownPaths(catalog, at), ['/r/uploads']);
    assert.deepEqual(await knownPaths(catalog, inside), []);
    await files.removeRoots([around.id, at.id, inside.id, later.id]);
    assert.deepEqual(await uploads(), ['/r/uploads/2', '/r/uploads/in/3', '/r/uploads/in/4']);
    assert.deepEqual(await listedPaths(catalog), ['/r/1', '/r/uploads']);
    await requireSamePaths(catalog, before);
  });

  test('keeps one file of a path to which uploads have moved', async (catalog) => {
    const { files } = catalog;
    await files.keepUploadsIn('/old');
    const root = await files.putRoot('/new', RULES);
    const { pictures } = await commit(catalog, {
      files: [seededFile('/old/a', 'one'), seededFile('/new/a', 'two'), seededFile('/new/b', 'three')],
    });
    await files.keepUploadsIn('/new');
    const uploads = await collect(files.knownUploads(MODELS));
    assert.deepEqual(
      uploads.map(({ path, indexed }) => [path, indexed?.pictureId]),
      [
        ['/new/a', pictures[0]],
        ['/new/b', pictures[2]],
      ],
    );
    assert.deepEqual(await knownPaths(catalog, root), []);
    assert.equal((await catalog.pictures.counts()).files, 2);
  });
}

function commit({ files }: FilesUnderTest, batch: Partial<LedgerBatch>): Promise<CommitResult> {
  return files.commit({ files: [], failures: [], removed: [], ...batch });
}

function failure(
  path: string,
  how: Partial<Pick<FileFailure, 'retry' | 'conditions'>> = {},
  stamp: Partial<FileFailure['stamp']> = {},
): FileFailure {
  return failureOf({ ...seededStamp(path), ...stamp }, new EideticError('IMAGE_UNREADABLE', `bad ${path}`), {
    retry: 'changed',
    conditions: 'limits 1',
    ...how,
  });
}

function stateOf({
  path,
  indexed,
  failure,
}: KnownFile): [path: string, isIndexed: boolean, hasFailed: boolean] {
  return [path, indexed !== null, failure !== null];
}

async function failedPaths({ files }: FilesUnderTest): Promise<string[]> {
  return (await collect(files.failures())).map(({ stamp }) => stamp.path);
}

async function knownPaths({ files }: FilesUnderTest, root: Root): Promise<string[]> {
  return (await collect(files.knownFiles(root.id, MODELS))).map(({ path }) => path);
}

async function listedPaths({ files }: FilesUnderTest): Promise<string[]> {
  return (await collect(files.knownListed(MODELS))).map(({ path }) => path);
}

/** What must stay true of paths whatever root has them. */
interface Filled {
  readonly paths: readonly string[];
  readonly pictures: readonly PictureId[];
}

/** Commits a file and a failure at each path. */
async function fill(catalog: FilesUnderTest, paths: readonly string[]): Promise<Filled> {
  const { pictures } = await commit(catalog, {
    files: paths.map((path) => seededFile(path, path)),
    failures: paths.map((path) => failure(path)),
  });
  return { paths, pictures };
}

async function requireSamePaths(catalog: FilesUnderTest, { paths, pictures }: Filled): Promise<void> {
  const found = await catalog.pictures.pictures(pictures);
  assert.deepEqual(
    found.map(({ files }) => files.map(({ path }) => path)),
    paths.map((path) => [path]),
  );
  const failed = await failedPaths(catalog);
  assert.deepEqual(
    paths.filter((path) => !failed.includes(path)),
    [],
  );
  for (const [i, path] of paths.entries()) {
    const known = await catalog.files.knownFile(path, MODELS);
    assert.equal(known?.indexed?.pictureId, pictures[i], path);
    assert.notEqual(known?.failure ?? null, null, path);
  }
}
