import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { jsonPieces } from '../../src/cli/json-pieces.ts';

test('the pieces are the text of JSON.stringify', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.equal([...jsonPieces(value)].join(''), JSON.stringify(value, null, 2));
    }),
    { seed: 3, numRuns: 300 },
  );
});

test('what can be iterated is an array, and is iterated while it is written', () => {
  const made: number[] = [];
  function* numbers() {
    for (let n = 0; n < 3; n++) {
      made.push(n);
      yield n;
    }
  }
  const pieces = jsonPieces({ numbers: numbers(), none: new Set() });
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (made.length === 1) {
      assert.doesNotMatch(text, /1/, 'the second is not made before the first is written');
    }
  }
  assert.equal(text, JSON.stringify({ numbers: [0, 1, 2], none: [] }, null, 2));
});
