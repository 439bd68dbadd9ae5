import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashImageData } from '../../src/imaging/image-data-hash.ts';
import { drawPicture } from '../support/draw-picture.ts';
import { changeByte, insertBytes } from '../support/edit-bytes.ts';
import { exifBlock } from '../support/exif-block.ts';
import { TURNED_HEIC } from '../support/turned-heic.ts';

const heic = Buffer.from(TURNED_HEIC);
const hashHeic = (file: Uint8Array) => hashImageData(file, 'heic');
const hashAvif = (file: Uint8Array) => hashImageData(file, 'avif');
const draw = () => drawPicture(1, { width: 64, height: 48 });
const avif = await draw().avif({ effort: 0 }).toBuffer();

function box(type: string, ...content: readonly (Uint8Array | string)[]): Buffer {
  const bytes = Buffer.concat(
    [`\0\0\0\0${type}`, ...content].map((piece) => Buffer.from(piece as string, 'latin1')),
  );
  bytes.writeUInt32BE(bytes.length, 0);
  return bytes;
}

/** Where the content of the first box of a type begins. */
function contentOf(file: Buffer, type: string): number {
  const at = file.indexOf(type);
  assert.notEqual(at, -1);
  return at + 4;
}

/** Where the HEIC file tells the place of its coded data: after version, sizes, count, and three numbers of item 1. */
const PLACE_OF_CODED = contentOf(heic, 'iloc') + 14;

/** The HEIC file with bytes before its coded data, whose place is told anew. */
function moveData(...before: readonly Uint8Array[]): Buffer {
  const moved = insertBytes(heic, heic.indexOf('mdat') - 4, ...before);
  moved.writeUInt32BE(heic.readUInt32BE(PLACE_OF_CODED) + Buffer.concat(before).length, PLACE_OF_CODED);
  return moved;
}

/** A HEIC file of a picture, an auxiliary one and, if given, one more item that points to one of them. Nothing decodes it. */
function file(
  primary: Uint8Array,
  more: { item: Uint8Array; data: Uint8Array; reference: string; to?: number } | null,
  auxiliary = 'urn:mpeg:hevc:2015:auxid:1',
) {
  const full = (version: number) => Buffer.from([version, 0, 0, 0]);
  const u16 = (...values: number[]) =>
    Buffer.concat(values.map((value) => Buffer.from([value >> 8, value & 255])));
  const u32 = (value: number) => u16(value >>> 16, value & 0xffff);
  const item = (id: number, type: string, ...rest: Uint8Array[]) =>
    box('infe', full(2), u16(id, 0), type, Uint8Array.of(0), ...rest);
  const make = (dataAt: number) => {
    const place = (id: number, at: number, bytes: Uint8Array) =>
      Buffer.concat([u16(id, 0, 1), u32(at), u32(bytes.length)]);
    const places = [place(1, dataAt, primary), place(2, dataAt + primary.length, Buffer.from('tile'))];
    const items = [item(1, 'hvc1'), item(2, 'hvc1')];
    const references: Buffer[] = [];
    if (more !== null) {
      items.push(Buffer.from(more.item));
      places.push(place(3, dataAt + primary.length + 4, more.data));
      references.push(box(more.reference, u16(3, 1, more.to ?? 1)));
    }
    return Buffer.concat([
      box('ftyp', 'heic\0\0\0\0mif1heic'),
      box(
        'meta',
        full(0),
        box('hdlr', full(0), '\0\0\0\0pict\0\0\0\0\0\0\0\0\0\0\0\0\0'),
        box('pitm', full(0), u16(1)),
        box('iinf', full(0), u16(items.length), ...items),
        box('iloc', full(0), Uint8Array.of(0x44, 0), u16(places.length), ...places),
        box(
          'iprp',
          box('ipco', box('ispe', full(0), u32(8), u32(8)), box('auxC', full(0), auxiliary, '\0')),
          box('ipma', full(0), u32(2), u16(1), Uint8Array.of(1, 1), u16(2), Uint8Array.of(1, 2)),
        ),
        ...(references.length > 0 ? [box('iref', full(0), ...references)] : []),
      ),
      box('mdat', primary, 'tile', more?.data ?? ''),
    ]);
  };
  return make(make(0).length - primary.length - 4 - (more?.data.length ?? 0));
}

const infe = (type: string, rest = '') =>
  box('infe', Uint8Array.of(2, 0, 0, 0, 0, 3, 0, 0), type, '\0', rest);
const XMP = infe('mime', 'application/rdf+xml\0');
const coded = Buffer.from('coded picture');

describe('the image data of a HEIC file', () => {
  it('has a hash of 64 digits', () => {
    assert.match(hashHeic(heic) ?? '', /^[0-9a-f]{64}$/);
  });

  it('is the same wherever the coded data lies', () => {
    assert.equal(hashHeic(moveData(box('free', 'some room'))), hashHeic(heic));
  });

  const looks: Record<string, () => Uint8Array> = {
    'one other byte of the coded picture': () => changeByte(heic, heic.length - 9),
    'another turn': () => changeByte(heic, contentOf(heic, 'irot'), 3),
    'another grid': () => changeByte(heic, contentOf(heic, 'idat') + 4, 16),
    'another size': () => changeByte(heic, contentOf(heic, 'ispe') + 11, 16),
    'another decoder configuration': () => changeByte(heic, contentOf(heic, 'hvcC') + 10),
    'another primary item': () => changeByte(heic, contentOf(heic, 'pitm') + 5, 3),
    'another reference': () => changeByte(heic, contentOf(heic, 'dimg') + 5, 3),
    'a box that is not known': () => moveData(box('abcd', 'x')),
    'bytes after its end': () => Buffer.concat([heic, Buffer.from('more')]),
  };
  for (const [what, make] of Object.entries(looks)) {
    it(`is another with ${what}`, () => {
      assert.match(hashHeic(make()) ?? '', /^[0-9a-f]{64}$/);
      assert.notEqual(hashHeic(make()), hashHeic(heic));
    });
  }

  const doubtful: Record<string, () => Uint8Array> = {
    'with an image sequence': () => moveData(box('moov', 'x')),
    'whose coded data is cut off': () => heic.subarray(0, -10),
    'whose primary item is not there': () => changeByte(heic, contentOf(heic, 'pitm') + 5, 5),
    'without items': () => box('ftyp', 'heic\0\0\0\0'),
  };
  for (const [what, make] of Object.entries(doubtful)) {
    it(`is not told of a file ${what}`, () => {
      assert.equal(hashHeic(make()), null);
    });
  }

  it('leaves out EXIF, whatever its orientation, and XMP', () => {
    const plain = hashHeic(file(coded, null));
    assert.match(plain ?? '', /^[0-9a-f]{64}$/);
    const exif = Buffer.concat([Buffer.alloc(4), exifBlock({ orientation: 6 })]);
    assert.equal(hashHeic(file(coded, { item: infe('Exif'), data: exif, reference: 'cdsc' })), plain);
    assert.equal(hashHeic(file(coded, { item: XMP, data: Buffer.from('<x/>'), reference: 'cdsc' })), plain);
    assert.equal(
      hashHeic(file(coded, { item: XMP, data: Buffer.alloc(0), reference: 'cdsc' })),
      plain,
      'deleted',
    );
  });

  it("counts Apple's note where there is a gain map of Apple's, and there alone", () => {
    const hash = (text: string, auxiliary?: string) => {
      const exif = exifBlock({ makerNote: Buffer.from(`Apple iOS\0 ${text}`) });
      const data = Buffer.concat([Buffer.alloc(4), exif]);
      return hashHeic(file(coded, { item: infe('Exif'), data, reference: 'cdsc' }, auxiliary));
    };
    const gainMap = 'urn:com:apple:photo:2020:aux:hdrgainmap';
    assert.match(hash('much', gainMap) ?? '', /^[0-9a-f]{64}$/);
    assert.notEqual(hash('much', gainMap), hash('less', gainMap));
    assert.equal(hash('much'), hash('less'));
  });

  it('counts XMP that tells how to show a picture, and further pictures', () => {
    const plain = hashHeic(file(coded, null));
    const gainMap = Buffer.from('HDRGainMap:HDRGainMapVersion="65536"');
    const others = [
      { item: XMP, data: gainMap, reference: 'cdsc' },
      { item: XMP, data: Buffer.from('<x/>'), reference: 'cdsc', to: 2 },
      { item: infe('mime', 'image/svg+xml\0'), data: Buffer.from('<svg/>'), reference: 'cdsc' },
      { item: infe('hvc1'), data: Buffer.from('alpha'), reference: 'auxl' },
      { item: infe('hvc1'), data: Buffer.from('other'), reference: 'auxl' },
    ].map((more) => hashHeic(file(coded, more)));
    assert.equal(new Set([plain, ...others]).size, 6);
    assert.ok(!others.includes(null));
  });
});

describe('the image data of an AVIF file', () => {
  const metadata: Record<string, () => Promise<Uint8Array>> = {
    EXIF: () =>
      draw()
        .withExif({ IFD0: { Artist: 'A. Nobody', Orientation: '6' } })
        .avif({ effort: 0 })
        .toBuffer(),
    XMP: () => draw().withXmp('<x:xmpmeta/>').avif({ effort: 0 }).toBuffer(),
  };
  for (const [what, make] of Object.entries(metadata)) {
    it(`is the same with ${what} that sharp writes`, async () => {
      const written = await make();
      assert.ok(written.length > avif.length);
      assert.match(hashAvif(avif) ?? '', /^[0-9a-f]{64}$/);
      assert.equal(hashAvif(written), hashAvif(avif));
    });
  }

  it('is another with another picture, and with transparency', async () => {
    const other = await drawPicture(2, { width: 64, height: 48 }).avif({ effort: 0 }).toBuffer();
    const half = await draw().ensureAlpha(0.5).avif({ effort: 0 }).toBuffer();
    assert.equal(new Set([avif, other, half].map(hashAvif)).size, 3);
  });
});
