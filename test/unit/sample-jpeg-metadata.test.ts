import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addJpegComment, removeJpegExif } from '../../src/sample/jpeg-metadata.ts';

const START = 'ffd8';
const EXIF = 'ffe10006457869660000'.slice(0, 16);
const TABLE = 'ffdb0004aabb';
const SCAN = 'ffda000401020304ffe10099ffd9';

test('a comment is put first and the rest stays', () => {
  const commented = addJpegComment(Buffer.from(START + TABLE + SCAN, 'hex'), 'Hi');
  assert.equal(commented.toString('hex'), `${START}fffe00044869${TABLE}${SCAN}`);
});

test('EXIF segments are taken out before the scan and nothing in it', () => {
  const stripped = removeJpegExif(Buffer.from(START + EXIF + TABLE + EXIF + SCAN, 'hex'));
  assert.equal(stripped.toString('hex'), START + TABLE + SCAN);
});

test('bytes that are no JPEG are refused', () => {
  for (const change of [(bytes: Buffer) => addJpegComment(bytes, ''), removeJpegExif]) {
    assert.throws(() => change(Buffer.from('89504e47', 'hex')), { code: 'FORMAT_UNSUPPORTED' });
  }
});
