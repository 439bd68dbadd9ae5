import assert from 'node:assert/strict';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { checkUploads } from '../../src/doctor/check-uploads.ts';
import { openSqliteCatalog } from '../../src/storage/sqlite-catalog.ts';
import { managedFolder } from '../../src/uploads/managed-folder.ts';
import { commitUploads } from '../../src/uploads/upload-pictures.ts';
import { SEEDED_MODEL, seededPicture } from '../support/seeded-picture.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A library with five uploads. */
async function library() {
  const root = temporaryFolder();
  const catalog = openSqliteCatalog(join(root, 'catalog.sqlite'));
  await catalog.addModel('m', SEEDED_MODEL);
  const folder = managedFolder(join(root, 'uploads'));
  const names = ['e', 'a', 'c', 'b', 'd'];
  const uploads = await Promise.all(
    names.map(async (name) => ({
      contentHash: Buffer.from(name.repeat(32)).toString('hex'),
      format: 'jpeg' as const,
      staged: await folder.stage(Buffer.from(name)),
      described: seededPicture(name),
    })),
  );
  await commitUploads({ catalog, folder, modelKey: 'm' }, uploads);
  const pathOf = (name: string) => folder.pathOf(Buffer.from(name.repeat(32)).toString('hex'), 'jpeg');
  return { catalog, folder, pathOf };
}

describe('the doctor and uploads', () => {
  it('finds them all there, whatever else is being uploaded, and whatever model is asked for', async () => {
    const { catalog, folder } = await library();
    await folder.stage(Buffer.from('on its way'));
    for (const modelKey of ['m', 'another']) {
      const { isSound, finding } = await checkUploads(catalog, modelKey, folder);
      assert.deepEqual([isSound, finding], [true, 'All 5 are there.']);
    }
    await catalog.close();
  });

  it('names what is gone and what is another file', async () => {
    const { catalog, folder, pathOf } = await library();
    rmSync(pathOf('c'));
    appendFileSync(pathOf('d'), 'more');
    const { isSound, finding } = await checkUploads(catalog, 'm', folder);
    assert.equal(isSound, false);
    assert.ok(finding.startsWith(`Of 5, 2 are gone or changed, the first ${pathOf('c')};`), finding);
    await catalog.close();
  });

  it('tells of files that no picture lists, which is no loss', async () => {
    const { catalog, folder, pathOf } = await library();
    writeFileSync(pathOf('a').replace('6161', '6162'), 'cut short');
    const { isSound, finding } = await checkUploads(catalog, 'm', folder);
    assert.deepEqual(
      [isSound, finding],
      [true, 'All 5 are there. 1 more were cut short before they were kept.'],
    );
    await catalog.close();
  });
});
