import assert from 'node:assert/strict';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { EideticError, type ErrorCode } from '../../src/domain/errors.ts';
import type { DuplicateReport } from '../../src/duplicates/find-duplicates.ts';
import { duplicateReports } from '../../src/engine/duplicate-reports.ts';
import { findLibraryDuplicates } from '../../src/engine/find-library-duplicates.ts';
import { indexLibrary, PLAIN_RUN } from '../../src/engine/index-library.ts';
import type { Library } from '../../src/engine/library.ts';
import { pixelsOf } from '../../src/engine/library-pixels.ts';
import { openLibrary } from '../../src/engine/open-library.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SIGNAL = new AbortController().signal;

const EQUAL = { minSimilarity: null, copies: null };

describe('the pixels of a library', () => {
  const folder = temporaryFolder();
  const png = join(folder, 'same.png');
  const logger = keptLogger();
  const open = () => openLibrary(resolveConfig({ library: join(folder, 'library') }, {}), logger);

  before(async () => {
    await drawNumbered(1).png().toFile(png);
    await drawNumbered(1).webp({ lossless: true }).toFile(join(folder, 'same.webp'));
    await drawNumbered(2).png().toFile(join(folder, 'other.png'));
    const config = resolveConfig({ library: join(folder, 'library') }, {});
    const library = await openLibrary(config, logger, { mayCreate: true });
    await indexLibrary(library, { ...PLAIN_RUN, roots: [folder] }, () => {}, SIGNAL);
    await library.close();
  });

  /** With a catalog that answers so when something is to be kept. */
  function keepingFails(library: Library, code: ErrorCode): Library {
    const { catalog } = library;
    const keepPixels = () => Promise.reject(new EideticError(code, `found ${code}`));
    return { ...library, catalog: { ...catalog, pictures: { ...catalog.pictures, keepPixels } } };
  }

  const report = (library: Library) =>
    findLibraryDuplicates(library, library.spaces.forCopies, EQUAL, () => {}, SIGNAL);
  const relations = ({ groups }: DuplicateReport) => groups.map(({ relation }) => relation);

  it('are looked at, used and not kept where nothing can be kept', async () => {
    const library = await open();
    for (const code of ['READ_ONLY', 'STORAGE_FULL', 'CATALOG_BUSY'] as const) {
      assert.deepEqual(relations(await report(keepingFails(library, code))), ['same-pixels']);
    }
    assert.equal(logger.lines.filter((line) => /warn: .*pixels is not kept/.test(line)).length, 3);
    await assert.rejects(report(keepingFails(library, 'CATALOG_DAMAGED')), { code: 'CATALOG_DAMAGED' });
    const readOnly = { ...library, catalog: { ...library.catalog, isReadOnly: true } };
    assert.deepEqual(relations(await report(readOnly)), ['same-pixels']);
    assert.deepEqual(await library.catalog.pictures.knownPixels([1, 2, 3]), []);
    await library.close();
  });

  it('are not known while no file has the bytes that were indexed, and told to be so', async () => {
    const library = await open();
    renameSync(png, `${png}.away`);
    const away = await report(library);
    assert.deepEqual([away.groups, away.unknownPixels.unreachable], [[], 1]);
    writeFileSync(png, await drawNumbered(2).png().toBuffer());
    const changed = await report(library);
    assert.deepEqual([changed.groups, changed.unknownPixels.unreachable], [[], 1]);
    renameSync(`${png}.away`, png);
    const back = await report(library);
    assert.deepEqual([relations(back), back.unknownPixels.unreachable], [['same-pixels'], 0]);
    await library.close();
  });

  it('are asked for anew after a while, when a report could not reach them', async (t) => {
    const library = await open();
    renameSync(png, `${png}.away`);
    // As if nobody had looked before.
    const { pictures } = library.catalog;
    const forgetful = { ...pictures, knownPixels: async () => [], samePixelGroups: async () => [] };
    const reports = duplicateReports({ ...library, catalog: { ...library.catalog, pictures: forgetful } });
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const away = await reports.of(library.spaces.forCopies, EQUAL);
    assert.equal(away.report.unknownPixels.unreachable, 1);
    renameSync(`${png}.away`, png);
    assert.equal(
      await reports.of(library.spaces.forCopies, EQUAL),
      away,
      'the same for all who page through it',
    );
    t.mock.timers.tick(60_000);
    const back = await reports.of(library.spaces.forCopies, EQUAL);
    assert.equal(back.report.unknownPixels.unreachable, 0);
    t.mock.timers.tick(60_000);
    assert.equal(await reports.of(library.spaces.forCopies, EQUAL), back);
    t.mock.timers.reset();
    reports.close();
    await library.close();
  });

  it('are kept for all who ask later, also when the file is gone', async () => {
    const library = await open();
    const pictures = await library.catalog.pictures.pictures([1, 2, 3]);
    const before = await Promise.all(pictures.map((picture) => pixelsOf(library, picture, SIGNAL)));
    renameSync(png, `${png}.away`);
    const answers = await Promise.all(pictures.map((picture) => pixelsOf(library, picture, SIGNAL)));
    renameSync(`${png}.away`, png);
    assert.deepEqual(answers, before);
    assert.ok(answers.every(({ kind }) => kind === 'hashed'));
    await library.close();
  });

  it('are asked of an open library only', async () => {
    const library = await open();
    await library.close();
    await assert.rejects(report(library), { code: 'CATALOG_CLOSED' });
    assert.throws(() => library.pixelHasher(), { code: 'CATALOG_CLOSED' });
  });
});
