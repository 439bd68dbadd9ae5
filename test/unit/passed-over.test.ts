import assert from 'node:assert/strict';
import { it } from 'node:test';
import { passedOverWords } from '../../src/cli/passed-over.ts';

it('names that were passed over are counted in words for one and for several', () => {
  const counts = {
    hidden: 1_200,
    'system folder': 1,
    'symbolic link': 2,
    'special file': 0,
    'seen already': 2,
  };
  assert.equal(
    passedOverWords(counts),
    '1,200 hidden, 1 system folder, 2 symbolic links, 2 reached by other paths before',
  );
  assert.equal(
    passedOverWords({ 'seen already': 1, excluded: undefined }),
    '1 reached by another path before',
  );
  assert.equal(passedOverWords({}), '');
});
