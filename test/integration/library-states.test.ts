import assert from 'node:assert/strict';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { EideticError, type ErrorCode } from '../../src/domain/errors.ts';
import { vectorIn } from '../../src/domain/space.ts';
import { checkLibraryHealth } from '../../src/engine/check-library-health.ts';
import { describeFile, embeddingOf } from '../../src/engine/describe-picture.ts';
import { findLibraryDuplicates } from '../../src/engine/find-library-duplicates.ts';
import { indexLibrary, PLAIN_RUN } from '../../src/engine/index-library.ts';
import type { Library } from '../../src/engine/library.ts';
import { libraryUploads } from '../../src/engine/library-uploads.ts';
import { openLibrary } from '../../src/engine/open-library.ts';
import { reindexLibrary } from '../../src/engine/reindex-library.ts';
import { searchLibrary } from '../../src/engine/search-library.ts';
import { useModel } from '../../src/engine/use-model.ts';
import { storeUpload } from '../../src/uploads/store-upload.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { drawNumbered, drawPictureFolder } from '../support/picture-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SIGNAL = new AbortController().signal;
const ALL = { limit: 10, minSimilarity: -1, filter: {} };

/** What a person or a program may ask of a library. */
const CALLS: Readonly<Record<string, (library: Library, pictures: string) => Promise<unknown>>> = {
  index: (library, pictures) => indexLibrary(library, { ...PLAIN_RUN, roots: [pictures] }, () => {}, SIGNAL),
  search: async (library) => {
    const { similar } = library.spaces;
    return searchLibrary(library, similar, await embeddingOf(library, similar.space, 1), ALL);
  },
  'search by file': async (library, pictures) => {
    const described = await describeFile(library, join(pictures, 'part-0', '0000.jpg'));
    const { similar } = library.spaces;
    return searchLibrary(library, similar, vectorIn(similar.space, described), ALL);
  },
  duplicates: (library) =>
    findLibraryDuplicates(
      library,
      library.spaces.forCopies,
      { minSimilarity: 0.9, copies: null },
      () => {},
      SIGNAL,
    ),
  stats: (library) => library.catalog.pictures.counts(),
  failures: async (library) => {
    for await (const failure of library.catalog.files.failures()) {
      assert.ok(failure.code);
    }
  },
  doctor: (library) => checkLibraryHealth(library, false),
  repair: (library) => checkLibraryHealth(library, true),
  reindex: (library) => reindexLibrary(library, () => {}, SIGNAL),
  'use model': (library) => useModel(library),
  upload: async (library) => {
    const bytes = await drawNumbered(50).png().toBuffer();
    const contentHash = Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))).toString(
      'hex',
    );
    const { find, add } = libraryUploads(library);
    const describe = (picture: Uint8Array) => library.embedder().describe(picture);
    return storeUpload({ folder: library.uploads, find, describe, add }, { bytes, contentHash });
  },
  // One that is not open is as it was saved.
  'save the index': async (library) => {
    await library.spaces.opened();
    await library.spaces.save();
  },
};

/** `answered`, or the code it was refused with. Anything else is a bug and fails the test. */
async function outcome(call: Promise<unknown>): Promise<'answered' | ErrorCode> {
  try {
    await call;
    return 'answered';
  } catch (error) {
    if (error instanceof EideticError) {
      return error.code;
    }
    throw error;
  }
}

describe('every call, in every state of a library', () => {
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  const library = join(folder, 'library');
  const config = resolveConfig({ library }, {});
  const open = () => openLibrary(config, keptLogger(), { mayCreate: true });

  before(async () => {
    await drawPictureFolder(pictures, 6);
    const opened = await open();
    await CALLS['index']?.(opened, pictures);
    await opened.close();
  });

  for (const [name, call] of Object.entries(CALLS)) {
    it(`${name}: answered while open`, async () => {
      const opened = await open();
      assert.equal(await outcome(call(opened, pictures)), 'answered');
      await opened.close();
    });

    it(`${name}: ended or refused while closing, never lost or hung`, async () => {
      const opened = await open();
      const called = outcome(call(opened, pictures));
      const closed = opened.close();
      assert.ok(['answered', 'CATALOG_CLOSED'].includes(await called), `was ${await called}`);
      await closed;
    });

    it(`${name}: refused once closed`, async () => {
      const opened = await open();
      await opened.close();
      await opened.close();
      assert.equal(await outcome(call(opened, pictures)), 'CATALOG_CLOSED');
    });

    it(`${name}: answered or refused when the library was deleted meanwhile, and nothing is written`, async () => {
      const opened = await open();
      const kept = `${library}-kept`;
      renameSync(library, kept);
      try {
        const found = await outcome(call(opened, pictures));
        const allowed = ['answered', 'NOT_FOUND', 'READ_ONLY', 'CATALOG_BUSY'];
        assert.ok(allowed.includes(found), `was ${found}`);
        assert.ok(!existsSync(library), 'nothing is written where it was');
      } finally {
        await opened.close();
        rmSync(library, { recursive: true, force: true });
        renameSync(kept, library);
      }
    });
  }

  it('refuses to write into a library that took the place of the one that was opened', async () => {
    const opened = await open();
    const kept = `${library}-kept`;
    renameSync(library, kept);
    const other = await open();
    await other.close();
    await drawNumbered(60).jpeg().toFile(join(pictures, 'new.jpg'));
    assert.equal(await outcome(CALLS['index']?.(opened, pictures) as Promise<unknown>), 'NOT_FOUND');
    await opened.close();
    const untouched = await open();
    assert.equal((await untouched.catalog.pictures.counts()).pictures, 0);
    await untouched.close();
    rmSync(library, { recursive: true });
    renameSync(kept, library);
  });

  it('says that there is none where none was ever made', async () => {
    mkdirSync(join(folder, 'empty'));
    const nowhere = resolveConfig({ library: join(folder, 'empty') }, {});
    await assert.rejects(openLibrary(nowhere, keptLogger()), { code: 'NOT_FOUND' });
  });
});
