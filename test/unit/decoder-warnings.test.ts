import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { passDecoderWarning, tellsOfLostData, withoutLostData } from '../../src/imaging/decoder-warnings.ts';

describe('warnings of decoders', () => {
  it('tell of lost data, or of bad manners', () => {
    for (const said of [
      'VipsJpeg: Corrupt JPEG data: premature end of data segment',
      'VipsJpeg: premature end of JPEG image',
      'Corrupt JPEG data: bad Huffman code',
      'Corrupt JPEG data: found marker 0xd9 instead of RST1',
      'Corrupt JPEG data: 1214 extraneous bytes before marker 0xd0',
    ]) {
      assert.equal(tellsOfLostData(said), true, said);
    }
    for (const said of [
      'Corrupt JPEG data: 5 extraneous bytes before marker 0xda',
      'Corrupt JPEG data: 2 extraneous bytes before marker 0xd9',
      'exif: unknown data format',
      'Invalid SOS parameters for sequential JPEG',
    ]) {
      assert.equal(tellsOfLostData(said), false, said);
    }
  });

  it('end the work during which data was lost, and no other', async () => {
    const work = async (said: string) => {
      passDecoderWarning(said);
      return 'decoded';
    };
    assert.equal(await withoutLostData(() => work('unknown field')), 'decoded');
    await assert.rejects(
      withoutLostData(() => work('premature end of data segment\n')),
      { message: 'premature end of data segment' },
    );
    assert.equal(await withoutLostData(() => work('unknown field')), 'decoded');
  });
});
