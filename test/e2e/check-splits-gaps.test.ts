import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { before, describe, it } from 'node:test';
import type { CheckedSplit } from '../../src/engine/check-splits.ts';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('eidetic check --splits of which not all can be compared', () => {
  const folder = temporaryFolder();
  const data = join(folder, 'data');
  const library = ['--library', join(folder, 'library')];
  const at = (path: string) => join(data, path);
  const words = ['check', '--splits', `train=${at('train')}`, `test=${at('test')}`, ...library];
  const check = (code: number) =>
    askEideticJson<{ splits: CheckedSplit[]; summary: { leftOut: number } }>([...words, '--json'], code);
  const draw = (n: number, path: string) => drawNumbered(n).jpeg().toFile(at(path));

  before(async () => {
    for (const name of ['train/cat', 'train/.cache', 'test/cat']) mkdirSync(at(name), { recursive: true });
    await draw(1, 'train/cat/1.jpg');
    await draw(2, 'train/cat/dropped.tmp.jpg');
    await draw(3, 'test/cat/3.jpg');
    await draw(4, 'train/.cache/4.jpg');
    writeFileSync(at('train/cat/broken.jpg'), 'no picture');
    writeFileSync(at('train/labels.txt'), 'cat');
    symlinkSync(at('train/cat/1.jpg'), at('test/cat/linked.jpg'));
    const args = ['index', data, '--exclude', '*.tmp.jpg', '--json', ...library];
    await askEideticJson(args, 1);
    await draw(5, 'test/cat/came later.jpg');
  });

  it('names what was left out, why, and in which split', async () => {
    const { splits, summary } = await check(1);
    const told = splits.map(({ files, leftOut: { gaps, passedOver, others, counts } }) => [
      files,
      gaps.map(({ path, why, code }) => [relative(data, path), why, code]),
      ...[passedOver, others, counts.failed],
    ]);
    assert.deepEqual(told, [
      [1, [['train/cat/broken.jpg', 'failed', 'IMAGE_UNREADABLE']], { hidden: 1, excluded: 1 }, 1, 1],
      [
        1,
        [
          ['test/cat/linked.jpg', 'link', null],
          ['test/cat/came later.jpg', 'not-indexed', null],
        ],
        ...[{}, 0, 0],
      ],
    ]);
    assert.equal(summary.leftOut, 3);
  });

  it('tells it to people and to machines, and that a clean list is not about it', async () => {
    const [list, report] = [join(folder, 'leaks.txt'), join(folder, 'report.xml')];
    const { exitCode, stdout, stderr } = await askEidetic([...words, '--clean', list, '--junit', report]);
    const text = stdout.toString();
    assert.equal(exitCode, 1, stderr);
    assert.match(text, /^left out: .*broken\.jpg \(train\): IMAGE_UNREADABLE: The name ends in \.jpg, but/m);
    assert.match(text, /^left out: .*came later\.jpg \(test\): the library does not know it; run/m);
    assert.match(text, /^left out: .*linked\.jpg \(test\): a symbolic link that was not followed/m);
    assert.match(
      text,
      /^train: .*, 1 file, 1 label; left out: 1 not readable; passed over: 1 hidden, 1 excluded; no pictures: 1 file$/m,
    );
    assert.match(text, /^test: .*, 1 file, 1 label; left out: 1 not indexed, 1 by symbolic links$/m);
    assert.match(stderr, /^Wrote .*leaks\.txt: 0 files; it says nothing of 3 files that could not be comp/m);
    const xml = readFileSync(report, 'utf8');
    assert.match(xml, /tests="4" failures="0" errors="1" skipped="2"/);
    assert.match(xml, /name=".*broken\.jpg"><error type="IMAGE_UNREADABLE"/);
  });

  it('ends with 9 where nothing failed, and when a split is not there', async () => {
    rmSync(at('train/cat/broken.jpg'));
    const left = await check(9);
    assert.equal(left.summary.leftOut, 2);
    renameSync(at('test'), at('elsewhere'));
    const { splits } = await check(9);
    assert.deepEqual(splits[1]?.leftOut.gaps[0], {
      ...{ path: at('test'), why: 'unlisted', code: null, message: 'it is not there' },
    });
    renameSync(at('elsewhere'), at('test'));
  });
});
