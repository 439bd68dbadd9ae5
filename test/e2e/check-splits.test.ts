import assert from 'node:assert/strict';
import { copyFileSync, linkSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { before, describe, it } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { drawManyThings } from '../support/view-of.ts';

interface Pair {
  readonly relation: string;
  readonly certainty: number | null;
  readonly files: ReadonlyArray<{
    readonly path: string;
    readonly split: string;
    readonly label: string | null;
  }>;
}

interface Splits {
  readonly splits: ReadonlyArray<{ readonly name: string; readonly files: number; readonly labels: number }>;
  readonly leaks: readonly Pair[];
  readonly labelConflicts: readonly Pair[] | null;
  readonly possibleLeaks: readonly Pair[];
  readonly drop: readonly string[];
  readonly absentFiles: number;
  readonly expected: { readonly leastScore: number; readonly called: number } | null;
  readonly summary: Readonly<Record<string, number>>;
}

describe('eidetic check --splits', () => {
  const folder = temporaryFolder();
  const data = join(folder, 'data');
  const library = ['--library', join(folder, 'library')];
  const at = (path: string) => join(data, path);
  const splits = [`train=${at('train')}`, `val=${at('val')}`, `test=${at('test')}`];

  async function save(path: string, picture: Sharp): Promise<void> {
    mkdirSync(dirname(at(path)), { recursive: true });
    await picture.toFile(at(path));
  }

  before(async () => {
    const scene = await drawManyThings('scene').png().toBuffer();
    await save('train/cat/scene.jpg', sharp(scene).jpeg());
    await save('test/cat/scene small.jpg', sharp(scene).resize(300).jpeg({ quality: 60 }));
    await save('train/cat/1.jpg', drawNumbered(1).jpeg());
    await save('val/cat/1.jpg', drawNumbered(2).jpeg());
    copyFileSync(at('train/cat/1.jpg'), at('train/cat/1 again.jpg'));
    copyFileSync(at('train/cat/1.jpg'), at('val/cat/again.jpg'));
    copyFileSync(at('train/cat/1.jpg'), at('test/cat/again.jpg'));
    await save('test/dog/3.jpg', drawNumbered(3).jpeg());
    mkdirSync(at('train/dog'));
    linkSync(at('test/dog/3.jpg'), at('train/dog/linked.jpg'));
    await save('train/dog/4.png', drawNumbered(4).png());
    copyFileSync(at('train/dog/4.png'), at('train/cat/4.png'));
    await save('plain/train/5.png', drawNumbered(5).png());
    await save('plain/test/6.png', drawNumbered(6).png());
    await askEideticJson(['index', data, '--json', ...library]);
  });

  const check = (code: number, ...args: readonly string[]) =>
    askEideticJson<Splits>(['check', '--json', ...library, ...args], code);
  const told = (pairs: readonly Pair[]) =>
    pairs.map(({ files, relation }) => [...files.map(({ path }) => relative(data, path)), relation]);

  it('names every file that leaks, also a hard link, and what conflicts, also within one split', async () => {
    const checked = await check(11, '--splits', ...splits);
    assert.deepEqual(told(checked.leaks), [
      ['train/cat/1 again.jpg', 'test/cat/again.jpg', 'identical'],
      ['train/cat/1.jpg', 'test/cat/again.jpg', 'identical'],
      ['val/cat/again.jpg', 'test/cat/again.jpg', 'identical'],
      ['train/cat/scene.jpg', 'test/cat/scene small.jpg', 'copy'],
      ['train/dog/linked.jpg', 'test/dog/3.jpg', 'identical'],
      ['train/cat/1 again.jpg', 'val/cat/again.jpg', 'identical'],
      ['train/cat/1.jpg', 'val/cat/again.jpg', 'identical'],
    ]);
    assert.deepEqual(told(checked.labelConflicts ?? []), [
      ['train/cat/4.png', 'train/dog/4.png', 'identical'],
    ]);
    assert.deepEqual(
      checked.labelConflicts?.[0]?.files.map(({ split, label }) => [split, label]),
      [
        ['train', 'cat'],
        ['train', 'dog'],
      ],
    );
    assert.deepEqual(
      checked.splits.map(({ name, files, labels }) => [name, files, labels]),
      [
        ['train', 6, 2],
        ['val', 2, 1],
        ['test', 3, 2],
      ],
    );
  });

  it('finds what duplicates across finds', async () => {
    const { groups } = await askEideticJson<{
      groups: ReadonlyArray<{ pictures: ReadonlyArray<{ files: readonly string[] }> }>;
    }>(['duplicates', '--copies', '--json', ...library, '--across', at('train'), at('val'), at('test')]);
    const grouped = groups.flatMap(({ pictures }) => pictures.flatMap(({ files }) => files));
    const checked = await check(11, '--splits', ...splits);
    const leaking = new Set(checked.leaks.flatMap(({ files }) => files.map(({ path }) => path)));
    const linked = [at('train/dog/linked.jpg'), at('test/dog/3.jpg')]; // no duplicates: one file
    assert.deepEqual([...leaking].sort(), [...grouped, ...linked].sort());
  });

  it('writes a clean split where nothing is yet, whose first splits give way', async () => {
    const [list, report] = [join(folder, 'leaks.txt'), join(folder, 'report.xml')];
    const args = ['check', '--splits', ...splits, '--clean', list, ...library];
    const { exitCode, stdout } = await askEidetic([...args, '--junit', report], { cwd: data });
    assert.equal(exitCode, 11);
    const dropped = [
      ...['train/cat/1 again.jpg', 'train/cat/1.jpg', 'train/cat/scene.jpg'],
      ...['train/dog/linked.jpg', 'val/cat/again.jpg'],
    ];
    assert.equal(readFileSync(list, 'utf8'), dropped.map((path) => `${at(path)}\n`).join(''));
    const lines = stdout.toString().split('\n');
    assert.match(
      lines[0] ?? '',
      /^leak: train\/cat\/1 again\.jpg \(train\) and test\/cat\/again\.jpg \(test\): the same bytes$/,
    );
    assert.match(stdout.toString(), /^leak: .*scene small\.jpg \(test\): a copy, \d\d % certain$/m);
    assert.match(
      stdout.toString(),
      /^label conflict: train\/cat\/4\.png \(cat\) and train\/dog\/4\.png \(dog\)/m,
    );
    assert.match(stdout.toString(), /^7 leaks, 1 label conflict, 0 possible leaks\.\nWithout 5 files /m);
    const xml = readFileSync(report, 'utf8');
    assert.match(xml, /<testsuite name="eidetic check" tests="8" failures="8" errors="0" skipped="0">/);
    assert.match(xml, /<failure type="label-conflict" message="the same bytes of .*4\.png, in dog and cat"/);
    const again = await askEidetic(args);
    assert.equal(again.exitCode, 2);
    assert.match(again.stderr, /leaks\.txt is there already/);
    // What is dropped moves away: no leak is left.
    for (const path of dropped) {
      mkdirSync(dirname(join(folder, 'dropped', path)), { recursive: true });
      renameSync(at(path), join(folder, 'dropped', path));
    }
    const clean = await check(11, '--splits', ...splits);
    assert.deepEqual([clean.leaks, clean.drop], [[], []]);
    assert.equal(clean.labelConflicts?.length, 1);
    assert.equal(clean.absentFiles, dropped.length, 'they are named as left out');
    for (const path of dropped) {
      renameSync(join(folder, 'dropped', path), at(path));
    }
  });

  it('says that nothing leaks where nothing does, and that there are no labels', async () => {
    const args = ['--splits', `train=${at('plain/train')}`, `test=${at('plain/test')}`];
    const report = join(folder, 'clean.xml');
    const checked = await check(0, ...args, '--junit', report);
    assert.deepEqual([checked.leaks, checked.labelConflicts, checked.drop], [[], null, []]);
    assert.deepEqual(checked.summary, {
      ...{ leaks: 0, labelConflicts: 0, possibleLeaks: 0, drop: 0, leftOut: 0 },
    });
    assert.match(
      readFileSync(report, 'utf8'),
      /tests="1" failures="0".*name="train and test"><system-out>no leak/s,
    );
  });

  it('takes a split inside another for itself, and a split by its preset', async () => {
    const checked = await check(11, '--splits', `rest=${data}`, `test=${at('test')}`, '--preset', 'strict');
    assert.deepEqual(
      checked.splits.map(({ files }) => files),
      [10, 3],
    );
    assert.ok(checked.leaks.every(({ files: [a, b] }) => a?.split === 'rest' && b?.split === 'test'));
    assert.equal(checked.expected?.leastScore, 4);
    const certain = await check(11, '--splits', ...splits, '--max-false-pairs', '0');
    assert.ok(certain.leaks.every(({ relation }) => relation !== 'copy'));
    assert.equal(certain.expected?.called, 0);
  });

  it('refuses what is no question', async () => {
    const apart = join(folder, 'apart');
    mkdirSync(apart);
    writeFileSync(join(apart, 'new.jpg'), 'not indexed');
    mkdirSync(at('empty'));
    const wrong = async (code: number, words: RegExp, ...args: readonly string[]) => {
      const { exitCode, stdout, stderr } = await askEidetic(['check', ...args, ...library]);
      assert.deepEqual([exitCode, stdout.length], [code, 0], stderr);
      assert.match(stderr, words);
    };
    const [train = '', , test = ''] = splits;
    await wrong(4, /run "eidetic index" on it first/, '--splits', train, `test=${apart}`);
    await wrong(
      4,
      /has no picture in .*empty.*run "eidetic index"/,
      '--splits',
      train,
      `test=${at('empty')}`,
    );
    await wrong(2, /Found the split train alone/, '--splits', train);
    await wrong(2, /two splits called train/, '--splits', train, `train=${at('test')}`);
    await wrong(2, /Found .*train twice/, '--splits', train, `test=${at('train')}`);
    await wrong(2, /such as train=data\/train/, '--splits', train, at('test'));
    await wrong(2, /beside --splits/, at('val'), '--splits', train, test);
    await wrong(2, /--clean without --splits/, at('val'), '--clean', join(folder, 'none'));
    await wrong(2, /--null without --clean/, '--splits', train, test, '-0');
    await wrong(2, /nothing to check/);
    await wrong(2, /cannot be used with/, '--splits', train, test, '--new');
  });
});
