import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { copydaysToText } from '../../src/cli/eval-copydays-text.ts';
import { knnToText } from '../../src/cli/eval-knn-text.ts';
import { copydaysPlot, retrievalPlot } from '../../src/cli/eval-plots.ts';
import { retrievalToText } from '../../src/cli/eval-retrieval-text.ts';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { type Embedding, similarity } from '../../src/domain/embedding.ts';
import type { PictureRegion } from '../../src/domain/picture.ts';
import { evaluateCopydays } from '../../src/engine/evaluate-copydays.ts';
import { evaluateKnn } from '../../src/engine/evaluate-knn.ts';
import { evaluateRetrieval } from '../../src/engine/evaluate-retrieval.ts';
import { PictureLooks } from '../../src/engine/picture-looks.ts';
import { parseGroundTruth } from '../../src/evaluation/ground-truth.ts';
import { installColorModel } from '../support/color-model.ts';
import { drawFlat } from '../support/draw-flat.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { refuses } from '../support/refuses.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NEVER = new AbortController().signal;
const SILENT = () => {};

/** Asserts that each is a line of a text. */
function tells(lines: readonly string[], expected: readonly RegExp[]): void {
  for (const words of expected) {
    assert.ok(
      lines.some((line) => words.test(line)),
      `${words} in\n${lines.join('\n')}`,
    );
  }
}

describe('evaluations as published', () => {
  const home = temporaryFolder();
  const config = resolveConfig({ library: join(home, 'library') }, {});
  // Its vectors know how red a picture is, and nothing else.
  const red = installColorModel(join(home, 'models'), 'red', { cls: 'red', copy: null });
  const settings = { models: [red], space: 'all', withHash: false } as const;

  it('k-NN: tells classes by votes, and all that took no part', async () => {
    const folder = join(home, 'knn');
    const [train, test] = [join(folder, 'train'), join(folder, 'test')];
    const reds = [0, 4, 8, 12, 16, 20];
    await drawFlat(train, {
      ...Object.fromEntries(reds.map((r, i) => [`dark/${i}.png`, r])),
      ...Object.fromEntries(reds.map((r, i) => [`light/deep/${i}.png`, 255 - r])),
      'notes.png': 128,
    });
    await drawFlat(test, { 'dark/a.png': 2, 'dark/b.png': 250, 'light/a.png': 254 });
    copyFileSync(join(train, 'light', 'deep', '0.png'), join(test, 'light', 'trained.png'));
    writeFileSync(join(test, 'dark', 'broken.png'), 'no picture');
    const found = await evaluateKnn(config, { ...settings, train, test }, SILENT, NEVER);
    const [contender] = found.contenders;
    assert.deepEqual(
      contender?.figures.map(({ neighbors, top1, top5 }) => [neighbors, top1.value, top5.value]),
      [[10, 3 / 4, 1]],
    );
    assert.deepEqual([found.classes, found.trainPictures, found.testPictures], [2, 12, 4]);
    assert.deepEqual(found.alsoInTrain, [join(test, 'light', 'trained.png')]);
    assert.deepEqual(found.looked.unused, [join(train, 'notes.png')]);
    assert.deepEqual(
      found.looked.failures.map(({ path }) => path),
      [join(test, 'dark', 'broken.png')],
    );
    tells(knnToText(found), [
      /^Of 2 classes top-5 says no more than/,
      /^Test pictures with the same bytes as a training picture: 1\. They count too/,
      /^1 file with the same bytes as another count too, as the benchmark has it\.$/,
      /^1 file in no folder of a class took no part; --json lists them\.$/,
      /broken\.png: IMAGE_UNREADABLE: /,
    ]);
  });

  it('k-NN: refuses classes that only one side has, one folder in the other, and too few', async () => {
    const folder = join(home, 'unlike');
    const [train, test] = [join(folder, 'train'), join(folder, 'test')];
    await drawFlat(train, { 'cats/1.png': 1, 'dogs/1.png': 2 });
    await drawFlat(test, { 'cats/1.png': 3, 'birds/1.png': 4, 'dogs 2/1.png': 5 });
    const ask = (request: { train: string; test: string }) =>
      evaluateKnn(config, { ...settings, ...request }, SILENT, NEVER);
    const words = /only in .*train "dogs"; only in .*test "birds", "dogs 2"; expected the same/;
    await refuses(ask({ train, test }), 'INVALID_INPUT', words);
    await refuses(ask({ train: folder, test }), 'INVALID_INPUT', /expected two folders apart/);
    await drawFlat(folder, {
      'few/cats/1.png': 1,
      'few/dogs/1.png': 2,
      'ask/cats/1.png': 1,
      'ask/dogs/1.png': 2,
    });
    const few = { train: join(folder, 'few'), test: join(folder, 'ask') };
    await refuses(ask(few), 'INVALID_INPUT', /Found 2 pictures that could be read .*expected 10 or more/);
  });

  it('retrieval: cuts out queries, leaves junk aside, and counts what cannot be read as not found', async () => {
    const folder = join(home, 'retrieval');
    await drawFlat(folder, {
      ...{ 'near/easy.png': 200, 'near/junk.png': 201, 'wrong.png': 190, 'hard.png': 180, 'far.png': 20 },
      ...{ 'dark.png': 10, 'asked.png': 21, 'outside.png': 70 },
    });
    // Dark on the left, and as red as what is to be found on the right.
    const half = await sharp({
      create: { width: 20, height: 20, channels: 3, background: { r: 200, g: 90, b: 91 } },
    })
      .png()
      .toBuffer();
    await sharp({ create: { width: 40, height: 20, channels: 3, background: '#000' } })
      .composite([{ input: half, left: 20, top: 0 }])
      .png()
      .toFile(join(folder, 'halves.png'));
    writeFileSync(join(folder, 'broken.png'), 'no picture');
    copyFileSync(join(folder, 'wrong.png'), join(folder, 'wrong again.png'));
    const truth = {
      queries: [
        {
          image: 'halves.png',
          bbox: [20, 0, 40, 20],
          easy: ['near/easy.png'],
          hard: ['hard.png'],
          junk: ['near/junk.png'],
        },
        { image: 'asked.png', easy: ['far.png', 'broken.png'] },
        { image: 'far.png', easy: ['dark.png'] }, // searched too, since others are to find it
        { image: 'outside.png', bbox: [40, 0, 60, 20], easy: ['far.png'] },
        { image: 'broken.png', easy: ['far.png'] },
      ],
    };
    const ask = (value: unknown) => {
      const request = { ...settings, folder, truth: parseGroundTruth(JSON.stringify(value), 'truth.json') };
      return evaluateRetrieval(config, request, SILENT, NEVER);
    };
    const found = await ask(truth);
    assert.deepEqual(
      [found.queries, found.answered, found.unreadAnswers, found.database],
      [5, 3, 1, 7], // the two wrong ones count each, halves, asked and outside are only asked for
    );
    const [halves, asked, itself] = found.contenders[0]?.byQuery ?? [];
    // Nearest first: easy and junk, both wrong ones, hard, and what is dark. Hard is at the fourth place, without easy at the third.
    assert.deepEqual(halves?.easy, { averagePrecision: 1, precisionAt: [1, 1, 1] });
    assert.deepEqual(halves?.medium, {
      averagePrecision: (1 + (1 / 3 + 2 / 4) / 2) / 2,
      precisionAt: [1, 2 / 4, 2 / 4],
    });
    assert.deepEqual(halves?.hard, { averagePrecision: 1 / 6, precisionAt: [0, 1 / 3, 1 / 3] });
    assert.deepEqual(asked?.easy, { averagePrecision: 1 / 2, precisionAt: [1, 1, 1] });
    assert.equal(asked?.hard, null);
    assert.equal(itself?.easy?.averagePrecision, 1);
    assert.deepEqual(
      found.looked.failures.map(({ path, message }) => [path, message.includes('lies outside the picture')]),
      [
        [join(folder, 'broken.png'), false],
        [join(folder, 'outside.png'), true],
      ],
    );
    tells(retrievalToText(found), [
      /^3 queries looked for among 7 pictures of .*retrieval, /,
      /^2 queries could not be read and took no part\.$/,
      /^1 picture to be found could not be read, and counted as not found\.$/,
    ]);
    assert.match(retrievalPlot(found), />medium<\/text>/);
    const [first] = truth.queries;
    const database = ['near/easy.png', 'hard.png', 'far.png'];
    const whole = await ask({ database, queries: [{ ...first, bbox: undefined }] });
    assert.equal(whole.database, 3);
    assert.ok(whole.looked.unused.includes(join(folder, 'broken.png')));
    assert.deepEqual(whole.looked.failures, []);
    // Half as red as a whole: nearer to what is not as red.
    assert.equal(whole.contenders[0]?.byQuery[0]?.easy?.averagePrecision, 1 / 4);
    const missing = ask({ queries: [{ image: 'far.png', easy: ['easy.png', 'hard.png'] }] });
    await refuses(missing, 'INVALID_INPUT', /names what is no file below .*retrieval: "easy\.png"; expected/);
  });

  it('looks at a part with every contender, a hash too', async () => {
    const [one, other] = [await drawNumbered(3).png().toBuffer(), await drawNumbered(8).png().toBuffer()];
    const both = await sharp({ create: { width: 192, height: 96, channels: 3, background: '#000' } })
      .composite([
        { input: one, left: 0, top: 0 },
        { input: other, left: 96, top: 0 },
      ])
      .png()
      .toBuffer();
    const { device, limits } = config;
    const looks = new PictureLooks({ ...settings, withHash: true, device, limits });
    const vectorsIn = async (bytes: Buffer, region?: PictureRegion) =>
      (await looks.look(new Uint8Array(bytes), false, NEVER, region)).vectors;
    const part = await vectorsIn(both, { x: 0.5, y: 0, width: 0.5, height: 1 });
    const [alone, whole] = [await vectorsIn(other), await vectorsIn(both)];
    await looks.close();
    assert.equal(part.length, 2);
    for (const [i, vector] of part.entries()) {
      assert.ok(similarity(vector, alone[i] as Embedding) > 0.9999, `contender ${i}`);
      assert.ok(similarity(vector, whole[i] as Embedding) < 0.999, `contender ${i}`);
    }
  });

  it('Copydays: finds originals among distractors, by part', async () => {
    const folder = join(home, 'copydays');
    const distractors = join(home, 'distractors');
    await drawFlat(folder, {
      ...{ 'original/200000.png': 50, 'original/200100.png': 120, 'original/200200.png': 220 },
      ...{ 'strong/200001.png': 60, 'strong/200002.png': 51, 'strong/200301.png': 9 },
      ...{ 'crops/50/200100.png': 121, 'jpegqual/3/200200.png': 130, 'original/thumbnail.png': 50 },
    });
    writeFileSync(join(folder, 'original', '200300.png'), 'no picture');
    await drawFlat(distractors, { 'a.png': 61, 'b.png': 121 });
    const ask = (where: string | null) =>
      evaluateCopydays(config, { ...settings, folder, distractors: where }, SILENT, NEVER);
    const found = await ask(distractors);
    const figures = Object.entries(found.contenders[0]?.byPart ?? {});
    assert.deepEqual(
      figures.map(([part, { queries, meanAveragePrecision }]) => [part, queries, meanAveragePrecision.value]),
      [
        ['original', 3, 1],
        ['strong', 2, (1 / 4 + 1) / 2],
        ['crops/50', 1, 1],
        ['jpegqual/3', 1, 1 / 8],
      ],
    );
    assert.deepEqual([found.originals, found.distractors], [3, 1]);
    assert.deepEqual(found.sameDistractors, [join(distractors, 'b.png')]);
    assert.deepEqual(found.withoutOriginal, [join(folder, 'strong', '200301.png')]);
    assert.deepEqual(found.looked.unused, [join(folder, 'original', 'thumbnail.png')]);
    assert.deepEqual(
      found.looked.failures.map(({ path }) => path),
      [join(folder, 'original', '200300.png')],
    );
    tells(copydaysToText(found), [
      /^jpegqual\/3 +1 +0\.125$/,
      /^1 file whose original is not there or could not be read took no part; --json lists them\.$/,
      /^1 distractor with the same bytes as a picture of Copydays took no part; --json lists them\.$/,
      /^1 file not named by six digits took no part; --json lists them\.$/,
    ]);
    assert.match(copydaysPlot(found), />crops\/50<\/text>/);
    const alone = await ask(null);
    assert.equal(alone.contenders[0]?.byPart['strong']?.meanAveragePrecision.value, 1);
    const empty = join(home, 'originals only');
    mkdirSync(empty);
    copyFileSync(join(folder, 'original', '200000.png'), join(empty, '200000.png'));
    const refused = evaluateCopydays(
      config,
      { ...settings, folder: empty, distractors: null },
      SILENT,
      NEVER,
    );
    await refuses(refused, 'INVALID_INPUT', /Found 1 originals and 0 copies in .*expected some of both/);
  });
});
