import assert from 'node:assert/strict';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { checkUploads } from '../../src/doctor/check-uploads.ts';
import { managedFolder } from '../../src/uploads/managed-folder.ts';
import { commitUploads } from '../../src/uploads/upload-pictures.ts';
import { SEEDED_KEY, seededPicture } from '../support/seeded-picture.ts';
import { openVectorLibrary } from '../support/vector-library.ts';

/** A library with five uploads. */
async function library() {
  const { catalog, folder: root } = await openVectorLibrary();
  const folder = managedFolder(join(root, 'uploads'));
  await catalog.files.keepUploadsIn(folder.root);
  const names = ['e', 'a', 'c', 'b', 'd'];
  const uploads = await Promise.all(
    names.map(async (name) => ({
      contentHash: hashOf(name),
      format: 'jpeg' as const,
      staged: await folder.stage(Buffer.from(name)),
      described: seededPicture(name),
    })),
  );
  const { files, pictures } = catalog;
  await commitUploads({ files, pictures, folder, modelKeys: [SEEDED_KEY] }, uploads);
  return { catalog, folder, pathOf: (name: string) => folder.pathOf(hashOf(name), 'jpeg') };
}

function hashOf(name: string): string {
  return Buffer.from(name.repeat(32)).toString('hex');
}

describe('the doctor and uploads', () => {
  it('finds them all there, whatever else is being uploaded', async () => {
    const { catalog, folder } = await library();
    await folder.stage(Buffer.from('on its way'));
    const { isSound, finding } = await checkUploads(catalog.files, folder);
    assert.deepEqual([isSound, finding], [true, 'All 5 are there.']);
    await catalog.close();
  });

  it('names what is gone and what is another file', async () => {
    const { catalog, folder, pathOf } = await library();
    rmSync(pathOf('c'));
    appendFileSync(pathOf('d'), 'more');
    const { isSound, finding } = await checkUploads(catalog.files, folder);
    assert.equal(isSound, false);
    assert.ok(
      finding.startsWith(`Of 5, 2 are gone, changed or out of reach, the first ${pathOf('c')};`),
      finding,
    );
    await catalog.close();
  });

  it('takes no upload for lost that came while it looked', async () => {
    const { catalog, folder, pathOf } = await library();
    const seenBefore = {
      async *files() {
        for await (const stamp of folder.files()) {
          if (stamp.path !== pathOf('c')) {
            yield stamp.path === pathOf('d') ? { ...stamp, sizeBytes: 0 } : stamp;
          }
        }
      },
    };
    const { isSound, finding } = await checkUploads(catalog.files, seenBefore);
    assert.deepEqual([isSound, finding], [true, 'All 5 are there.']);
    await catalog.close();
  });

  it('tells of files that no picture lists, which is no loss', async () => {
    const { catalog, folder, pathOf } = await library();
    writeFileSync(pathOf('a').replace('6161', '6162'), 'cut short');
    const { isSound, finding } = await checkUploads(catalog.files, folder);
    assert.deepEqual(
      [isSound, finding],
      [
        true,
        'All 5 are there. 1 more are there that no picture lists: the server was killed before it had entered them, or the catalog is another or older than they are. "eidetic doctor --repair" or the next start of "eidetic serve" takes them into the library; if they stay, "eidetic failures" says why.',
      ],
    );
    await catalog.close();
  });
});
