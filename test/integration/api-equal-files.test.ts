import assert from 'node:assert/strict';
import {
  appendFileSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  createEideticClient,
  type EideticClient,
  type EqualFilesPage,
} from '../../src/client/eidetic-client.ts';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { type ServedApp, serveFolder } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('equal files over HTTP', () => {
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  const at = (name: string) => join(pictures, name);
  let app: ServedApp;
  let client: EideticClient;

  before(async () => {
    mkdirSync(at('drive'), { recursive: true });
    await drawNumbered(1, 200).jpeg().toFile(at('three.jpg'));
    copyFileSync(at('three.jpg'), at('three copy.jpg'));
    copyFileSync(at('three.jpg'), at('drive/three.jpg'));
    linkSync(at('three.jpg'), at('three link.jpg'));
    await drawNumbered(2).png({ compressionLevel: 1 }).toFile(at('pixels.png'));
    await drawNumbered(2).webp({ lossless: true }).toFile(at('pixels.webp'));
    await drawNumbered(3).jpeg().toFile(at('linked.jpg'));
    linkSync(at('linked.jpg'), at('linked too.jpg'));
    await drawNumbered(4).jpeg().toFile(at('once.jpg'));
    copyFileSync(at('once.jpg'), at('drive/once.jpg'));
    writeFileSync(at('pages.gif'), await twoFrames());
    app = await serveFolder(folder, resolveConfig({ library: join(folder, 'library') }, {}));
    client = createEideticClient({ address: app.address });
    renameSync(at('drive'), join(folder, 'unplugged'));
  });
  after(() => app.close());

  const pathsOf = ({ groups }: EqualFilesPage) =>
    groups.map((group) => group.pictures.map((picture) => picture.files));

  it('tell the most certain first, by what is there, and what could be freed', async () => {
    const page = await client.equalFiles();
    assert.deepEqual(
      page.groups.map(({ relation, fileCount, pictureCount }) => [relation, fileCount, pictureCount]),
      [
        ['identical', 2, 1],
        ['same-pixels', 2, 2],
      ],
    );
    const [three] = page.groups;
    const { size } = statSync(at('three.jpg'));
    assert.deepEqual([three?.sizeBytes, three?.freeableBytes], [2 * size, size]);
    assert.deepEqual(pathsOf(page)[0], [
      [at('three copy.jpg'), at('three link.jpg'), at('three.jpg'), at('drive/three.jpg')],
    ]);
    assert.deepEqual(three?.pictures[0]?.looks, [
      { state: 'there', isFurtherName: false, isKept: false },
      { state: 'there', isFurtherName: false, isKept: false },
      { state: 'there', isFurtherName: true, isKept: false },
      { state: 'away', isFurtherName: false, isKept: false },
    ]);
    assert.deepEqual(page.counts, { identical: 1, 'same-image-data': 0, 'same-pixels': 1 });
    assert.deepEqual([page.fileCount, page.oneFileNames, page.goneGroups, page.nextCursor], [4, 1, 1, null]);
    assert.equal(
      page.freeableBytes,
      page.groups.reduce((sum, group) => sum + group.freeableBytes, 0),
    );
    assert.ok(Date.parse(page.lookedAt) <= Date.now());
  });

  it('come page by page, and by relation', async () => {
    const all = await client.equalFiles();
    const first = await client.equalFiles({ limit: 1 });
    const second = await client.equalFiles({ limit: 1, cursor: first.nextCursor ?? '' });
    assert.deepEqual([...first.groups, ...second.groups], all.groups);
    assert.equal(second.nextCursor, null);
    const pixels = await client.equalFiles({ relation: 'same-pixels' });
    assert.deepEqual(pixels.groups, all.groups.slice(1));
    assert.deepEqual(pixels.counts, all.counts);
    await assert.rejects(client.equalFiles({ cursor: 'zzz' }), /400 INVALID_INPUT/);
    assert.deepEqual(await client.duplicatesProgress(), { working: null });
  });

  it('are marked among the files of a picture too, when somebody asks', async () => {
    const id = (await client.equalFiles()).groups[0]?.id ?? 0;
    appendFileSync(at('three copy.jpg'), ' ');
    assert.deepEqual(await client.files(id, { states: 'true' }), {
      files: [at('drive/three.jpg'), at('three copy.jpg'), at('three link.jpg'), at('three.jpg')],
      states: ['away', 'changed', 'there', 'there'],
      fileCount: 4,
      nextCursor: null,
    });
    assert.equal((await client.files(id)).states, null);
    rmSync(at('three copy.jpg'));
    const page = await client.files(id, { states: 'true', limit: 2 });
    assert.deepEqual(page.states, ['away', 'away']);
  });

  it('have frames where there are several', async () => {
    const { pictures: found } = await client.pictures({ path: at('pages.gif') });
    assert.equal(found[0]?.pages, 2);
    const [one] = (await client.pictures({ path: at('once.jpg') })).pictures;
    assert.equal(one?.pages, 1);
  });
});

async function twoFrames(): Promise<Buffer> {
  const frames = await Promise.all([5, 6].map((n) => drawNumbered(n).png().toBuffer()));
  const { default: sharp } = await import('sharp');
  return sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer();
}
