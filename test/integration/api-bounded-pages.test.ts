import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createEideticClient, type EideticClient } from '../../src/client/eidetic-client.ts';
import { sourceOf } from '../../src/domain/space.ts';
import { knownFileOf, seededFile, seededStamp } from '../support/seeded-picture.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const MEMBERS = 130;
const GROUPS = 11;
const FILES = 250;

describe('answers about very many files or equal pictures', () => {
  const folder = temporaryFolder();
  let app: ServedApp;
  let client: EideticClient;

  before(async () => {
    app = await serveApp(folder, 1);
    client = createEideticClient({ address: app.address });
    const { catalog, spaces } = app.library;
    const { space } = spaces.similar;
    const unit = await catalog.descriptors.vectorOfPicture(sourceOf(space), 1);
    assert.ok(unit);
    const [picture] = await catalog.pictures.pictures([1]);
    const more = Array.from({ length: FILES }, (_, n) => ({
      stamp: seededStamp(join(app.pictures, 'more', `${1_000 + n}.jpg`)),
      contentHash: picture?.contentHash ?? '',
      described: null,
    }));
    const equals = Array.from({ length: GROUPS * MEMBERS }, (_, n) => {
      const path = join(app.pictures, 'equal', `${n}.jpg`);
      const file = seededFile(path, path);
      const imageDataHash = createHash('sha256')
        .update(String(n % GROUPS))
        .digest('hex');
      const facts = { ...file.described?.facts, width: 1 + (n % GROUPS), imageDataHash };
      const descriptors = { [space.modelKey]: { cls: { unit, norm: null } } };
      return { ...file, described: { ...file.described, facts, descriptors } as typeof file.described };
    });
    const [first] = equals;
    const twice = { ...knownFileOf('', ''), ...first, stamp: seededStamp('/twice.jpg'), described: null };
    const files = [...more, ...equals, twice as (typeof equals)[number]];
    await catalog.files.commit({ files, failures: [], removed: [] });
  });
  after(() => app.close());

  it('lists the first files of a picture with their number, and all of them page by page', async () => {
    const picture = await client.picture(1);
    assert.deepEqual([picture.files.length, picture.fileCount], [100, FILES + 1]);
    const bytes = await readFile(join(app.pictures, 'part-0', '0000.jpg'));
    const [hit] = (await client.searchPicture(bytes, { limit: 1 })).hits;
    assert.deepEqual([hit?.files.length, hit?.fileCount], [100, FILES + 1]);
    const found: string[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = await client.files(1, { limit: 60, ...(cursor === undefined ? {} : { cursor }) });
      assert.equal(page.fileCount, FILES + 1);
      assert.ok(page.files.length <= 60);
      found.push(...page.files);
      cursor = page.nextCursor;
    }
    assert.equal(new Set(found).size, FILES + 1);
    assert.deepEqual(
      found.filter((file) => picture.files.includes(file)),
      picture.files,
    );
  });

  it('lists the first pictures of a group with their number, and ends a page that lists many', async () => {
    const first = await client.duplicates({ limit: 200 });
    assert.equal(first.groups.length, 10, 'one picture in several files, nine groups of a hundred');
    assert.deepEqual(
      first.groups.map(({ relation, pictures, pictureCount }) => [relation, pictures.length, pictureCount]),
      [['identical', 1, 1], ...Array(9).fill(['same-image-data', 100, MEMBERS])],
    );
    const second = await client.duplicates({ limit: 200, cursor: first.nextCursor ?? '' });
    assert.deepEqual([second.groups.length, second.nextCursor], [2, null]);
    const ids = [...first.groups, ...second.groups].map(({ pictures }) => pictures[0]?.id);
    assert.equal(new Set(ids).size, GROUPS + 1);
  });

  it('lists all pictures of a group, page by page', async () => {
    const { groups } = await client.duplicates({ limit: 2 });
    const group = groups[1];
    const id = group?.pictures[0]?.id ?? 0;
    const found: number[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = await client.duplicateGroup(id, {
        limit: 50,
        ...(cursor === undefined ? {} : { cursor }),
      });
      assert.deepEqual([page.relation, page.pictureCount], ['same-image-data', MEMBERS]);
      found.push(...page.pictures.map((picture) => picture.id));
      cursor = page.nextCursor;
    }
    assert.equal(new Set(found).size, MEMBERS);
    assert.deepEqual(
      found.slice(0, 100),
      group?.pictures.map((picture) => picture.id),
    );
    await assert.rejects(client.duplicateGroup(id + GROUPS), /404 NOT_FOUND/);
    const { relation, pixels } = await client.compare({ a: { id }, b: { id: id + GROUPS } });
    assert.deepEqual([relation, pixels], ['same-image-data', 'equal']);
  });
});
