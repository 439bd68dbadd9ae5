import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countsBeside, filesTogether } from '../../src/web/parts/file-counts.ts';
import { outcomeCounts } from '../../src/web/parts/outcome-counts.ts';
import { shellWord } from '../../src/web/parts/shell-word.ts';
import { de } from '../../src/web/texts/de.ts';
import { en } from '../../src/web/texts/en.ts';

const NONE = { files: 0, failures: 0, unsupported: 0, others: 0, failedSince: 0 };

describe('the library on the page', () => {
  it('counts each file once, though a file that failed keeps the picture it had', () => {
    const counts = { files: 10, failures: 3, unsupported: 2, others: 1, failedSince: 2 };
    assert.equal(filesTogether(counts), 14);
  });

  it('tells what lies in no folder, and never less than nothing', () => {
    const whole = { ...NONE, files: 10, failures: 1 };
    const folders = [
      { ...NONE, files: 4, failures: 2 },
      { ...NONE, files: 5 },
    ];
    assert.deepEqual(countsBeside(whole, folders), { ...NONE, files: 1 });
    assert.deepEqual(countsBeside(whole, []), whole);
  });

  it('puts paths on a command line as one word, whatever is in them', () => {
    assert.equal(shellWord('/home/ann/library-2'), '/home/ann/library-2');
    assert.equal(shellWord("/ann's $HOME; rm -rf ~"), `'/ann'\\''s $HOME; rm -rf ~'`);
  });

  it('tells what a stopped run did not come to, and no numbers of nothing', () => {
    const none = { indexed: 0, unchanged: 0, moved: 0, failed: 0, stillFailed: 0, unsupported: 0, others: 0 };
    const stopped = {
      ...none,
      found: 295,
      indexed: 114,
      unchanged: 169,
      stillFailed: 7,
      removed: 3,
      awayFiles: 0,
    };
    assert.deepEqual(outcomeCounts(stopped), [
      ['indexed', 114],
      ['unchanged', 169],
      ['stillFailed', 7],
      ['removed', 3],
      ['left', 5],
    ]);
    assert.deepEqual(outcomeCounts({ ...none, found: 0, removed: 0, awayFiles: 0 }), []);
  });

  it('has the same keys and reasons in every language', () => {
    assert.equal(de.keyboard.keys.length, en.keyboard.keys.length);
    assert.deepEqual(Object.keys(de.failures.codes), Object.keys(en.failures.codes));
  });
});
