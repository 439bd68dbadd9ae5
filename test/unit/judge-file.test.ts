import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judgeFile } from '../../src/imaging/judge-file.ts';

const ascii = (text: string) => Buffer.from(text, 'latin1');

const JPEG = ascii('\xff\xd8\xff\xe0\0\x10JFIF');
const HTML = ascii('<!DOCTYPE html><html><body>404</body></html>');
const TEXT = ascii('{"title": "IMG_1.jpg"}');
const XMP = ascii('<?xpacket begin="" id="W5M0"?><x:xmpmeta xmlns:x="adobe:ns:meta/"></x:xmpmeta>');
const MOVIE = ascii('\0\0\0\x14ftypqt  \0\0\0\0qt  ');
const PSD = ascii('8BPS\0\x01');
const CR2 = ascii('II*\0\x10\0\0\0CR\x02\0');
const THUMBS = ascii('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1');
const APPLE_DOUBLE = ascii('\0\x05\x16\x07\0\x02\0\0');
const ZIP = ascii('PK\x03\x04\x14\0');
const UNKNOWN = Uint8Array.of(1, 2, 3, 4, 5);
const ZEROS = new Uint8Array(4096);
const NONE = new Uint8Array(0);
const TARGA = ascii(`\0\0\x02${'\0'.repeat(9)}\x10\0\x10\0\x18\0`);

const OTHERS: ReadonlyArray<readonly [name: string, bytes: Uint8Array]> = [
  ['IMG_1.xmp', XMP],
  ['IMG_1.jpg.json', TEXT],
  ['IMG_1.JPG.supplemental-metadata.json', TEXT],
  ['IMG_1.AAE', ascii('<?xml version="1.0"?><!DOCTYPE plist><plist version="1.0">')],
  ['IMG_1.MOV', MOVIE],
  ['old.mov', ascii('\0\0\0\x08wide\0\0\0\0mdat')],
  ['a.mp4', ascii('\0\0\0\x18ftypmp42\0\0\0\0mp42isom')],
  ['Thumbs.db', THUMBS],
  ['desktop.ini', TEXT],
  ['.DS_Store', ascii('\0\0\0\x01Bud1')],
  ['._IMG_1.jpg', APPLE_DOUBLE],
  ['scan.pdf', ascii('%PDF-1.7\n')],
  ['page.html', HTML],
  ['photos.zip', ZIP],
  ['catalog.lrcat', ascii('SQLite format 3\0')],
  ['.nomedia', NONE],
  ['empty', NONE],
  ['notes', TEXT],
  ['cache.dat', UNKNOWN],
  ['movie', MOVIE],
  ['zeros', ZEROS],
  // Chance: so few bytes tell these formats.
  ['model.bin', TARGA],
  ['table.dat', ascii('\x0a\x05\x01\x08\xff\xfe')],
];

const UNSUPPORTED: ReadonlyArray<readonly [name: string, bytes: Uint8Array, words: RegExp]> = [
  ['a.psd', PSD, /Photoshop.*convert it/],
  ['a.CR2', CR2, /camera raw/],
  ['a.NEF', ascii('II*\0\x08\0\0\0\0\0'), /ends in \.nef, a format of pictures that Eidetic does not read/],
  ['layers', PSD, /Photoshop/],
  ['really a psd.jpg', PSD, /Photoshop/],
  ['a.tga', TARGA, /Targa/],
  ['nameless', TARGA, /Targa/],
  ['a.kdc', UNKNOWN, /name ends in \.kdc.*does not read.*convert it/],
  ['a.procreate', ZIP, /name ends in \.procreate/],
  ['a.ai', ascii('%PDF-1.5'), /name ends in \.ai/],
  ['a.ora', ascii(`PK\x03\x04${'\0'.repeat(26)}mimetypeimage/openraster`), /OpenRaster/],
];

const BROKEN: ReadonlyArray<readonly [name: string, bytes: Uint8Array, words: RegExp]> = [
  ['a.jpg', HTML, /name ends in \.jpg, but the file holds no picture: found a web page \(HTML\); restore/],
  ['a.JPEG', MOVIE, /QuickTime video/],
  ['a.png', ZEROS, /zeros/],
  ['a.heic', UNKNOWN, /unknown kind of file/],
  ['a.jpg', NONE, /^The file is empty, expected a picture/],
  ['a.nef', NONE, /^The file is empty/],
  ['a.dng', HTML, /web page/],
  ['a.cr2', ZEROS, /zeros/],
  ['a.webp', ZIP, /ZIP archive/],
];

describe('judging a file by its start and name', () => {
  for (const [name, bytes] of OTHERS) {
    it(`takes ${name} for another file, no failure`, () => {
      const verdict = judgeFile({ path: `/x/${name}`, bytes, wasPicture: false });
      assert.equal(verdict?.code, 'NOT_A_PICTURE');
      assert.match(verdict?.message ?? '', /^Found an? .*|^Found plain text/);
    });
  }

  for (const [name, bytes, words] of UNSUPPORTED) {
    it(`takes ${name} for a picture that is not read`, () => {
      const verdict = judgeFile({ path: `/x/${name}`, bytes, wasPicture: false });
      assert.equal(verdict?.code, 'FORMAT_UNSUPPORTED');
      assert.match(verdict?.message ?? '', words);
    });
  }

  for (const [name, bytes, words] of BROKEN) {
    it(`takes ${name} for a failure when its bytes are of no picture: ${words.source}`, () => {
      const verdict = judgeFile({ path: `/x/${name}`, bytes, wasPicture: false });
      assert.equal(verdict?.code, 'IMAGE_UNREADABLE');
      assert.match(verdict?.message ?? '', words);
    });
  }

  it('reads what has the bytes of a picture, whatever it is called', () => {
    for (const name of ['a.jpg', 'a.txt', 'a', 'a.mov', '.hidden', 'a.psd']) {
      assert.equal(judgeFile({ path: name, bytes: JPEG, wasPicture: false }), null);
    }
  });

  it('takes a file for a failure that held a picture before and holds none now', () => {
    const verdict = judgeFile({ path: '/x/scan', bytes: TEXT, wasPicture: true });
    assert.equal(verdict?.code, 'IMAGE_UNREADABLE');
    assert.match(
      verdict?.message ?? '',
      /held a picture when it was last read, and holds none now: found plain/,
    );
  });
});
