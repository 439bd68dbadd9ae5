import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AskedFiles, joinSpreads, NO_SPREAD } from '../../src/duplicates/asked-files.ts';
import { type ReportQuestion, WHOLE_LIBRARY } from '../../src/duplicates/report-question.ts';
import { reportedPicture } from '../support/reported-picture.ts';

type Named = Partial<Record<keyof ReportQuestion, readonly string[]>>;

function questionOf(named: Named): ReportQuestion {
  const places = Object.entries(named).map(([name, paths]) => [
    name,
    paths.map((path) => ({ name: path, paths: [path] })),
  ]);
  return { ...WHOLE_LIBRARY, ...Object.fromEntries(places) };
}

/** The files of a picture that are asked about, and whether they are an answer when there are several. */
function answerOf(named: Named, paths: readonly string[]): readonly [files: readonly string[], boolean] {
  const asked = new AskedFiles(questionOf(named));
  const files = asked.trim(reportedPicture(1, paths))?.files.map(({ path }) => path) ?? [];
  const spread = files.map((path) => asked.spreadOf(path)).reduce(joinSpreads, NO_SPREAD);
  return [files, asked.isAnswer(spread)];
}

const [A, A2, B, OUT] = ['/a/1.jpg', '/a/deep/2.jpg', '/b/1.jpg', '/out/1.jpg'];

describe('files that a question is about', () => {
  it('are all without places, and any answer', () => {
    assert.deepEqual(answerOf({}, [A, OUT]), [[A, OUT], true]);
    assert.ok(new AskedFiles(WHOLE_LIBRARY).areAll);
    assert.deepEqual(new AskedFiles(WHOLE_LIBRARY).filter, {});
  });

  it('answer across folders when two of these have some, wherever else they lie', () => {
    const across = { across: ['/a', '/b'] };
    const table: ReadonlyArray<readonly [files: readonly string[], asked: readonly string[], boolean]> = [
      [[A], [A], false],
      [[B], [B], false],
      [[A, A2], [A, A2], false],
      [[OUT], [], false],
      [[A, OUT], [A], false],
      [[A, B], [A, B], true],
      [[A, A2, B], [A, A2, B], true],
      [[A, B, OUT], [A, B], true],
    ];
    for (const [files, asked, isAnswer] of table) {
      assert.deepEqual(answerOf(across, files), [asked, isAnswer], files.join(' '));
    }
    assert.deepEqual(answerOf({ across: ['/a', '/b', '/out'] }, [B, OUT]), [[B, OUT], true]);
  });

  it('belong to the deepest of the folders that they lie in', () => {
    const across = { across: ['/a', '/a/deep'] };
    assert.deepEqual(answerOf(across, [A, '/a/3.jpg']), [[A, '/a/3.jpg'], false]);
    assert.deepEqual(answerOf(across, [A2, '/a/deep/er/3.jpg'])[1], false);
    assert.deepEqual(answerOf(across, [A, A2])[1], true);
  });

  it('are those within a folder, and not those of one whose name begins alike', () => {
    const within = { within: ['/a'] };
    assert.deepEqual(answerOf(within, [A, '/ab/1.jpg', '/a', OUT]), [[A, '/a'], true]);
    assert.deepEqual(answerOf({ within: ['/'] }, [A, OUT]), [[A, OUT], true]);
  });

  it('are no answer when all lie in a reference', () => {
    const reference = { reference: ['/a'] };
    const table: ReadonlyArray<readonly [files: readonly string[], boolean]> = [
      [[A], false],
      [[A, A2], false],
      [[A, OUT], true],
      [[OUT, B], true],
    ];
    for (const [files, isAnswer] of table) {
      assert.deepEqual(answerOf(reference, files), [files, isAnswer], files.join(' '));
    }
    const both = { across: ['/a', '/b'], reference: ['/b'] };
    assert.equal(answerOf(both, [B, '/b/2.jpg'])[1], false);
    assert.equal(answerOf(both, [A, A2])[1], false);
    assert.equal(answerOf(both, [A, B])[1], true);
    const nested = { across: ['/a', '/a/deep'], reference: ['/a/deep'] };
    assert.equal(answerOf(nested, [A, A2])[1], true);
  });
});
