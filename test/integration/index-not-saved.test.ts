import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { LibraryIndex } from '../../src/engine/library-index.ts';
import { sqliteLibraryLock } from '../../src/storage/sqlite-library-lock.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { addPictures, assertLevel, openVectorLibrary } from '../support/vector-library.ts';

/** A library of pictures, and its index as a program that stays uses it. */
async function openIndexed() {
  const library = await openVectorLibrary();
  await addPictures(library.catalog, 0, 20);
  const { catalog, cache, folder, space } = library;
  const { descriptors, libraryId } = catalog;
  const logger = keptLogger();
  const lock = sqliteLibraryLock(folder);
  const index = new LibraryIndex({ descriptors, cache, libraryId, space, lock, logger, maySave: true });
  return { library, index, logger, indexes: join(folder, 'indexes') };
}

const NOT_SAVED =
  /^warn: the index was not saved; what is in the catalog is kept, searches go on from memory/;

describe('an index that cannot be saved', () => {
  it('answers from memory, says so once, and is saved when it can be', async () => {
    const { library, index, logger, indexes } = await openIndexed();
    writeFileSync(indexes, 'a file in the way');
    for (let n = 0; n < 3; n++) {
      await addPictures(library.catalog, 20 + n, 1);
      await assertLevel((await index.current()).index, library);
    }
    assert.equal(index.cannotBeSaved, true);
    await index.saveNow();
    const warnings = logger.lines.filter((line) => line.startsWith('warn'));
    assert.equal(warnings.length, 1, warnings.join('\n'));
    assert.match(warnings[0] ?? '', NOT_SAVED);
    const tries = logger.lines.length;
    await index.save();
    assert.equal(logger.lines.length, tries, 'the next attempt waits');
    rmSync(indexes);
    await index.saveNow();
    assert.equal(index.cannotBeSaved, false);
    assert.equal(logger.lines.at(-1), 'info: the index is saved again');
    assert.equal((await library.openIndex()).rebuiltBecause, null);
    await library.catalog.close();
  });

  it('leaves no copy behind when only its manifest cannot be replaced', async () => {
    const { library, index } = await openIndexed();
    const manifest = join(library.indexFolder, 'manifest.json');
    mkdirSync(join(manifest, 'in the way'), { recursive: true });
    for (let n = 0; n < 3; n++) {
      await addPictures(library.catalog, 20 + n, 1);
      await index.catchUp();
      await index.saveNow();
    }
    assert.equal(index.cannotBeSaved, true);
    assert.deepEqual(
      readdirSync(library.indexFolder).filter((name) => name.startsWith('index-')),
      [],
    );
    await library.catalog.close();
  });

  it('is not told of when another process saves it', async () => {
    const { library, index, logger } = await openIndexed();
    const held = await sqliteLibraryLock(library.folder).acquire('index');
    await index.opened();
    await index.saveNow();
    assert.equal(index.cannotBeSaved, false);
    assert.deepEqual(logger.lines, ['debug: the index is being saved by another process']);
    await held.release();
    await library.catalog.close();
  });
});
