import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isCutFile } from '../../src/imaging/cut-file.ts';
import { TURNED_HEIC } from '../support/turned-heic.ts';

/** A box of a HEIF file. */
function box(type: string, content: Uint8Array, size = content.length + 8): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(size);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}

const CODED = Buffer.alloc(10_000, 7);
const START = Buffer.concat([box('ftyp', Buffer.from('heic\0\0\0\0mif1')), box('meta', Buffer.alloc(40))]);

describe('cut files', () => {
  it('are HEIF files whose last box is not all there', () => {
    const whole = Buffer.concat([START, box('mdat', CODED)]);
    assert.equal(isCutFile(whole, 'heic'), false);
    assert.equal(isCutFile(whole.subarray(0, -1), 'heic'), true);
    assert.equal(isCutFile(whole.subarray(0, whole.length >> 1), 'avif'), true);
    assert.equal(isCutFile(TURNED_HEIC, 'heic'), false);
    assert.equal(isCutFile(TURNED_HEIC.subarray(0, -1), 'heic'), true);
  });

  it('are HEIF files whose coded pictures end in zeros, but not those with free space or something behind', () => {
    const zeros = Buffer.alloc(5_000);
    assert.equal(isCutFile(Buffer.concat([START, box('mdat', Buffer.concat([CODED, zeros]))]), 'heic'), true);
    const whole = Buffer.concat([START, box('mdat', CODED)]);
    assert.equal(isCutFile(Buffer.concat([whole, box('free', zeros)]), 'heic'), false);
    assert.equal(isCutFile(Buffer.concat([whole, zeros]), 'heic'), false);
    assert.equal(isCutFile(Buffer.concat([START, box('mdat', CODED, 0)]), 'heic'), false);
  });

  it('are told for any bytes', () => {
    for (const format of ['gif', 'webp', 'heic', 'avif', 'jpeg', 'tiff'] as const) {
      for (const length of [0, 1, 7, 8, 9, 15, 16, 40]) {
        assert.equal(typeof isCutFile(new Uint8Array(length).fill(0xff), format), 'boolean');
        assert.equal(typeof isCutFile(new Uint8Array(length), format), 'boolean');
      }
    }
  });
});
