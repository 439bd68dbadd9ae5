import assert from 'node:assert/strict';
import { it } from 'node:test';
import { drawPicture } from '../support/draw-picture.ts';
import { prepareOne } from '../support/prepare-one.ts';
import { refuses } from '../support/refuses.ts';

const COMPRESSION = 259;
const PHOTOMETRIC = 262;

/** A plain TIFF in which a tag of the first directory has another value. */
async function withTag(tag: number, value: number): Promise<Uint8Array> {
  const tiff = await drawPicture(1).tiff({ compression: 'none' }).toBuffer();
  const directory = tiff.readUInt32LE(4);
  for (let n = 0; n < tiff.readUInt16LE(directory); n++) {
    const at = directory + 2 + n * 12;
    if (tiff.readUInt16LE(at) === tag) {
      tiff.writeUInt16LE(value, at + 8);
      return tiff;
    }
  }
  assert.fail(`the TIFF has no tag ${tag}`);
}

/** Gray numbers of one kind, 8 x 8 of them, all 0. */
function ofNumbers(bits: number, sampleFormat: number): Uint8Array {
  const tags = [
    [256, 8],
    [257, 8],
    [258, bits],
    [COMPRESSION, 1],
    [PHOTOMETRIC, 1],
    [273, 256],
    [277, 1],
    [278, 8],
    [279, bits * 8],
    [339, sampleFormat],
  ] as const;
  const tiff = Buffer.alloc(256 + bits * 8);
  tiff.write('II*\0\x08\0\0\0', 'latin1');
  tiff.writeUInt16LE(tags.length, 8);
  tags.forEach(([tag, value], i) => {
    tiff.writeUInt16LE(tag, 10 + i * 12);
    tiff.writeUInt16LE(4, 12 + i * 12);
    tiff.writeUInt32LE(1, 14 + i * 12);
    tiff.writeUInt32LE(value, 18 + i * 12);
  });
  return tiff;
}

const RARE: Readonly<Record<string, Uint8Array | Promise<Uint8Array>>> = {
  'floating-point numbers of 64 bits': ofNumbers(64, 3),
  'whole numbers of 64 bits': ofNumbers(64, 1),
  'complex numbers of 64 bits': ofNumbers(64, 6),
  'complex numbers of 32 bits': ofNumbers(32, 5),
  '12 bits': ofNumbers(12, 1),
  '24 bits': ofNumbers(24, 1),
  'old-style JPEG compression': withTag(COMPRESSION, 6),
  'NeXT compression': withTag(COMPRESSION, 32766),
  'ThunderScan compression': withTag(COMPRESSION, 32809),
  'JPEG 2000 compression': withTag(COMPRESSION, 34712),
  'LERC compression': withTag(COMPRESSION, 34887),
  'JPEG XL compression': withTag(COMPRESSION, 50002),
  'a compression that nobody knows': withTag(COMPRESSION, 60123),
  'SGI LogLuv compression': withTag(COMPRESSION, 34676),
  'a color filter array': withTag(PHOTOMETRIC, 32803),
  'LogL numbers': withTag(PHOTOMETRIC, 32844),
  'LogLuv numbers': withTag(PHOTOMETRIC, 32845),
};

for (const [name, file] of Object.entries(RARE)) {
  it(`does not call a TIFF of ${name} damaged: it is of a kind that is not decoded`, async () => {
    await refuses(prepareOne(await file), 'FORMAT_UNSUPPORTED', /TIFF file is of a kind.*convert it to PNG/);
  });
}

it('reads the kinds of numbers that are beside those', async () => {
  for (const [bits, sampleFormat] of [
    [8, 1],
    [16, 1],
    [32, 1],
    [32, 3],
  ] as const) {
    assert.equal((await prepareOne(ofNumbers(bits, sampleFormat))).facts.bitDepth, bits);
  }
});
