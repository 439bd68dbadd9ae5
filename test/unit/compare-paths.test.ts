import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { comparePaths } from '../../src/domain/compare-paths.ts';

it('comparePaths orders as the bytes of UTF-8 do', () => {
  const text = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(text, text, (a, b) => {
      assert.equal(Math.sign(comparePaths(a, b)), Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
    {
      examples: [
        ['\uFFEE', '\u{1F600}'],
        ['a', 'ab'],
      ],
    },
  );
});
