import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import type { Catalog } from '../../src/domain/catalog.ts';
import { openSqliteCatalog } from '../../src/storage/sqlite-catalog.ts';
import { sqliteLibraryLock } from '../../src/storage/sqlite-library-lock.ts';
import { managedFolder } from '../../src/uploads/managed-folder.ts';
import {
  commitUploads,
  finishRemovals,
  removeUpload,
  type StagedUpload,
  type UploadParts,
} from '../../src/uploads/upload-pictures.ts';
import { SEEDED_KEY, SEEDED_MODEL, seededPicture } from '../support/seeded-picture.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function library(): Promise<UploadParts & { readonly catalog: Catalog }> {
  const root = temporaryFolder();
  const lock = sqliteLibraryLock(root);
  const catalog = await openSqliteCatalog(join(root, 'catalog.sqlite'), { lock, say() {} });
  await catalog.models.add(SEEDED_KEY, SEEDED_MODEL);
  const { files, pictures } = catalog;
  return { catalog, files, pictures, folder: managedFolder(join(root, 'uploads')), modelKeys: [SEEDED_KEY] };
}

/** The same upload, described by a model that the catalog does not know. */
function byStranger(upload: StagedUpload, name: string): StagedUpload {
  return { ...upload, described: seededPicture(name, ['nobody']) };
}

async function stage({ folder }: UploadParts, name: string): Promise<StagedUpload> {
  const contentHash = Buffer.from(name.padEnd(32, '.')).toString('hex');
  const staged = await folder.stage(Buffer.from(name));
  return { contentHash, format: 'jpeg', staged, described: seededPicture(name) };
}

describe('uploads into a library', () => {
  it('leaves no file behind when the catalog refuses them', async () => {
    const parts = await library();
    const uploads = [await stage(parts, 'a'), byStranger(await stage(parts, 'b'), 'b')];
    await assert.rejects(commitUploads(parts, uploads), { code: 'MODEL_MISMATCH' });
    for (const { contentHash } of uploads) {
      assert.equal(existsSync(parts.folder.pathOf(contentHash, 'jpeg')), false);
    }
    await parts.catalog.close();
  });

  it('keeps what the catalog lists when it refuses the same bytes once more', async () => {
    const parts = await library();
    const [kept] = await commitUploads(parts, [await stage(parts, 'a')]);
    const again = byStranger(await stage(parts, 'a'), 'a');
    await assert.rejects(commitUploads(parts, [again]));
    const [picture] = await parts.pictures.pictures([kept?.id ?? 0]);
    assert.equal(readFileSync(picture?.files[0]?.path ?? '', 'utf8'), 'a');
    await parts.catalog.close();
  });

  it('takes none of a group when one cannot be published', async () => {
    const parts = await library();
    const uploads = [await stage(parts, 'a'), { ...(await stage(parts, 'b')), staged: '/not/there' }];
    await assert.rejects(commitUploads(parts, uploads), { code: 'ENOENT' });
    assert.equal((await parts.pictures.counts()).files, 0);
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

describe('bytes that somebody may believe to be kept', () => {
  it('stay when the same are uploaded once more and the catalog refuses them', async () => {
    const parts = await library();
    const upload = byStranger(await stage(parts, 'a'), 'a');
    const path = parts.folder.pathOf(upload.contentHash, 'jpeg');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, 'a'); // from before the catalog was lost
    await assert.rejects(commitUploads(parts, [upload]), { code: 'MODEL_MISMATCH' });
    assert.equal(readFileSync(path, 'utf8'), 'a');
    await parts.catalog.close();
  });

  it('go when their removal was interrupted after the catalog had forgotten them', async () => {
    const parts = await library();
    const kept = await stage(parts, 'kept');
    const [, removed] = await commitUploads(parts, [kept, await stage(parts, 'removed')]);
    const id = removed?.id ?? 0;
    const { folder, files } = parts;
    const stuck = { ...folder, remove: () => Promise.reject(new Error('the disk is gone')) };
    await assert.rejects(removeUpload({ ...parts, folder: stuck }, id), /the disk is gone/);
    const [left = ''] = await folder.notedRemovals();
    assert.ok(existsSync(left));
    await folder.noteRemoval(folder.pathOf(kept.contentHash, 'jpeg')); // its removal never came to the catalog
    await finishRemovals({ files, folder });
    assert.deepEqual([existsSync(left), existsSync(folder.pathOf(kept.contentHash, 'jpeg'))], [false, true]);
    assert.deepEqual(await folder.notedRemovals(), []);
    await parts.catalog.close();
  });

  it('are not left to a client when publishing them fails halfway', async () => {
    const parts = await library();
    const upload = await stage(parts, 'a');
    const halfway = {
      ...parts.folder,
      async publish(staged: string, path: string) {
        await parts.folder.publish(staged, path);
        throw new Error('the folder cannot be synced');
      },
    };
    await assert.rejects(commitUploads({ ...parts, folder: halfway }, [upload]), /synced/);
    assert.equal(existsSync(parts.folder.pathOf(upload.contentHash, 'jpeg')), false);
    await parts.catalog.close();
  });
});
