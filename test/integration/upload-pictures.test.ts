import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openSqliteCatalog } from '../../src/storage/sqlite-catalog.ts';
import { managedFolder } from '../../src/uploads/managed-folder.ts';
import { commitUploads, type StagedUpload, type UploadParts } from '../../src/uploads/upload-pictures.ts';
import { SEEDED_MODEL, seededPicture } from '../support/seeded-picture.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function library(): Promise<UploadParts> {
  const root = temporaryFolder();
  const catalog = openSqliteCatalog(join(root, 'catalog.sqlite'));
  await catalog.addModel('m', SEEDED_MODEL);
  return { catalog, folder: managedFolder(join(root, 'uploads')), modelKey: 'm' };
}

async function stage({ folder }: UploadParts, name: string): Promise<StagedUpload> {
  const contentHash = Buffer.from(name.padEnd(32, '.')).toString('hex');
  const staged = await folder.stage(Buffer.from(name));
  return { contentHash, format: 'jpeg', staged, described: seededPicture(name) };
}

describe('uploads into a library', () => {
  it('leaves no file behind when the catalog refuses them', async () => {
    const parts = await library();
    const uploads = [await stage(parts, 'a'), await stage(parts, 'b')];
    const other = { ...parts, modelKey: 'nobody' };
    await assert.rejects(commitUploads(other, uploads), { code: 'MODEL_MISMATCH' });
    for (const { contentHash } of uploads) {
      assert.equal(existsSync(parts.folder.pathOf(contentHash, 'jpeg')), false);
    }
    await parts.catalog.close();
  });

  it('keeps what the catalog lists when it refuses the same bytes once more', async () => {
    const parts = await library();
    const [id] = await commitUploads(parts, [await stage(parts, 'a')]);
    const again = await stage(parts, 'a');
    await assert.rejects(commitUploads({ ...parts, modelKey: 'nobody' }, [again]));
    const [picture] = await parts.catalog.pictures([id ?? 0]);
    assert.equal(readFileSync(picture?.files[0] ?? '', 'utf8'), 'a');
    await parts.catalog.close();
  });

  it('takes none of a group when one cannot be published', async () => {
    const parts = await library();
    const uploads = [await stage(parts, 'a'), { ...(await stage(parts, 'b')), staged: '/not/there' }];
    await assert.rejects(commitUploads(parts, uploads), { code: 'ENOENT' });
    assert.equal(await parts.catalog.generation(), 0);
    const left = readdirSync(parts.folder.root, { recursive: true }).filter((path) =>
      /jpeg$/.test(`${path}`),
    );
    assert.deepEqual(left, []);
    await parts.catalog.close();
  });

  it('asks for the upload again when its picture was removed meanwhile, and publishes nothing', async () => {
    const parts = await library();
    const uploads = [await stage(parts, 'a'), { ...(await stage(parts, 'b')), described: null }];
    await assert.rejects(commitUploads(parts, uploads), { code: 'CATALOG_BUSY', message: /again/ });
    assert.equal(existsSync(parts.folder.pathOf(uploads[0]?.contentHash ?? '', 'jpeg')), false);
    await parts.catalog.close();
  });
});
