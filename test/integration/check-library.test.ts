import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import Database from 'better-sqlite3';
import type { Check } from '../../src/doctor/check.ts';
import { checkLibrary, type DoctorParts } from '../../src/doctor/check-library.ts';
import { toEmbedding } from '../../src/domain/embedding.ts';
import type { IndexCache } from '../../src/domain/index-cache.ts';
import { SpaceIndex } from '../../src/search/space-index.ts';
import { managedFolder } from '../../src/uploads/managed-folder.ts';
import { createExactIndex } from '../../src/vector-index/exact-index.ts';
import { makeFormerIndex } from '../support/make-former-index.ts';
import { SEEDED_MODEL, seededFile } from '../support/seeded-picture.ts';
import {
  addPictures,
  assertLevel,
  openVectorLibrary,
  removePictures,
  type VectorLibrary,
} from '../support/vector-library.ts';

const NAMES = [
  'catalog',
  'embeddings',
  'counts',
  'uploads',
  'model',
  'former models',
  'index file',
  'recall',
];

/** A library of 60 pictures with its index saved. */
async function soundLibrary(): Promise<VectorLibrary> {
  const library = await openVectorLibrary();
  await addPictures(library.catalog, 0, 60);
  await (await library.openIndex()).save();
  return library;
}

async function examine(
  { catalog, folder, space, openIndex }: VectorLibrary,
  shouldRepair = false,
  open: () => Promise<SpaceIndex> = () => openIndex(),
  more: Partial<DoctorParts> = {},
): Promise<Record<string, Check>> {
  const uploads = managedFolder(join(folder, 'uploads'));
  const parts: DoctorParts = {
    ...{ catalog, uploads, createExact: createExactIndex },
    spaces: [{ space, openIndex: open }],
    cannotDescribe: null,
    formerIndexes: async () => [],
    ...more,
  };
  const checks = await checkLibrary(parts, shouldRepair);
  assert.deepEqual(
    checks.map(({ name }) => name),
    NAMES,
  );
  return Object.fromEntries(checks.map((check) => [check.name, check]));
}

function unsound(checks: Record<string, Check>): string[] {
  return Object.values(checks)
    .filter(({ isSound }) => !isSound)
    .map(({ name }) => name);
}

/** Changes the catalog's file past the program. */
function tamper({ folder }: VectorLibrary, sql: string): void {
  const database = new Database(join(folder, 'catalog.sqlite'));
  try {
    database.exec(sql);
  } finally {
    database.close();
  }
}

describe('the doctor', () => {
  it('finds nothing wrong with a sound library, an empty one too', async () => {
    const library = await soundLibrary();
    const checks = await examine(library);
    assert.deepEqual(unsound(checks), []);
    assert.match(checks['embeddings']?.finding ?? '', /^All 60 .* have 8 dimensions and length 1\.$/);
    assert.equal(checks['index file']?.finding, 'It is intact and level with the catalog.');
    assert.match(checks['recall']?.finding ?? '', /is 1\.0000/);
    await library.catalog.close();
    const empty = await openVectorLibrary();
    await (await empty.openIndex()).save();
    assert.deepEqual(unsound(await examine(empty)), []);
    await empty.catalog.close();
  });

  it('tells of pictures without files, which are no damage, and removes them when it repairs', async () => {
    const library = await soundLibrary();
    await library.catalog.files.commit({ files: [], failures: [], removed: ['/3.jpg', '/4.jpg'] });
    const found = await examine(library);
    assert.deepEqual(unsound(found), []);
    assert.match(found['counts']?.finding ?? '', /Pictures without files are left/);
    const repaired = (await examine(library, true))['counts'];
    assert.match(repaired?.finding ?? '', /Removed 2 pictures without files/);
    assert.doesNotMatch((await examine(library))['counts']?.finding ?? '', /without files/);
    await assertLevel((await library.openIndex()).index, library);
    await library.catalog.close();
  });

  it('finds files that the model of an active space has not embedded', async () => {
    const library = await soundLibrary();
    const { catalog } = library;
    await catalog.models.add('other-model', SEEDED_MODEL);
    const files = [seededFile('/only-other.jpg', 'only other', ['other-model'])];
    await catalog.files.commit({ files, failures: [], removed: [] });
    const { counts } = await examine(library, true);
    assert.deepEqual([counts?.isSound, counts?.isRepaired], [false, false]);
    assert.match(counts?.finding ?? '', /Files not embedded by the model seeded-model: 1;/);
    await catalog.close();
  });

  it('reads the vectors of every space, and names the one that is damaged', async () => {
    const library = await soundLibrary();
    const { catalog, space } = library;
    await catalog.models.add('other-model', SEEDED_MODEL);
    const other = { ...space, id: 'copy', modelKey: 'other-model', from: 'gem' };
    await catalog.spaces.put(other);
    await catalog.files.commit({
      files: [seededFile('/both.jpg', 'both', ['other-model', space.modelKey])],
      failures: [],
      removed: [],
    });
    const before = await examine(library);
    assert.match(
      before['embeddings']?.finding ?? '',
      /All 61 of the space "similar" .*All 1 of the space "copy" \("gem" of the model other-model\)/,
    );
    tamper(
      library,
      `UPDATE vectors SET vector = substr(vector, 1, 16) WHERE name = 'gem' AND model_id = 2;
       UPDATE vectors SET vector = zeroblob(32) WHERE name = 'gem' AND model_id = 1;`,
    );
    const shorter = (await examine(library))['embeddings'];
    assert.equal(shorter?.isSound, false);
    assert.match(shorter?.finding ?? '', /Found a vector of/);
    await catalog.close();
  });

  it('tells of a damaged catalog instead of failing, also when no index can be built from it', async () => {
    const library = await soundLibrary();
    tamper(library, `UPDATE vectors SET vector = zeroblob(32) WHERE name = 'cls' AND part_id = 9`);
    assert.deepEqual(unsound(await examine(library)), ['embeddings', 'recall']);
    rmSync(library.indexFolder, { recursive: true });
    const checks = await examine(library);
    assert.deepEqual(unsound(checks), ['embeddings', 'index file', 'recall']);
    assert.match(checks['index file']?.finding ?? '', /expected a vector of length 1/);
    assert.match(checks['recall']?.finding ?? '', /could not be measured without an index/);
    await library.catalog.close();
  });

  it('says what keeps new pictures from being described, which is no damage', async () => {
    const library = await soundLibrary();
    const { model } = await examine(library, false, undefined, { cannotDescribe: 'Run "eidetic reindex".' });
    assert.deepEqual(model, {
      ...{ name: 'model', isSound: true, isRepaired: false, isNote: true },
      finding: 'Run "eidetic reindex".',
    });
    assert.equal((await examine(library))['model']?.isNote, false);
    await library.catalog.close();
  });

  it('counts what models have left that are not in use any more, and says how to be rid of it', async () => {
    const library = await soundLibrary();
    const { catalog, space } = library;
    const vectors = { copy: { output: 'copy', dimensions: 25_000 } };
    await catalog.models.add('other-model', {
      ...SEEDED_MODEL,
      outputs: { ...SEEDED_MODEL.outputs, vectors },
    });
    await catalog.files.commit({
      files: [seededFile('/both.jpg', 'both', ['other-model', space.modelKey])],
      failures: [],
      removed: [],
    });
    const unit = toEmbedding(new Array(25_000).fill(1));
    await catalog.descriptors.put({ modelKey: 'other-model', name: 'copy' }, [{ part: 61, unit, norm: 1 }]);
    const formerIndexes = async () => [{ path: '/library/indexes/similar-old', sizeBytes: 2_500_000 }];
    const former = (await examine(library, false, undefined, { formerIndexes }))['former models'];
    assert.deepEqual([former?.isSound, former?.isNote], [true, true]);
    assert.match(former?.finding ?? '', /\(other-model\) the catalog keeps 3 vectors, about 0\.1 MB\./);
    assert.match(former?.finding ?? '', /similar-old \(2\.5 MB\) is not in use, and may be deleted\./);
    await catalog.close();
  });

  it('repairs nothing by a catalog that is damaged', async () => {
    const library = await soundLibrary();
    tamper(
      library,
      `PRAGMA foreign_keys = OFF; DELETE FROM files WHERE id = 3;
       UPDATE files SET picture_id = 999 WHERE id = 5`,
    );
    const before = library.savedFiles();
    const { catalog, counts } = await examine(library, true);
    assert.equal(catalog?.isSound, false);
    assert.match(
      catalog?.finding ?? '',
      /a row of files refers .* Nothing was repaired\. Restore catalog\.sqlite/,
    );
    assert.doesNotMatch(counts?.finding ?? '', /Removed/);
    assert.deepEqual(library.savedFiles(), before);
    await library.catalog.close();
    const database = new Database(join(library.folder, 'catalog.sqlite'));
    assert.equal(database.prepare('SELECT count(*) FROM pictures').pluck().get(), 60);
    database.close();
  });

  it('finds an index that had to be built, and saves it when it repairs', async () => {
    const library = await soundLibrary();
    rmSync(library.indexFolder, { recursive: true });
    const found = await examine(library);
    assert.deepEqual(unsound(found), ['index file']);
    assert.match(found['index file']?.finding ?? '', /no index manifest.* built again from the catalog\.$/);
    const repaired = (await examine(library, true))['index file'];
    assert.match(repaired?.finding ?? '', /Saved it anew\.$/);
    assert.equal(repaired?.isRepaired, true);
    assert.deepEqual(unsound(await examine(library)), []);
    await library.catalog.close();
  });

  it('tells of an index that was checked or is behind, which is no damage', async () => {
    const library = await soundLibrary();
    makeFormerIndex(library.indexFolder, 1);
    await addPictures(library.catalog, 60, 3);
    const checked = await examine(library);
    assert.deepEqual(unsound(checked), []);
    assert.match(
      checked['index file']?.finding ?? '',
      /compared with the catalog's, and 3 were put right\.$/,
    );
    assert.match((await examine(library, true))['index file']?.finding ?? '', /Saved it anew\.$/);
    await removePictures(library.catalog, 1, 2);
    const behind = await examine(library);
    assert.deepEqual(unsound(behind), []);
    assert.match(behind['index file']?.finding ?? '', /intact but older/);
    await library.catalog.close();
  });

  it('finds an index that answers badly, and builds and saves another when it repairs', async () => {
    const library = await soundLibrary();
    const { catalog, space, cache } = library;
    const badly: IndexCache = {
      ...cache,
      async load(expected) {
        const loaded = await cache.load(expected);
        if ('unusable' in loaded) {
          return loaded;
        }
        const { index } = loaded;
        const worst: typeof index.nearest = async (query, k) =>
          (await index.nearest(query, 60)).toReversed().slice(0, k);
        return { ...loaded, index: { ...index, nearest: worst } };
      },
    };
    const open = () => SpaceIndex.open({ ...catalog, libraryId: catalog.libraryId, cache: badly, space });
    const before = library.savedFiles();
    const found = await examine(library, false, open);
    assert.deepEqual(unsound(found), ['recall']);
    assert.match(found['recall']?.finding ?? '', /expected at least 0\.99/);
    assert.deepEqual(library.savedFiles(), before);
    const repaired = (await examine(library, true, open))['recall'];
    assert.match(repaired?.finding ?? '', /After building it again: 1\.0000\.$/);
    assert.deepEqual([repaired?.isSound, repaired?.isRepaired], [false, true]);
    assert.notDeepEqual(library.savedFiles(), before);
    await catalog.close();
  });
});
