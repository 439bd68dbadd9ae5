import assert from 'node:assert/strict';
import { mkdirSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { explanationToText } from '../../src/cli/explanation-text.ts';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { BY_RULE } from '../../src/copies/choose-copies.ts';
import { COPY_RULE_VERSION } from '../../src/copies/judge-pair.ts';
import type { CatalogPicture } from '../../src/domain/picture-catalog.ts';
import type { RelationKind } from '../../src/domain/relation.ts';
import { LEAST_OF_COPIES } from '../../src/duplicates/find-copy-pairs.ts';
import type { DuplicateReport } from '../../src/duplicates/find-duplicates.ts';
import { decidePictures } from '../../src/engine/decide-pictures.ts';
import { explainFiles } from '../../src/engine/explain-files.ts';
import { findLibraryDuplicates } from '../../src/engine/find-library-duplicates.ts';
import { indexLibrary, PLAIN_RUN } from '../../src/engine/index-library.ts';
import type { Library } from '../../src/engine/library.ts';
import { libraryCopyJudge } from '../../src/engine/library-copies.ts';
import { openLibrary } from '../../src/engine/open-library.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { drawManyThings } from '../support/view-of.ts';

const SIGNAL = new AbortController().signal;
const WISH = { minSimilarity: LEAST_OF_COPIES, copies: BY_RULE };

function takenAt(time: string) {
  return { IFD0: { Make: 'Acme', Model: 'One' }, IFD2: { DateTimeOriginal: time } };
}

describe('copies in a report', () => {
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  let library: Library;

  before(async () => {
    mkdirSync(pictures);
    const save = (name: string, picture: Sharp) => picture.toFile(join(pictures, name));
    const lake = await drawManyThings('lake').png().toBuffer();
    await save('lake.png', sharp(lake));
    await save('lake-crop.jpg', sharp(lake).extract({ left: 60, top: 40, width: 420, height: 320 }).jpeg());
    await save('lake-mirrored.jpg', sharp(lake).flop().resize(320).jpeg({ quality: 60 }));
    // Its pixels are those of the first: it stands for the class, and is no copy by itself.
    await save('lake-again.png', sharp(lake).png({ compressionLevel: 1 }));
    const square = await drawManyThings('square').png().toBuffer();
    await save('square.jpg', sharp(square).jpeg({ quality: 90 }).withExif(takenAt('2024:05:01 10:00:00')));
    await save(
      'square-later.jpg',
      sharp(square)
        .modulate({ brightness: 1.04 })
        .jpeg({ quality: 70 })
        .withExif(takenAt('2024:05:01 10:00:03')),
    );
    for (const seed of ['hill', 'street', 'harbor']) {
      await save(`${seed}.jpg`, drawManyThings(seed).jpeg());
    }
    library = await openLibrary(resolveConfig({ library: join(folder, 'library') }, {}), keptLogger(), {
      mayCreate: true,
    });
    await indexLibrary(library, { ...PLAIN_RUN, roots: [pictures] }, () => {}, SIGNAL);
  });

  after(() => library.close());

  const find = () => findLibraryDuplicates(library, library.spaces.forCopies, WISH, () => {}, SIGNAL);

  function namesIn({ groups }: DuplicateReport): unknown[] {
    return groups.map(({ relation, pictures: members }) => [
      relation,
      members.map(({ files }) => basename(files[0]?.path ?? '')).sort(),
    ]);
  }

  it('are grouped, with what has the pixels of one of them; another shot is told as a pair', async () => {
    const report = await find();
    assert.deepEqual(namesIn(report), [
      ['copy', ['lake-again.png', 'lake-crop.jpg', 'lake-mirrored.jpg', 'lake.png']],
    ]);
    const bursts = report.pairs.filter(({ relation }) => relation === 'burst');
    assert.equal(bursts.length, 1);
    assert.equal(report.pairs.filter(({ relation }) => relation === 'copy').length, 3);
    assert.deepEqual(report.ungrouped.map(({ files }) => basename(files[0]?.path ?? '')).sort(), [
      'square-later.jpg',
      'square.jpg',
    ]);
    assert.ok(report.copies !== null && report.copies.lookedAt >= 4);
    assert.equal(report.copies.unknown, 0);
  });

  it('are looked at once and for good', async () => {
    const { relations } = library.catalog;
    const all: readonly RelationKind[] = ['copy', 'burst', 'unsure', 'similar', 'different'];
    const kept = await relations.page({ kinds: all }, 1_000, null);
    const copy = kept.find(({ kind }) => kind === 'copy');
    assert.equal(copy?.ruleVersion, COPY_RULE_VERSION);
    assert.ok((copy?.evidence['inliers'] as number) > 20, JSON.stringify(copy?.evidence));
    // Whatever was kept is believed: nobody looks again.
    await relations.put([{ ...(copy as (typeof kept)[number]), kind: 'different' }]);
    assert.equal((await find()).pairs.filter(({ relation }) => relation === 'copy').length, 2);
    // But for what an older rule has said.
    await relations.put([{ ...(copy as (typeof kept)[number]), kind: 'different', ruleVersion: 0 }]);
    assert.equal((await find()).pairs.filter(({ relation }) => relation === 'copy').length, 3);
  });

  it('are explained stage by stage, with what was found of them', async () => {
    const explain = (a: string, b: string) => explainFiles(library, join(pictures, a), join(pictures, b));
    const copy = await explain('lake-mirrored.jpg', 'lake-crop.jpg');
    assert.deepEqual(copy.kept, { kind: 'copy', ruleVersion: COPY_RULE_VERSION, isOfNow: true });
    assert.ok(copy.nearer.toA < 5 && (copy.similarities.get('copy') ?? 0) > LEAST_OF_COPIES);
    const lines = explanationToText(copy);
    assert.equal(lines[0], 'copy');
    const pointsOf = (line: string) => Number(/ ([+-]\d+\.\d\d)(?: |$)/.exec(line)?.[1] ?? Number.NaN);
    const points = lines.map(pointsOf).filter((one) => !Number.isNaN(one));
    const sum = points.reduce((all, one) => all + one, 0);
    assert.ok(Math.abs(sum - (copy.comparison.verification?.score ?? 0)) < 0.05, lines.join('\n'));
    assert.match(
      lines.join('\n'),
      /A report of copies that has both looks at them\.\nThe library has found them copy\./,
    );
    const other = await explain('lake.png', 'hill.jpg');
    assert.notEqual(other.kept?.kind, 'copy');
    const same = await explain('lake.png', 'lake-again.png');
    assert.match(explanationToText(same).join('\n'), /Equal pictures are found without/);
    assert.equal(same.comparison.verification, null);
  });

  it('are less certain where persons have found such pairs to be no copies', async () => {
    const certainOf = async () => {
      const { pairs } = await find();
      const certainties = pairs.flatMap(({ relation, certainty }) =>
        relation === 'copy' ? (certainty ?? []) : [],
      );
      return { pairs: certainties.length, least: Math.min(...certainties) };
    };
    const before = await certainOf();
    const all = await library.catalog.pictures.pictures([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const idOf = (name: string) => all.find(({ files }) => files[0]?.path.endsWith(`/${name}`))?.id ?? 0;
    const decide = (kind: 'not-copy' | 'undecided') =>
      decidePictures(library, {
        ...{ kind, sets: [[idOf('lake-mirrored.jpg'), idOf('lake-crop.jpg')]] },
        ...{ decidedBy: 'me', note: null },
      });
    await decide('not-copy');
    const after = await certainOf();
    await decide('undecided');
    assert.deepEqual([before.pairs, after.pairs], [3, 2]);
    assert.ok(after.least < before.least - 0.002, `${after.least} and ${before.least}`);
    assert.deepEqual(await certainOf(), before);
  });

  it('are told of a picture that is taken out meanwhile, and not kept', async () => {
    const judge = libraryCopyJudge(library, BY_RULE);
    const [a, b] = await library.catalog.pictures.pictures([1, 2]);
    const gone = { ...(b as CatalogPicture), id: 9_999 };
    assert.notEqual((await judge.judge(a as CatalogPicture, gone, SIGNAL)).kind, 'unknown');
    await judge.flush();
    assert.equal(await library.catalog.relations.between(1, 9_999), null);
  });

  it('are not known of a picture that is away, and that is counted', async () => {
    const { relations } = library.catalog;
    const kept = await relations.page({ kinds: ['copy'] }, 1_000, null);
    await relations.put(kept.map((relation) => ({ ...relation, ruleVersion: 0 })));
    const mirrored = join(pictures, 'lake-mirrored.jpg');
    renameSync(mirrored, `${mirrored}.away`);
    // A new library has seen nothing yet, so that nothing it has seen is at hand.
    await library.close();
    library = await openLibrary(library.config, keptLogger());
    const report = await find();
    renameSync(`${mirrored}.away`, mirrored);
    assert.deepEqual(namesIn(report), [['copy', ['lake-again.png', 'lake-crop.jpg', 'lake.png']]]);
    assert.equal(report.copies?.unknown, 2);
  });
});
