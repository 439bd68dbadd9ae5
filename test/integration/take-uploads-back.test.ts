import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import type { Library } from '../../src/engine/library.ts';
import { libraryUploads } from '../../src/engine/library-uploads.ts';
import { openLibrary } from '../../src/engine/open-library.ts';
import { takeUploadsBack } from '../../src/engine/take-uploads-back.ts';
import { storeUpload } from '../../src/uploads/store-upload.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { serveApp } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

const SIGNAL = new AbortController().signal;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function openEmpty() {
  const logger = keptLogger();
  const folder = join(temporaryFolder(), 'library');
  const library = await openLibrary(resolveConfig({ library: folder }, {}), logger, { mayCreate: true });
  const picture = async (n: number) => new Uint8Array(await drawNumbered(n).png().toBuffer());
  return { library, logger, picture };
}

/** What a server leaves that is killed between publishing an upload and committing it. */
function publishOnly({ uploads }: Library, bytes: Uint8Array, contentHash = sha256(bytes)): string {
  const path = uploads.pathOf(contentHash, 'png');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  return path;
}

async function upload(library: Library, bytes: Uint8Array): Promise<{ id: number; added: boolean }> {
  const { find, add } = libraryUploads(library);
  const describe = (picture: Uint8Array) => library.embedder().describe(picture);
  const contentHash = sha256(bytes);
  return storeUpload({ folder: library.uploads, find, describe, add }, { bytes, contentHash });
}

const counts = async ({ catalog }: Library) => (await catalog.pictures.counts()).pictures;

describe('uploads that no picture lists', () => {
  it('are taken into the library, once, and stand there as uploads', async () => {
    const { library, picture } = await openEmpty();
    const path = publishOnly(library, await picture(1));
    const taken = await takeUploadsBack(library, () => {}, SIGNAL);
    assert.deepEqual([taken?.indexed, await counts(library)], [1, 1]);
    assert.equal(await takeUploadsBack(library, () => {}, SIGNAL), null);
    const again = await upload(library, await picture(1));
    assert.equal(again.added, false, 'it is kept already');
    await libraryUploads(library).remove(again.id);
    assert.deepEqual([existsSync(path), await counts(library)], [false, 0]);
    await library.close();
  });

  it('stay where they are when their bytes are not what their name says, which is told', async () => {
    const { library, logger, picture } = await openEmpty();
    const path = publishOnly(library, await picture(1), sha256(await picture(2)));
    assert.equal(await takeUploadsBack(library, () => {}, SIGNAL), null);
    assert.ok(existsSync(path));
    assert.deepEqual(logger.lines, ['warn: an upload is not what its name says, so it is left where it is']);
    await library.close();
  });

  it('go when their removal was begun, and stay when the same bytes were uploaded since', async () => {
    const { library, picture } = await openEmpty();
    const removed = publishOnly(library, await picture(1));
    const uploaded = publishOnly(library, await picture(2));
    await library.uploads.noteRemoval(removed);
    await library.uploads.noteRemoval(uploaded);
    assert.equal((await upload(library, await picture(2))).added, true);
    assert.equal(await takeUploadsBack(library, () => {}, SIGNAL), null);
    assert.deepEqual([existsSync(removed), existsSync(uploaded)], [false, true]);
    assert.deepEqual(await library.uploads.notedRemovals(), []);
    assert.equal(await counts(library), 1);
    await library.close();
  });

  it('are taken in by a server when it starts, beside what it serves', async () => {
    const folder = temporaryFolder();
    const first = await serveApp(folder, 2);
    const bytes = new Uint8Array(await drawNumbered(50).png().toBuffer());
    publishOnly(first.library, bytes);
    await first.close();
    const app = await serveApp(folder, 2);
    await until('it was taken in', async () => (await counts(app.library)) === 3);
    await app.close();
    assert.deepEqual(app.errors, []);
  });
});

describe('what interrupted uploads have left', () => {
  it('goes when it is old, whatever it is, and never keeps a server from starting', async () => {
    const { library } = await openEmpty();
    const staging = join(library.uploads.root, '.staged');
    mkdirSync(join(staging, 'a folder', 'in it'), { recursive: true });
    writeFileSync(join(staging, 'old'), 'half of');
    writeFileSync(join(staging, 'new'), 'half of');
    for (const name of ['a folder', 'old']) {
      utimesSync(join(staging, name), 1_500_000_000, 1_500_000_000);
    }
    await library.uploads.removeStale();
    assert.deepEqual(readdirSync(staging), ['new']);
    rmSync(staging, { recursive: true });
    writeFileSync(staging, 'a file in the way');
    await library.uploads.removeStale();
    await library.close();
  });
});
