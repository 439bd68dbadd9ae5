import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openKeyStore } from '../../src/api/keys/key-store.ts';
import {
  createEideticClient,
  type EideticClient,
  type PicturePage,
} from '../../src/client/eidetic-client.ts';
import { indexLibrary, PLAIN_RUN } from '../../src/engine/index-library.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { seededFile, seededPicture } from '../support/seeded-picture.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PICTURES = 9;

describe('lists of pictures', () => {
  const folder = temporaryFolder();
  let app: ServedApp;
  let admin: EideticClient;
  let reader: EideticClient;

  before(async () => {
    const keys = openKeyStore(join(folder, 'library', 'keys'));
    mkdirSync(join(folder, 'library'), { recursive: true });
    const secrets = {
      admin: (await keys.add('keeper', 'admin')).secret,
      read: (await keys.add('reader', 'read')).secret,
    };
    app = await serveApp(folder, PICTURES, { requireKey: true });
    admin = createEideticClient({ address: app.address, key: secrets.admin });
    reader = createEideticClient({ address: app.address, key: secrets.read });
    mkdirSync(join(folder, 'second', 'part-0'), { recursive: true });
    copyFileSync(join(app.pictures, 'part-1', '0001.jpg'), join(folder, 'second', 'part-0', '0000.jpg'));
    const command = { ...PLAIN_RUN, roots: [join(folder, 'second')] };
    await indexLibrary(app.library, command, () => {}, new AbortController().signal);
  });
  after(() => app.close());

  const idsOf = ({ pictures }: PicturePage) => pictures.map(({ id }) => id);
  const upTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1);

  it('go from the oldest to the newest, or the other way', async () => {
    assert.deepEqual(idsOf(await admin.pictures()), upTo(PICTURES));
    assert.deepEqual(idsOf(await admin.pictures({ order: 'oldest' })), upTo(PICTURES));
    assert.deepEqual(idsOf(await admin.pictures({ order: 'newest' })), upTo(PICTURES).reverse());
  });

  it('keep their place when pictures come and go between two pages', async () => {
    const first = await admin.pictures({ order: 'newest', limit: 4 });
    assert.deepEqual(idsOf(first), [9, 8, 7, 6]);
    const { uploads } = await admin.upload(await drawNumbered(700).png().toBuffer());
    const id = uploads[0]?.picture?.id ?? 0;
    const cursor = first.nextCursor ?? '';
    const second = await admin.pictures({ order: 'newest', limit: 4, cursor });
    assert.deepEqual(idsOf(second), [5, 4, 3, 2]);
    assert.deepEqual(idsOf(await admin.pictures({ order: 'newest', limit: 1 })), [id]);
    await admin.remove(id);
    const last = await admin.pictures({ order: 'newest', limit: 4, cursor: second.nextCursor ?? '' });
    assert.deepEqual([idsOf(last), last.nextCursor], [[1], null]);
    await assert.rejects(admin.pictures({ cursor }), /400 INVALID_INPUT.*order/);
  });

  it('give one picture by its hash', async () => {
    const [, picture] = (await admin.pictures()).pictures;
    const sha256 = picture?.contentHash ?? '';
    for (const wanted of [sha256, sha256.toUpperCase()]) {
      assert.deepEqual((await admin.pictures({ sha256: wanted })).pictures, [picture]);
    }
    assert.deepEqual(await reader.pictures({ sha256: '0'.repeat(64) }), { pictures: [], nextCursor: null });
  });

  it('give the pictures of exactly one path, as the caller is shown it', async () => {
    const path = join(app.pictures, 'part-0', '0000.jpg');
    const [picture] = (await admin.pictures({ path })).pictures;
    assert.ok(picture?.files.includes(path));
    // Below two folders lies another picture by the same path.
    const shown = await reader.pictures({ path: 'part-0/0000.jpg' });
    assert.equal(shown.pictures.length, 2);
    assert.ok(shown.pictures.every(({ files }) => files.includes('part-0/0000.jpg')));
    const newest = await reader.pictures({ path: 'part-0/0000.jpg', order: 'newest', limit: 1 });
    assert.deepEqual(idsOf(newest), [Math.max(...idsOf(shown))]);
    const rest = await reader.pictures({
      path: 'part-0/0000.jpg',
      order: 'newest',
      cursor: newest.nextCursor ?? '',
    });
    assert.deepEqual([...idsOf(newest), ...idsOf(rest)], idsOf(shown).reverse());
    for (const other of ['part-0', '0000.jpg', 'part-0/0000.jp', path, 'part-0//0000.jpg']) {
      assert.deepEqual(idsOf(await reader.pictures({ path: other })), [], other);
    }
    assert.deepEqual(idsOf(await admin.pictures({ path: join(app.pictures, 'part-0') })), []);
  });

  it('give the pictures of a folder, from either end, as the caller is shown it', async () => {
    const inFolder = (await admin.pictures({ path: join(app.pictures, 'part-1', '0001.jpg') })).pictures[0]
      ?.id;
    const pathPrefix = join(app.pictures, 'part-1');
    const all = await admin.pictures({ pathPrefix });
    assert.deepEqual(idsOf(all).length, 2);
    assert.ok(idsOf(all).includes(inFolder ?? 0));
    assert.ok(all.pictures.every(({ files }) => files.some((file) => file.startsWith(`${pathPrefix}/`))));
    const newest = await admin.pictures({ pathPrefix, order: 'newest', limit: 1 });
    const rest = await admin.pictures({ pathPrefix, order: 'newest', cursor: newest.nextCursor ?? '' });
    assert.deepEqual([...idsOf(newest), ...idsOf(rest)], idsOf(all).reverse());
    // Below both folders lies one that is shown so.
    assert.deepEqual(
      idsOf(await reader.pictures({ pathPrefix: 'part-0' })),
      [
        ...new Set([
          ...idsOf(await admin.pictures({ pathPrefix: join(app.pictures, 'part-0') })),
          inFolder ?? 0,
        ]),
      ].sort((a, b) => a - b),
    );
    assert.deepEqual(idsOf(await reader.pictures({ pathPrefix })), []);
    assert.deepEqual(idsOf(await admin.pictures({ pathPrefix: join(app.pictures, 'part') })), []);
    await assert.rejects(
      admin.pictures({ pathPrefix, sha256: '0'.repeat(64) }),
      /400 INVALID_INPUT.*expected one of/,
    );
  });

  it('give folders by name to who may not see more', async () => {
    const seen = (await admin.roots()).roots.map(({ path }) => path);
    assert.deepEqual(seen, [app.pictures, join(folder, 'second')].sort());
    assert.deepEqual(
      (await reader.roots()).roots.map(({ path, pictures }) => [path, pictures]),
      [
        ['pictures', PICTURES],
        ['second', 1],
      ],
    );
    await assert.rejects(reader.failures(), /403 FORBIDDEN/);
  });

  it('give the vector of a picture, as a search takes it', async () => {
    const answer = await reader.vector(3);
    assert.equal(answer.id, 3);
    assert.deepEqual(
      answer.vectors.map(({ space, dimensions, modelKey }) => [space, dimensions, modelKey]),
      app.library.spaces.all.map(({ space: { id, dimensions, modelKey } }) => [id, dimensions, modelKey]),
    );
    for (const { vector, dimensions } of answer.vectors) {
      assert.equal(vector.length, dimensions);
      assert.ok(vector.every((value) => Math.fround(value) === value));
    }
    const [{ space, vector } = { space: '', vector: [] }] = answer.vectors;
    assert.equal(space, 'similar');
    const { hits } = await reader.search({ vector, limit: 1 });
    assert.deepEqual([hits[0]?.id, (hits[0]?.similarity ?? 0) > 0.999_999], [3, true]);
    await assert.rejects(reader.vector(999), /404 NOT_FOUND/);
  });

  it('say of a picture that no model has described that it is there, and what to do', async () => {
    const file = seededFile(join(app.pictures, 'undescribed.jpg'), 'undescribed');
    const described = { facts: seededPicture('undescribed').facts, descriptors: {} };
    const { pictures } = await app.library.catalog.files.commit({
      ...{ files: [{ ...file, described }], failures: [], removed: [] },
    });
    const id = pictures[0] ?? 0;
    assert.deepEqual(await reader.vector(id), { id, vectors: [] });
    await assert.rejects(reader.search({ id }), /404 NOT_FOUND: .*not described picture.*eidetic reindex/);
    await assert.rejects(reader.similar(id + 1), /404 NOT_FOUND: The library has no picture/);
  });
});
