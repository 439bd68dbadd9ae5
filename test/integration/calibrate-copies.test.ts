import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { missedLine } from '../../src/cli/calibration-text.ts';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { COPY_PRESETS, lineAtScore } from '../../src/copies/choose-copies.ts';
import { type CalibrationRequest, calibrateCopies } from '../../src/engine/calibrate-copies.ts';
import { keepCalibration, readCalibration, recallByEdit } from '../../src/engine/calibration-file.ts';
import { indexLibrary, PLAIN_RUN } from '../../src/engine/index-library.ts';
import type { Library } from '../../src/engine/library.ts';
import { openLibrary } from '../../src/engine/open-library.ts';
import type { CopyEdit } from '../../src/sample/copy-edits.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { drawManyThings } from '../support/view-of.ts';

const SIGNAL = new AbortController().signal;

const EDITS: readonly CopyEdit[] = [
  { name: 'mirrored', make: (original) => sharp(original).flop().jpeg().toBuffer() },
  { name: 'erased', make: async () => sharp({ create: WHITE }).png().toBuffer() },
  { name: 'other', make: (_original, _random, other) => other() },
  {
    name: 'impossible',
    make: async () => {
      throw new Error('no such part');
    },
  },
];
const WHITE = { width: 320, height: 240, channels: 3, background: '#fff' } as const;

describe('calibrating', () => {
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  let library: Library;

  before(async () => {
    mkdirSync(pictures);
    for (const seed of ['lake', 'square', 'hill']) {
      await drawManyThings(seed)
        .jpeg()
        .toFile(join(pictures, `${seed}.jpg`));
    }
    library = await openLibrary(resolveConfig({ library: join(folder, 'library') }, {}), keptLogger(), {
      mayCreate: true,
    });
  });

  after(() => library.close());

  const calibrate = (request: Partial<CalibrationRequest> = {}) =>
    calibrateCopies(library, { edits: EDITS, pictures: 40, seed: 1, ...request }, () => {}, SIGNAL);

  it('needs two pictures', async () => {
    await assert.rejects(
      calibrate(),
      /Found no picture in the library .*, expected 2 or more.*index a folder/,
    );
    await indexLibrary(library, { ...PLAIN_RUN, roots: [pictures] }, () => {}, SIGNAL);
  });

  it('tells which copies are known again, by edit, and what could not be made', async () => {
    const { calibration, failures } = await calibrate();
    assert.equal(calibration.pictures, 3);
    const recall = recallByEdit(calibration, lineAtScore(COPY_PRESETS.copies));
    assert.deepEqual(
      [...recall],
      [
        ['mirrored', 1],
        ['erased', 0],
        ['other', 0],
      ],
    );
    assert.deepEqual(
      failures.map(({ path, message }) => [path.slice(pictures.length + 1), message]),
      ['hill', 'lake', 'square'].map((name) => [
        `${name}.jpg (impossible)`,
        'The copy cannot be made: no such part.',
      ]),
    );
    assert.equal(
      missedLine({ pictures: 3, byEdit: Object.fromEntries(recall) }, lineAtScore(3)),
      'Of edited copies of 3 pictures of yours a share of 0.33 was found; least of: erased 0.00, other 0.00.',
    );
    assert.equal(
      missedLine(null, lineAtScore(COPY_PRESETS.copies)),
      'Of edited copies of photos a share of 0.79 of those looked at is usually found so. What is missed of yours was not measured; "eidetic calibrate" does.',
    );
  });

  it('draws the same for the same seed, and as many as are wanted', async () => {
    const edits = EDITS.slice(0, 1);
    const [one, again] = [await calibrate({ edits, pictures: 2 }), await calibrate({ edits, pictures: 2 })];
    assert.equal(one.calibration.pictures, 2);
    assert.deepEqual(one, again);
  });

  it('leaves out a picture that is away, and tells it', async () => {
    renameSync(join(pictures, 'lake.jpg'), join(folder, 'lake.jpg'));
    const { calibration, failures } = await calibrate({ edits: EDITS.slice(0, 1) });
    renameSync(join(folder, 'lake.jpg'), join(pictures, 'lake.jpg'));
    assert.equal(calibration.pictures, 2);
    assert.deepEqual(
      failures.map(({ path, code }) => [path, code]),
      [[join(pictures, 'lake.jpg'), 'NOT_FOUND']],
    );
  });

  it('is kept for reports, until rule, model or space are others', async () => {
    assert.equal(await readCalibration(library), null);
    const { calibration } = await calibrate({ edits: EDITS.slice(0, 1), pictures: 2 });
    await keepCalibration(library, calibration);
    assert.deepEqual(await readCalibration(library), calibration);
    const { library: place } = library.config;
    assert.deepEqual(
      readdirSync(place).filter((name) => name.startsWith('calibration')),
      ['calibration.json'],
    );
    for (const other of [{ ruleVersion: 0 }, { modelKey: 'other' }, { revision: 99 }, { space: 'similar' }]) {
      await keepCalibration(library, { ...calibration, ...other });
      assert.equal(await readCalibration(library), null, JSON.stringify(other));
    }
    await keepCalibration(library, calibration);
    const file = join(place, 'calibration.json');
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, -40));
    assert.equal(await readCalibration(library), null, 'a damaged one is none');
    writeFileSync(
      file,
      JSON.stringify({
        ...calibration,
        edits: [{ edit: 'mirrored', copies: [{ score: '4', isHeldBack: false }] }],
      }),
    );
    assert.equal(await readCalibration(library), null);
  });
});
