import assert from 'node:assert/strict';
import { it } from 'node:test';
import { DEFAULT_PICTURE_LIMITS } from '../../src/domain/picture-limits.ts';
import { checkFile } from '../../src/imaging/picture-checks.ts';
import { sniffFormat } from '../../src/imaging/picture-format.ts';

function ascii(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

/** A little-endian TIFF whose first directory holds these tags, each with one long value. */
function tiff(tags: Readonly<Record<number, number>>): Uint8Array {
  const entries = Object.entries(tags);
  const bytes = Buffer.alloc(10 + entries.length * 12 + 4);
  bytes.write('II*\0\x08\0\0\0', 'latin1');
  bytes.writeUInt16LE(entries.length, 8);
  entries.forEach(([tag, value], i) => {
    bytes.writeUInt16LE(Number(tag), 10 + i * 12);
    bytes.writeUInt16LE(4, 12 + i * 12);
    bytes.writeUInt32LE(1, 14 + i * 12);
    bytes.writeUInt32LE(value, 18 + i * 12);
  });
  return bytes;
}

const SUPPORTED = [
  ['jpeg', ascii('\xff\xd8\xff\xe0')],
  ['png', ascii('\x89PNG\r\n\x1a\n')],
  ['webp', ascii('RIFF\0\0\0\0WEBPVP8 ')],
  ['gif', ascii('GIF89a')],
  ['avif', ascii('\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf')],
  ['heic', ascii('\0\0\0\x18ftypheic\0\0\0\0mif1heic')],
  ['tiff', tiff({ 256: 10, 257: 10 })],
  ['tiff', ascii('MM\0*\0\0\0\x08\0\0')],
  ['tiff', ascii('II+\0\x08\0\0\0\x10\0\0\0\0\0\0\0')],
  ['bmp', ascii('BM\x8a\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0')],
  ['ico', ascii('\0\0\x01\0\x03\0')],
  ['ico', ascii('\0\0\x02\0\x01\0')],
  ['svg', ascii('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  [
    'svg',
    ascii('\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a license -->\n<!DOCTYPE svg [<!ENTITY a "b">]>\n<svg>'),
  ],
] as const;

for (const [format, bytes] of SUPPORTED) {
  it(`knows ${format} by its first bytes: ${JSON.stringify(Buffer.from(bytes.subarray(0, 24)).toString('latin1'))}`, () => {
    assert.equal(sniffFormat(bytes), format);
  });
}

const UNSUPPORTED: readonly [RegExp, Uint8Array][] = [
  [/JPEG 2000/, ascii('\0\0\0\x0cjP  \r\n\x87\n')],
  [/JPEG XL/, ascii('\xff\x0a\xfa\x1f')],
  [/Netpbm/, ascii('P6\n10 10\n255\n')],
  [/PSD/, ascii('8BPS\0\x01')],
  [/a Targa picture.*convert it/, ascii(`\0\0\x02${'\0'.repeat(9)}\x10\0\x10\0\x18\0`)],
  [/a Targa picture/, ascii(`\0\x01\x09${'\0'.repeat(9)}\x10\0\x10\0\x08\0`)],
  [/a PCX picture/, ascii('\x0a\x05\x01\x08')],
  [/an Encapsulated PostScript picture.*convert it/, ascii('%!PS-Adobe-3.0 EPSF-3.0\n')],
  [/a PostScript document.*give a picture instead/, ascii('%!PS-Adobe-3.0\n')],
  [/an Enhanced Metafile/, ascii(`\x01\0\0\0${'\0'.repeat(36)} EMF`)],
  [/an X pixmap/, ascii('/* XPM */\nstatic char *a[] = {')],
  [/a DICOM picture/, ascii(`${'\0'.repeat(128)}DICM`)],
  [/an Office document or Thumbs.db.*give a picture instead/, ascii('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')],
  [/a .DS_Store/, ascii('\0\0\0\x01Bud1')],
  [/raw file \(Canon CR3\)/, ascii('\0\0\0\x18ftypcrx \0\0\0\x01crx isom')],
  [/raw file \(CR2/, ascii('II*\0\x10\0\0\0CR\x02\0')],
  [/raw file .*DNG/, tiff({ 254: 1, 330: 500, 50706: 1025 })],
  [/raw file .*NEF/, tiff({ 254: 1, 256: 160, 257: 120, 330: 500 })],
  [/raw file \(Fujifilm/, ascii('FUJIFILMCCD-RAW 0201')],
  [/a PDF document.*give a picture instead/, ascii('%PDF-1.7\n')],
  [/an MP4 video/, ascii('\0\0\0\x18ftypmp42\0\0\0\0mp42isom')],
  [/a QuickTime video/, ascii('\0\0\0\x14ftypqt  \0\0\0\0qt  ')],
  [/a ZIP archive/, ascii('PK\x03\x04\x14\0')],
  [/a web page/, ascii('<!DOCTYPE html><html><svg></svg></html>')],
  [/plain text/, ascii('BMW and other cars')],
  [/plain text/, Buffer.from('Lieber Käufer,\nvielen Dank für …')],
  [/plain text/, Buffer.from('\ufeffhello', 'utf16le')],
  [/a file of zeros/, new Uint8Array(4096)],
  [/an unknown kind of file .*01 02 03 04/, Uint8Array.of(1, 2, 3, 4, 5)],
  [/an unknown kind of file/, ascii('\x89PNG')],
];

for (const [words, bytes] of UNSUPPORTED) {
  it(`refuses what is no picture it reads by name: ${words.source}`, () => {
    assert.throws(() => checkFile(bytes, DEFAULT_PICTURE_LIMITS), {
      code: 'FORMAT_UNSUPPORTED',
      message: words,
    });
  });
}

it('reads a TIFF of several pages, although its first page may have directories below it', () => {
  assert.equal(sniffFormat(tiff({ 254: 2, 256: 10, 330: 500 })), 'tiff');
});

it('survives every length of a file that is cut short', () => {
  for (const [, bytes] of [...SUPPORTED, ...UNSUPPORTED]) {
    for (let length = 1; length < bytes.length; length++) {
      assert.doesNotThrow(() => sniffFormat(bytes.subarray(0, length)));
    }
  }
});
