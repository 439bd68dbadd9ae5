import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readableBytes } from '../../src/domain/readable-bytes.ts';

describe('readableBytes', () => {
  it('gives text as it is, and what is none as the digits of its bytes', () => {
    const bytes = Buffer.concat([
      Buffer.from('/r/é\u{1f600}'),
      Buffer.from([0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80]),
    ]);
    assert.equal(readableBytes(bytes), '/r/é\u{1f600}\\xff\\xc3(\\xed\\xa0\\x80');
  });

  it('never gives the same for two names', () => {
    const name = fc.array(fc.constantFrom(0x5c, 0x78, 0x66, 0xff, 0xc3, 0xa9, 0x5f), { maxLength: 6 });
    fc.assert(
      fc.property(name, name, (a, b) => {
        const isSame = a.join() === b.join();
        assert.equal(readableBytes(Uint8Array.from(a)) === readableBytes(Uint8Array.from(b)), isSame);
      }),
    );
    assert.notEqual(readableBytes(Buffer.from('\\xff')), readableBytes(Uint8Array.of(0xff)));
  });
});
