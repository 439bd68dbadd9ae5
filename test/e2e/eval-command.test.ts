import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { BUNDLED_ID } from '../support/bundled-model.ts';
import { installColorModel } from '../support/color-model.ts';
import { drawFlat } from '../support/draw-flat.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { refusesWords } from '../support/refused-words.ts';
import { runEidetic } from '../support/run-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Estimate {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

interface Evaluation<Figures> {
  readonly pictures: number;
  readonly identical: readonly { readonly path: string; readonly as: string }[];
  readonly failures: readonly { readonly path: string; readonly code: string }[];
  readonly unsupported: readonly { readonly path: string }[];
  readonly otherFiles: number;
  readonly passedOver: Readonly<Record<string, number>>;
  readonly contenders: readonly ({ readonly model: string; readonly space: string } & Figures)[];
}

interface LabelFigures {
  readonly queries: number;
  readonly top1: Estimate;
  readonly byLabel: Readonly<Record<string, { readonly queries: number }>>;
}

interface CopyFigures {
  readonly queries: number;
  readonly recallAt1ByEdit: Readonly<Record<string, Estimate>>;
  readonly microAveragePrecision: Estimate;
}

describe('eidetic eval', () => {
  const home = temporaryFolder();
  const folder = join(home, 'labelled');

  // Red, green and blue ones, one that is alone, one twice, and what takes no part.
  before(async () => {
    for (const [label, numbers] of Object.entries({ red: [0, 23, 46], green: [3, 26], alone: [7] })) {
      mkdirSync(join(folder, label), { recursive: true });
      for (const n of numbers) {
        await drawNumbered(n)
          .jpeg({ quality: 90 })
          .toFile(join(folder, label, `${n}.jpg`));
      }
    }
    copyFileSync(join(folder, 'red', '0.jpg'), join(folder, 'red', '0 again.jpg'));
    writeFileSync(join(folder, 'green', 'broken.jpg'), 'no picture');
    writeFileSync(join(folder, 'letter.txt'), 'Dear reader');
    writeFileSync(join(folder, 'layers.psd'), Buffer.from('8BPS\0\x01\0\0\0\0\0\0\0\x03', 'latin1'));
    copyFileSync(join(folder, 'red', '0.jpg'), join(folder, '.hidden.jpg'));
  });

  it('labels: tells of every contender, what took no part, and each label', async () => {
    const found = await askEideticJson<Evaluation<LabelFigures> & { labels: number; alone: number }>(
      ['eval', 'labels', folder, '--phash', '--json', '--plot', join(home, 'labels.svg')],
      1,
      { cwd: home },
    );
    assert.deepEqual(
      found.contenders.map(({ model, space, queries }) => [model, space, queries]),
      [
        [BUNDLED_ID, 'similar', 5],
        [BUNDLED_ID, 'copy', 5],
        ['pHash', 'hash', 5],
      ],
    );
    assert.deepEqual([found.pictures, found.labels, found.alone, found.otherFiles], [6, 2, 1, 1]);
    assert.deepEqual(found.identical, [
      { path: join(folder, 'red', '0.jpg'), as: join(folder, 'red', '0 again.jpg') },
    ]);
    assert.deepEqual(
      found.failures.map(({ path, code }) => [path, code]),
      [[join(folder, 'green', 'broken.jpg'), 'IMAGE_UNREADABLE']],
    );
    assert.deepEqual(
      found.unsupported.map(({ path }) => path),
      [join(folder, 'layers.psd')],
    );
    assert.deepEqual(found.passedOver, { hidden: 1 });
    const byLabel = found.contenders[0]?.byLabel ?? {};
    assert.deepEqual(
      Object.entries(byLabel).map(([label, { queries }]) => [label, queries]),
      [
        ['green', 2],
        ['red', 3],
      ],
    );
    assert.match(readFileSync(join(home, 'labels.svg'), 'utf8'), />P@5<\/text>/);
    assert.equal(existsSync(join(home, 'data')), false);
  });

  it('copies: finds the originals of edited copies, and prints the same figures for the same seed', async () => {
    const command = ['eval', 'copies', folder, '--queries', '2', '--seed', '5'];
    const plot = join(home, 'copies.svg');
    const drawn = [...command, '--json', '--plot', plot];
    const found = await askEideticJson<Evaluation<CopyFigures>>(drawn, 1);
    assert.match(readFileSync(plot, 'utf8'), />mirrored<\/text>/);
    const [, copy] = found.contenders;
    assert.equal(found.contenders.length, 2);
    assert.equal(copy?.queries, 32);
    assert.equal(Object.keys(copy?.recallAt1ByEdit ?? {}).length, 16);
    assert.equal(copy?.recallAt1ByEdit['mirrored']?.value, 1);
    const average = copy?.microAveragePrecision.value ?? 0;
    assert.ok(average > 0.5, `${average}`);

    const twice = [...command, '--space', 'copy', '--model', BUNDLED_ID, '--model', BUNDLED_ID];
    const { stdout, stderr, exitCode } = await askEidetic(twice, { cwd: home });
    assert.equal(exitCode, 1, stderr);
    assert.match(stderr, /^failed: .*broken\.jpg: /m);
    const text = stdout.toString();
    assert.match(
      text,
      /^32 copies \(16 edits of 2 pictures, seed 5\), looked for among 6 different pictures of labelled\.$/m,
    );
    const rows = text.match(new RegExp(`^${BUNDLED_ID}  \\d+ .*$`, 'gm')) ?? [];
    assert.equal(rows.length, 2, text); // one of each table, since a model that is named twice is one
    assert.match(rows[0] ?? '', new RegExp(` ${average.toFixed(3)} `));
    assert.match(text, /^turned by 90 degrees {2}[01]\.\d{3} \(/m);
    assert.match(text, /^1 file with the same bytes/m);
    assert.match(text, /^ {2}labelled\/green\/broken\.jpg: IMAGE_UNREADABLE: /m);
  });

  it('refuses folders in which nothing can be told apart, and what is not there', async () => {
    const twice = join(home, 'twice');
    mkdirSync(twice);
    for (const name of ['a.jpg', 'b.jpg']) {
      copyFileSync(join(folder, 'red', '0.jpg'), join(twice, name));
    }
    for (const [args, code, message] of [
      [
        ['labels', join(folder, 'red')],
        'INVALID_INPUT',
        /Found 4 files in .*, of 1 different labels, expected two/,
      ],
      [
        ['copies', join(folder, 'alone')],
        'INVALID_INPUT',
        /Found 1 files in .*, expected two different pictures/,
      ],
      [
        ['copies', twice],
        'INVALID_INPUT',
        /Found 1 different pictures in .*, expected two different pictures/,
      ],
      [['labels', join(folder, 'nowhere')], 'NOT_FOUND', /Cannot evaluate .*nowhere.*name a folder/],
      [['copies', folder, '--space', 'cls'], 'INVALID_INPUT', /similar, copy, all/],
      [['copies', folder, '--model', 'no-such'], 'MODEL_UNAVAILABLE', /No model "no-such" is installed/],
      [['copies', folder, '--queries', '0'], 'INVALID_INPUT', /whole number above 0/],
      [['copies', folder, '--plot', 'copies.png'], 'INVALID_INPUT', /expected a name that ends in \.svg/],
      [['labels', folder, '--plot', join(folder, 'no', 'a.svg')], 'INVALID_INPUT', /its folder is not there/],
    ] as const) {
      await refusesWords(['eval', ...args], code, message);
    }
  });

  describe('as published', () => {
    const model = [
      '--model',
      installColorModel(join(home, 'models'), 'red', { cls: 'red', copy: null }).folder,
    ];
    const [train, test] = [join(home, 'train'), join(home, 'test')];

    before(async () => {
      const tens = Array.from({ length: 5 }, (_, i) => i * 10);
      await drawFlat(train, {
        ...Object.fromEntries(tens.map((r) => [`dark/${r}.png`, r])),
        ...Object.fromEntries(tens.map((r) => [`light/${r}.png`, 255 - r])),
      });
      await drawFlat(test, { 'dark/a.png': 3, 'light/b.png': 200 });
      await drawFlat(join(home, 'copydays'), { '200000.png': 100, '200001.png': 101, '200100.png': 250 });
    });

    it('knn: prints figures by number of neighbors, and draws them once', async () => {
      const words = ['eval', 'knn', train, test, ...model, '--plot', join(home, 'knn.svg')];
      const { stdout, stderr, exitCode } = await askEidetic(words, { cwd: home });
      assert.equal(exitCode, 0, stderr);
      const text = stdout.toString();
      assert.match(text, /^2 pictures of test, .* among 10 pictures of train; 2 classes\.$/m);
      assert.match(text, /^red +16 +similar +10 +1\.000 \(.* to 1\.000\) +1\.000/m);
      assert.match(readFileSync(join(home, 'knn.svg'), 'utf8'), /^<svg .*\n<title>Classes by/);
      await refusesWords(words, 'INVALID_INPUT', /knn\.svg is there already, and is not written over/);
    });

    it('retrieval: takes a ground truth from a file', async () => {
      const file = join(home, 'truth.json');
      const queries = [
        { image: 'dark/0.png', bbox: [0, 0, 10, 10], easy: ['dark/10.png'], hard: ['light/0.png'] },
      ];
      writeFileSync(file, JSON.stringify({ queries }));
      const words = ['eval', 'retrieval', train, '--ground-truth', file, ...model];
      const { stdout, stderr, exitCode } = await askEidetic(words, { cwd: home });
      assert.equal(exitCode, 0, stderr);
      const text = stdout.toString();
      assert.match(text, /^1 query looked for among 9 pictures of train, /m);
      assert.match(text, /^red +16 +similar +easy +1 +1\.000 +1\.000 +1\.000 +1\.000$/m);
      const absent = ['eval', 'retrieval', train, '--ground-truth', join(home, 'absent.json')];
      await refusesWords(absent, 'NOT_FOUND', /absent\.json cannot be read: it is not there/);
    });

    it('copydays: prints mAP by part, also as JSON', async () => {
      const words = ['eval', 'copydays', join(home, 'copydays'), ...model, '--distractors', test];
      const { stdout, stderr, exitCode } = await askEidetic(words, { cwd: home });
      assert.equal(exitCode, 0, stderr);
      assert.match(stdout.toString(), /^Copies of 2 originals, .* and 2 distractors of copydays, test\.$/m);
      assert.match(stdout.toString(), /^strong +1 +1\.000$/m);
      const json = await askEideticJson<Evaluation<{ byPart: object }>>([...words, '--json']);
      assert.deepEqual(Object.keys(json.contenders[0]?.byPart ?? {}), ['original', 'strong']);
    });
  });

  it('ends at Ctrl-C though a picture would take long, with nothing printed', async () => {
    const slow = join(home, 'slow');
    mkdirSync(slow);
    copyFileSync('test/fixtures/faults/slow.svg', join(slow, 'a.svg'));
    writeFileSync(join(slow, 'b.jpg'), 'no picture');
    const { exitCode, stdout, stderr } = await runEidetic(['eval', 'copies', slow], {
      onStart: (child) => stopWhenLooking(child),
    });
    assert.equal(exitCode, 130, stderr);
    assert.match(stderr, /eidetic: stopped\.$/m);
    assert.equal(stdout.length, 0);
  });
});

/** As Ctrl-C does, once it has said of a file that it failed. */
function stopWhenLooking(child: ChildProcess): void {
  child.stderr?.on('data', (text: Buffer) => {
    if (text.includes('failed: ')) {
      child.kill('SIGINT');
    }
  });
}
