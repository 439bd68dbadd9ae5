import assert from 'node:assert/strict';
import { it } from 'node:test';
import { refuseFatal, refuseSlow, refuseUndecodable } from '../../src/imaging/decoding-refusal.ts';

it('says that a file was cut off, whatever the decoder calls it', () => {
  for (const said of [
    'VipsJpeg: premature end of JPEG image',
    'gifload_buffer: Unexpected end of GIF source data',
  ]) {
    const error = refuseUndecodable('jpeg', new Error(said));
    assert.equal(error.code, 'IMAGE_UNREADABLE');
    assert.match(error.message, /^This JPEG file ends before its picture does/);
  }
});

it('tells a kind it cannot decode from a damaged file', () => {
  const rare = refuseUndecodable(
    'tiff',
    new Error('tiff2vips: LZMA compression support is not configured\nagain'),
  );
  assert.equal(rare.code, 'FORMAT_UNSUPPORTED');
  assert.match(
    rare.message,
    /\(the decoder says "tiff2vips: LZMA compression support is not configured"\); convert/,
  );
  assert.equal(refuseUndecodable('tiff', new Error('tiff2vips: bad')).code, 'IMAGE_UNREADABLE');
});

it('keeps the decoder error as cause and quotes no more than a line of it', () => {
  const cause = new Error(`Input buffer has corrupt header: webp: ${'x'.repeat(500)}\nsecond line`);
  const error = refuseUndecodable('webp', cause);
  assert.equal(error.cause, cause);
  assert(error.message.length < 300);
  assert.doesNotMatch(error.message, /second|Input buffer/);
});

it('has a sentence for a decoder that says nothing', () => {
  const error = refuseUndecodable('png', new Error('Input buffer has corrupt header: '));
  assert.match(error.message, /^This PNG file is damaged and cannot be decoded; restore/);
});

it('says how long it waited', () => {
  assert.match(refuseSlow('svg', 1500).message, /SVG file was not decoded within 1.5 s/);
});

it('calls passing what more time or memory may mend, and nothing else', () => {
  const ofDecoder = (said: string) => refuseUndecodable('png', new Error(said));
  for (const error of [
    refuseSlow('jpeg', 1000),
    refuseFatal('heic'),
    ofDecoder('out of memory --- size == 512MB'),
    ofDecoder('VipsJpeg: Insufficient memory (case 4)'),
    refuseUndecodable('heic', new RangeError('Array buffer allocation failed')),
  ]) {
    assert.equal(error.code, 'IMAGE_UNREADABLE');
    assert.equal(error.details['isPassing'], true, error.message);
  }
  assert.match(ofDecoder('out of memory').message, /^Memory ran out while this PNG file was decoded/);
  for (const said of [
    'libspng read error',
    'insufficient data',
    'heif: Memory allocation error: Security limit exceeded: a box of 3 GB',
  ]) {
    assert.equal(ofDecoder(said).details['isPassing'], undefined, said);
  }
});
