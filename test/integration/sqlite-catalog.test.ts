import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { Catalog } from '../../src/domain/catalog.ts';
import type { ErrorCode } from '../../src/domain/errors.ts';
import { DEFAULT_ROOT_RULES } from '../../src/domain/roots.ts';
import type { SpaceDefinition } from '../../src/domain/space.ts';
import { collect } from '../support/collect.ts';
import { makeMountFolder } from '../support/mount-folder.ts';
import { openTestCatalog } from '../support/open-test-catalog.ts';
import { refuses } from '../support/refuses.ts';
import {
  contentHashOf,
  SEEDED_DIMENSIONS,
  SEEDED_KEY,
  SEEDED_MODEL,
  seededEmbedding,
  seededFile,
} from '../support/seeded-picture.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const CLS = { modelKey: SEEDED_KEY, name: 'cls' };
const MODELS = [SEEDED_KEY];
const SPACE: SpaceDefinition = {
  ...{ id: 'similar', modelKey: SEEDED_KEY, from: 'cls', transform: 'none' },
  ...{ dimensions: SEEDED_DIMENSIONS, metric: 'cosine' },
};
const SAID = { decidedBy: 'somebody', decidedAt: '2024-05-01T10:00:00.000Z', note: null };
const UNIT = seededEmbedding('new');

type Calls = Readonly<Record<string, (catalog: Catalog) => Promise<unknown>>>;

/** Every call that only looks. */
const READS: Calls = {
  roots: ({ files }) => files.roots(),
  uploadsFolder: ({ files }) => files.uploadsFolder(),
  knownFiles: ({ files }) => collect(files.knownFiles(1, MODELS)),
  knownInPages: ({ files }) => collect(files.knownInPages(1, MODELS)),
  knownListed: ({ files }) => collect(files.knownListed(MODELS)),
  knownUploads: ({ files }) => collect(files.knownUploads(MODELS)),
  knownFile: ({ files }) => files.knownFile('/a.jpg', MODELS),
  filesWithout: ({ files }) => collect(files.filesWithout(SEEDED_KEY)),
  countWithout: ({ files }) => files.countWithout(SEEDED_KEY),
  findByHash: ({ files }) => files.findByHash(contentHashOf('one'), MODELS),
  newestFile: ({ files }) => files.newestFile(),
  newerFiles: ({ files }) => files.newerFiles([{ pictureId: 1, skip: 0, most: 1 }], '0'),
  formerNames: ({ files }) => collect(files.formerNames('1')),
  failures: ({ files }) => collect(files.failures()),
  otherFiles: ({ files }) => collect(files.otherFiles()),
  pictures: ({ pictures }) => pictures.pictures([1]),
  picturesOfParts: ({ pictures }) => pictures.picturesOfParts([1]),
  matching: ({ pictures }) => pictures.matching({ pathPrefix: '/' }, 1),
  counts: ({ pictures }) => pictures.counts(),
  picturesWithSeveralFiles: ({ pictures }) => pictures.picturesWithSeveralFiles(),
  samePixelGroups: ({ pictures }) => pictures.samePixelGroups(),
  sameImageDataGroups: ({ pictures }) => pictures.sameImageDataGroups(),
  withImageData: ({ pictures }) => pictures.withImageData(contentHashOf('one')),
  knownPixels: ({ pictures }) => pictures.knownPixels([1]),
  position: ({ descriptors }) => descriptors.position(),
  knows: ({ descriptors }) => descriptors.knows('0'),
  changes: ({ descriptors }) => collect(descriptors.changes(CLS, null)),
  count: ({ descriptors }) => descriptors.count(CLS),
  vectors: ({ descriptors }) => descriptors.vectors(CLS, [1]),
  vectorsOfPictures: ({ descriptors }) => descriptors.vectorsOfPictures(CLS, [1]),
  vectorOfPicture: ({ descriptors }) => descriptors.vectorOfPicture(CLS, 1),
  nearestExactly: ({ descriptors }) => descriptors.nearestExactly(CLS, UNIT, 1),
  models: ({ models }) => models.models(),
  addKnownModel: ({ models }) => models.add(SEEDED_KEY, SEEDED_MODEL),
  spaces: ({ spaces }) => spaces.spaces(),
  putKnownSpace: ({ spaces }) => spaces.put(SPACE),
  between: ({ relations }) => relations.between(1, 2),
  relationsPage: ({ relations }) => relations.page({}, 1, null),
  about: ({ decisions }) => decisions.about([decided('a')]),
  decisionsPage: ({ decisions }) => decisions.page(1, 0),
  integrityProblems: (catalog) => catalog.integrityProblems(),
};

/** Every call that changes something. */
const WRITES: Calls = {
  putRoot: ({ files }) => files.putRoot('/r', DEFAULT_ROOT_RULES),
  removeRoots: ({ files }) => files.removeRoots([1]),
  keepUploadsIn: ({ files }) => files.keepUploadsIn('/uploads'),
  commit: ({ files }) => files.commit({ files: [seededFile('/b.jpg', 'two')], failures: [], removed: [] }),
  pruneOrphans: ({ files }) => files.pruneOrphans(),
  keepPixels: ({ pictures }) => pictures.keepPixels([{ picture: 1, pixelHash: null }]),
  putVectors: ({ descriptors }) => descriptors.put(CLS, [{ part: 1, unit: UNIT, norm: null }]),
  addModel: ({ models }) => models.add('other', SEEDED_MODEL),
  putSpace: ({ spaces }) => spaces.put({ ...SPACE, from: 'gem' }),
  activate: ({ spaces }) => spaces.activate([{ id: 'similar', revision: 1 }]),
  putRelations: ({ relations }) => relations.put([]),
  removeStale: ({ relations }) => relations.removeStale(1, { id: 'copy', revision: 1 }),
  record: ({ decisions }) =>
    decisions.record({ ...SAID, kind: 'copy', pictures: [decided('a'), decided('b')] }),
  removeBackup: (catalog) => catalog.removeBackup(),
};

describe('SQLite catalog in every state', () => {
  it('does all that it is asked while it is open', async () => {
    const catalog = await filledCatalog(newFile());
    for (const [name, call] of Object.entries({ ...READS, ...WRITES })) {
      await assert.doesNotReject(call(catalog), name);
    }
    assert.deepEqual(await catalog.integrityProblems(), []);
    await catalog.close();
  });

  it('finishes what it was asked when it is closed, and refuses what is asked from then on', async () => {
    for (const calls of [READS, WRITES]) {
      const catalog = await filledCatalog(newFile());
      const names = Object.keys(calls);
      const asked = Promise.allSettled(Object.values(calls).map((call) => call(catalog)));
      const closing = catalog.close();
      const whileClosing = Promise.allSettled(Object.values(calls).map((call) => call(catalog)));
      for (const [i, { status }] of (await asked).entries()) {
        assert.ok(status === 'fulfilled' || isStream(names[i] ?? ''), `${names[i]} when it was asked before`);
      }
      for (const [i, outcome] of (await whileClosing).entries()) {
        assert.equal(outcome.status === 'rejected' && outcome.reason.code, 'CATALOG_CLOSED', names[i]);
      }
      await closing;
      for (const [name, call] of Object.entries(calls)) {
        await refusesAs('CATALOG_CLOSED', /was closed/, call(catalog), name);
      }
      await catalog.close();
    }
  });

  it('finishes what takes several turns of the event loop before it is closed', async () => {
    const catalog = await filledCatalog(newFile(), 5_000);
    const all = Array.from({ length: 5_001 }, (_, i) => i + 1);
    const asked = Promise.all([
      catalog.pictures.matching({ pathContains: 'others' }, 10_000),
      catalog.pictures.pictures(all),
    ]);
    await catalog.close();
    const [matching, pictures] = await asked;
    assert.deepEqual([matching.length, pictures.length], [5_000, 5_001]);
  });

  it('refuses the rest of a stream that was begun before it was closed', async () => {
    const catalog = await filledCatalog(newFile(), 3_000);
    const streams = [
      catalog.files.knownListed(MODELS),
      catalog.files.filesWithout('other'),
      catalog.descriptors.changes(CLS, null),
    ].map((stream) => (stream as AsyncIterable<unknown>)[Symbol.asyncIterator]());
    for (const stream of streams) {
      assert.equal((await stream.next()).done, false);
    }
    await catalog.close();
    for (const stream of streams) {
      await refusesAs('CATALOG_CLOSED', /was closed/, drain(stream), 'a stream');
    }
  });

  it('writes nothing into a library that was deleted, and goes on reading what it has open', async () => {
    const folder = temporaryFolder();
    const library = join(folder, 'library');
    mkdirSync(library);
    const catalog = await filledCatalog(join(library, 'catalog.sqlite'));
    rmSync(library, { recursive: true });
    for (const [name, call] of Object.entries(WRITES)) {
      await refusesAs('NOT_FOUND', /gone or was replaced/, call(catalog), name);
    }
    assert.equal((await catalog.pictures.pictures([1])).length, 1);
    await catalog.close();
    assert.throws(
      () => renameSync(library, join(folder, 'elsewhere')),
      { code: 'ENOENT' },
      'it made none anew',
    );
  });

  it('closes while pages of known files are read ahead, and nobody who left them hears of it', async () => {
    const catalog = await openTestCatalog(newFile());
    const { id } = await catalog.files.putRoot('/r', DEFAULT_ROOT_RULES);
    const files = Array.from({ length: 60_000 }, (_, i) => seededFile(`/r/${i}.jpg`, 'one', []));
    await catalog.files.commit({ files, failures: [], removed: [] });
    for await (const { names } of catalog.files.knownInPages(id, MODELS)) {
      assert.equal(names.length, 1_000);
      break;
    }
    await catalog.close();
    await setTimeout(50); // what nobody catches ends the process
  });

  it('writes nothing into a library that lies in the place of its own', async () => {
    const file = newFile();
    const other = newFile();
    const otherCatalog = await filledCatalog(other);
    await otherCatalog.close();
    // Before the threads of the first have opened anything, and after.
    for (const isWritten of [false, true]) {
      const catalog = isWritten ? await filledCatalog(file) : await openTestCatalog(file);
      const kept = `${file}.kept`;
      renameSync(file, kept);
      copyFileSync(other, file);
      for (const [name, call] of Object.entries(WRITES)) {
        await refusesAs('NOT_FOUND', /gone or was replaced/, call(catalog), name);
      }
      if (!isWritten) {
        await refusesAs('NOT_FOUND', /gone or was replaced/, catalog.pictures.counts(), 'counts');
      }
      rmSync(file);
      renameSync(kept, file);
      await catalog.files.commit({ files: [seededFile('/b.jpg', 'two', [])], failures: [], removed: [] });
      await catalog.close();
    }
    const again = await openTestCatalog(file);
    assert.equal((await again.pictures.counts()).files, 2);
    await again.close();
  });

  it('answers where nothing can be written, and refuses to change anything', async (t) => {
    const mounts = makeMountFolder(t);
    if (mounts === null) {
      return;
    }
    const library = temporaryFolder();
    await (await filledCatalog(join(library, 'catalog.sqlite'))).close();
    const mounted = mounts.mount('read-only', '--bind', '-o', 'ro', library);
    const catalog = await openTestCatalog(join(mounted, 'catalog.sqlite'));
    assert.equal(catalog.isReadOnly, true);
    for (const [name, call] of Object.entries(READS)) {
      await assert.doesNotReject(call(catalog), name);
    }
    for (const [name, call] of Object.entries(WRITES)) {
      await refusesAs('READ_ONLY', /can only be read/, call(catalog), name);
    }
    await catalog.close();
  });
});

describe('SQLite catalog file', () => {
  it('is there again after it was closed, and is the same library', async () => {
    const file = newFile();
    const first = await filledCatalog(file);
    const { libraryId, isReadOnly } = first;
    const position = await first.descriptors.position();
    await first.close();
    const second = await openTestCatalog(file);
    assert.equal((await second.pictures.counts()).files, 1);
    assert.equal(await second.descriptors.position(), position);
    assert.deepEqual([second.libraryId, second.isReadOnly, isReadOnly], [libraryId, false, false]);
    await second.close();
    const other = await openTestCatalog();
    assert.notEqual(other.libraryId, libraryId);
    await other.close();
  });

  it('knows of a restored backup that it lacks what came after it', async () => {
    const file = newFile();
    const catalog = await filledCatalog(file);
    const before = await catalog.descriptors.position();
    await catalog.close();
    copyFileSync(file, `${file}.copy`);
    const later = await openTestCatalog(file);
    await commitFile(later, 'two');
    const lost = await later.descriptors.position();
    await later.close();
    renameSync(`${file}.copy`, file);
    const restored = await openTestCatalog(file);
    await commitFile(restored, 'three');
    const { descriptors } = restored;
    assert.deepEqual([await descriptors.knows(before), await descriptors.knows(lost)], [true, false]);
    await restored.close();
  });

  it('writes and reads whole tables beside the event loop', async () => {
    const catalog = await openTestCatalog();
    await catalog.models.add(SEEDED_KEY, SEEDED_MODEL);
    const files = Array.from({ length: 2_000 }, (_, n) => seededFile(`/${n}.jpg`, `picture ${n}`));
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await catalog.files.commit({ files, failures: [], removed: [] });
    const whileWriting = turns;
    await Promise.all(Array.from({ length: 20 }, () => catalog.pictures.counts()));
    clearInterval(timer);
    assert.ok(whileWriting > 0, 'the event loop turned while a batch was written');
    assert.ok(turns > whileWriting, 'and while tables were counted');
    await catalog.close();
  });

  it('tells what a thread was refused with as it was told there', async () => {
    const catalog = await openTestCatalog();
    const files = [seededFile('/a.jpg', 'one', ['nobody'])];
    await assert.rejects(catalog.files.commit({ files, failures: [], removed: [] }), {
      name: 'EideticError',
      code: 'MODEL_MISMATCH',
    });
    await catalog.close();
  });

  it('refuses a vector whose bytes were damaged, and names its file', async () => {
    const file = newFile();
    const catalog = await filledCatalog(file);
    changePast(file, 'UPDATE vectors SET vector = zeroblob(32)');
    for (const ask of [
      () => catalog.descriptors.vectorOfPicture(CLS, 1),
      () => catalog.descriptors.vectors(CLS, [1]),
      () => catalog.descriptors.nearestExactly(CLS, UNIT, 1),
      () => collect(catalog.descriptors.changes(CLS, null)),
    ]) {
      await refuses(ask(), 'CATALOG_DAMAGED', /picture 1 \(\/a\.jpg\).*index --force/);
    }
    changePast(file, `UPDATE vectors SET vector = x'0102'`);
    await refuses(catalog.descriptors.vectorOfPicture(CLS, 1), 'CATALOG_DAMAGED', /2 bytes/);
    await commitFile(catalog, 'one', '/a.jpg');
    assert.deepEqual(await catalog.descriptors.vectorOfPicture(CLS, 1), seededEmbedding('one'));
    await catalog.close();
  });

  it('takes pixel hashes of another version for none', async () => {
    const file = newFile();
    const catalog = await filledCatalog(file);
    const files = ['/b', '/c'].map((path) => seededFile(path, path));
    await catalog.files.commit({ files, failures: [], removed: [] });
    const kept = [1, 2, 3].map((picture) => ({ picture, pixelHash: contentHashOf('x') }));
    await catalog.pictures.keepPixels(kept);
    assert.deepEqual(await catalog.pictures.samePixelGroups(), [[1, 2, 3]]);
    changePast(file, 'UPDATE pictures SET pixel_hash_version = pixel_hash_version - 1 WHERE id = 1');
    assert.deepEqual(await catalog.pictures.samePixelGroups(), [[2, 3]]);
    assert.deepEqual(await catalog.pictures.knownPixels([1, 2, 3]), kept.slice(1));
    await catalog.pictures.keepPixels(kept);
    assert.deepEqual(await catalog.pictures.samePixelGroups(), [[1, 2, 3]]);
    await catalog.close();
  });

  it('makes the root of files that were named one by one once', async () => {
    const file = newFile();
    const catalog = await filledCatalog(file);
    await commitFile(catalog, 'two');
    await catalog.files.putRoot('/two', DEFAULT_ROOT_RULES);
    const [root] = await catalog.files.roots();
    await catalog.files.removeRoots([root?.id ?? 0]);
    await catalog.close();
    const database = new Database(file, { readonly: true });
    assert.deepEqual(database.prepare('SELECT kind, path FROM roots').all(), [{ kind: 'listed', path: '' }]);
    database.close();
  });
});

describe('backup of a migrated SQLite catalog', () => {
  it('is removed once, and forgotten', async () => {
    const file = newFile();
    const catalog = await filledCatalog(file);
    assert.equal(await catalog.removeBackup(), null);
    const backup = join(file, '..', 'catalog-version-2.backup.sqlite');
    writeFileSync(backup, 'a backup');
    changePast(file, `UPDATE library SET backup = 'catalog-version-2.backup.sqlite'`);
    assert.equal(await catalog.removeBackup(), backup);
    assert.throws(() => renameSync(backup, `${backup}2`), { code: 'ENOENT' });
    assert.equal(await catalog.removeBackup(), null);
    await catalog.close();
  });

  it('is forgotten when somebody has removed it', async () => {
    const file = newFile();
    const catalog = await filledCatalog(file);
    changePast(file, `UPDATE library SET backup = 'gone.backup.sqlite'`);
    assert.equal(await catalog.removeBackup(), null);
    writeFileSync(join(file, '..', 'gone.backup.sqlite'), 'somebody else made it since');
    assert.equal(await catalog.removeBackup(), null);
    await catalog.close();
  });

  it('is nothing but a backup in the folder of the library', async () => {
    const file = newFile();
    const catalog = await filledCatalog(file);
    const outside = join(temporaryFolder(), 'other.backup.sqlite');
    for (const name of [outside, '../other.backup.sqlite', 'catalog.sqlite', '', '.', 'x/y.backup.sqlite']) {
      writeFileSync(outside, 'not ours');
      changePast(file, `UPDATE library SET backup = '${name}'`);
      await refuses(catalog.removeBackup(), 'CATALOG_DAMAGED', /nothing was removed/);
    }
    assert.equal((await catalog.pictures.counts()).files, 1);
    await catalog.close();
    rmSync(outside); // throws unless it is still there
  });
});

describe('integrity of a SQLite catalog', () => {
  const damages: ReadonlyArray<readonly [name: string, sql: string, expected: RegExp]> = [
    ['a file without its root', 'UPDATE files SET root_id = 99', /files refers to a row of roots/],
    ['a file without its picture', 'UPDATE files SET picture_id = 99', /files refers to a row of pictures/],
    ['a vector without its part', 'UPDATE vectors SET part_id = 99', /vectors refers to a row of parts/],
    ['a picture without a part', 'DELETE FROM vectors; DELETE FROM parts', /no part that is the whole/],
    ['a vector of the future', 'UPDATE vectors SET generation = 99', /vector is newer than the last commit/],
    ['a removal of the future', 'INSERT INTO removed_parts VALUES (7, 99)', /removal of a part is newer/],
    ['a part that came back', 'INSERT INTO removed_parts VALUES (1, 1)', /removed is there again/],
    ['a space that nothing uses', 'UPDATE spaces SET active = 0', /does not have one active revision/],
    [
      'a file under a root that does not have its path',
      `INSERT INTO roots (kind, path) VALUES ('named', '/a.jpg')`,
      /a file stands under another root/,
    ],
    [
      'a failure among the uploads that is not under their root',
      `INSERT INTO roots (kind, path) VALUES ('uploads', '/up');
       INSERT INTO failures (root_id, path, size_bytes, modified_ms, code, message, failed_at, retry, conditions)
         VALUES (1, 'up/x', 0, 0, 'IMAGE_UNREADABLE', '', '', 'changed', '')`,
      /a failure stands under another root/,
    ],
  ];
  for (const [name, sql, expected] of damages) {
    it(`notices ${name}`, async () => {
      const file = newFile();
      const catalog = await filledCatalog(file);
      assert.deepEqual(await catalog.integrityProblems(), []);
      changePast(file, sql);
      const problems = await catalog.integrityProblems();
      assert.ok(
        problems.some((problem) => expected.test(problem)),
        problems.join('\n'),
      );
      await catalog.close();
    });
  }

  it('finds nothing wrong with a space that a reindex has only begun', async () => {
    const catalog = await filledCatalog(newFile());
    const [similar] = await catalog.spaces.spaces();
    assert.ok(similar);
    await catalog.spaces.put({ ...similar, id: 'copy', from: 'copy' });
    assert.deepEqual(await catalog.integrityProblems(), []);
    await catalog.close();
  });

  it('finds nothing wrong with roots in, around and beside each other', async () => {
    const catalog = await filledCatalog(newFile());
    for (const root of ['/r', '/r/in', '/', '/r/up', '/r/up/in']) {
      await catalog.files.putRoot(root, DEFAULT_ROOT_RULES);
    }
    await catalog.files.keepUploadsIn('/r/up');
    for (const path of ['/r/1', '/r/in/2', '/3', '/r/up/4', '/r/up/in/5', '/r/up', '/r/in', '/r/in-2']) {
      await commitFile(catalog, path, path);
    }
    assert.deepEqual(await catalog.integrityProblems(), []);
    await catalog.close();
  });
});

function newFile(): string {
  return join(temporaryFolder(), 'catalog.sqlite');
}

function decided(name: string) {
  return { contentHash: contentHashOf(name), imageDataHash: null };
}

/** A new catalog with a model, a space, the picture of /a.jpg and others that no model has described. */
async function filledCatalog(file: string, others = 0): Promise<Catalog> {
  const catalog = await openTestCatalog(file);
  await catalog.models.add(SEEDED_KEY, SEEDED_MODEL);
  await catalog.spaces.put(SPACE);
  await catalog.spaces.activate([{ id: SPACE.id, revision: 1 }]);
  await commitFile(catalog, 'one', '/a.jpg');
  if (others > 0) {
    const files = Array.from({ length: others }, (_, i) => seededFile(`/others/${i}`, `other ${i}`));
    await catalog.files.commit({ files, failures: [], removed: [] });
  }
  return catalog;
}

async function commitFile({ files }: Catalog, seed: string, path = `/${seed}/a.jpg`): Promise<void> {
  await files.commit({ files: [seededFile(path, seed)], failures: [], removed: [] });
}

/** Changes a catalog's file behind its back, whatever it then is. */
function changePast(file: string, sql: string): void {
  const database = new Database(file);
  database.pragma('foreign_keys = OFF');
  database.exec(sql);
  database.close();
}

/** A stream that is closed in its midst is refused the rest. */
function isStream(name: string): boolean {
  return [
    'knownFiles',
    'knownInPages',
    'knownListed',
    'knownUploads',
    'filesWithout',
    'failures',
    'changes',
  ].includes(name);
}

async function refusesAs(
  code: ErrorCode,
  words: RegExp,
  asked: Promise<unknown>,
  what: string,
): Promise<void> {
  await refuses(
    asked.catch((error) => {
      error.message = `${what}: ${error.message}`;
      throw error;
    }),
    code,
    words,
  );
}

async function drain(stream: AsyncIterator<unknown>): Promise<void> {
  while (!(await stream.next()).done);
}
