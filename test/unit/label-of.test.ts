import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AskedFiles, joinSpreads } from '../../src/duplicates/asked-files.ts';
import { labelOf } from '../../src/duplicates/label-of.ts';

const folders = ['/data/train', '/data', '/data/test/'];

describe('the label of a file', () => {
  it('is the folder in its split, however deep it lies', () => {
    assert.equal(labelOf('/data/train/cat/1.jpg', folders), 'cat');
    assert.equal(labelOf('/data/train/cat/young/1.jpg', folders), 'cat');
    assert.equal(labelOf('/data/test/dog/1.jpg', folders), 'dog');
    assert.equal(labelOf('/data/other/1.jpg', folders), 'other');
  });

  it('is none in the split itself, and elsewhere', () => {
    assert.equal(labelOf('/data/train/1.jpg', folders), null);
    assert.equal(labelOf('/elsewhere/cat/1.jpg', folders), null);
    assert.equal(labelOf('/data/train', ['/data/train']), null);
  });

  it('is what a question about labels asks for', () => {
    const asked = new AskedFiles({
      ...{ across: [], within: [], reference: [] },
      labelled: [{ name: 'train', paths: ['/data/train'] }],
    });
    const spread = (...names: string[]) =>
      names.map((name) => asked.spreadOf(`/data/train/${name}`)).reduce(joinSpreads);
    assert.equal(asked.takesAnyPair, false);
    assert.equal(asked.isAnswer(spread('cat/1.jpg', 'dog/1.jpg')), true);
    assert.equal(asked.isAnswer(spread('cat/1.jpg', 'cat/2.jpg')), false);
    assert.equal(
      asked.isAnswer(spread('cat/1.jpg', '1.jpg')),
      false,
      'a file without a label conflicts with none',
    );
  });
});
