import { EideticError } from '../domain/errors.ts';
import { hasAscii, hasBytes, readAscii } from './byte-signature.ts';
import { listFileBrands } from './file-brands.ts';

/** What a file is that is not read. */
export interface FileKind {
  /** With its article, for a sentence. */
  readonly name: string;
  /** `container`: what pictures of some formats are made of too; `unknown`: its bytes tell nothing. */
  readonly nature: 'picture' | 'container' | 'other' | 'unknown';
  /** Whether so few bytes tell it that they may be chance. */
  readonly isGuess: boolean;
}

type Signature = readonly [name: string, offset: number, ascii: string];

const PICTURES: readonly Signature[] = [
  ['a JPEG 2000 picture', 0, '\0\0\0\x0cjP  '],
  ['a JPEG 2000 codestream', 0, '\xff\x4f\xff\x51'],
  ['a JPEG XL picture', 0, '\xff\x0a'],
  ['a JPEG XL picture', 0, '\0\0\0\x0cJXL '],
  ['a JPEG XR picture', 0, 'II\xbc'],
  ['a Photoshop document (PSD)', 0, '8BPS'],
  ['a GIMP picture (XCF)', 0, 'gimp xcf'],
  ['an Apple icon (ICNS)', 0, 'icns'],
  ['an OpenEXR picture', 0, '\x76\x2f\x31\x01'],
  ['a Radiance HDR picture', 0, '#?RADIANCE'],
  ['a DirectDraw texture (DDS)', 0, 'DDS '],
  ['a QOI picture', 0, 'qoif'],
  ['a FITS picture', 0, 'SIMPLE  ='],
  ['a DjVu document', 0, 'AT&TFORM'],
  ['an animation (MNG)', 0, '\x8aMNG'],
  ['a Paint Shop Pro picture', 0, 'Paint Shop Pro Image'],
  ['an Affinity document', 0, '\0\xffKA'],
  ['a Clip Studio picture', 0, 'CSFCHUNK'],
  ['an Encapsulated PostScript picture (EPS)', 0, '\xc5\xd0\xd3\xc6'],
  ['an Encapsulated PostScript picture (EPS)', 15, 'EPSF'],
  ['a Windows Metafile (WMF)', 0, '\xd7\xcd\xc6\x9a'],
  ['an Enhanced Metafile (EMF)', 40, ' EMF'],
  ['an Amiga picture (ILBM)', 8, 'ILBM'],
  ['an SGI picture', 0, '\x01\xda'],
  ['a Sun raster picture', 0, '\x59\xa6\x6a\x95'],
  ['a PCX picture', 0, '\x0a\x05\x01'],
  ['an X pixmap (XPM)', 0, '/* XPM */'],
  ['a JBIG2 picture', 0, '\x97JB2'],
  ['a FLIF picture', 0, 'FLIF'],
  ['a BPG picture', 0, 'BPG\xfb'],
  ['a farbfeld picture', 0, 'farbfeld'],
  ['a texture (KTX)', 0, '\xabKTX '],
  ['an OpenRaster picture', 30, 'mimetypeimage/openraster'],
  ['a Krita picture', 30, 'mimetypeapplication/x-krita'],
  ['a DICOM picture', 128, 'DICM'],
  ['a Photo CD picture', 2048, 'PCD_IPI'],
  ['a camera raw file (Fujifilm RAF)', 0, 'FUJIFILMCCD-RAW'],
  ['a camera raw file (Panasonic RW2)', 0, 'IIU\0'],
  ['a camera raw file (Olympus ORF)', 0, 'IIRO'],
  ['a camera raw file (Olympus ORF)', 0, 'IIRS'],
  ['a camera raw file (Olympus ORF)', 0, 'MMOR'],
  ['a camera raw file (Canon CRW)', 6, 'HEAPCCDR'],
  ['a camera raw file (Sigma X3F)', 0, 'FOVb'],
  ['a camera raw file (Minolta MRW)', 0, '\0MRM'],
  // TIFF is read; what starts like one and is still refused is a raw file.
  ['a camera raw file (CR2, DNG, NEF, ARW or alike)', 0, 'II*\0'],
  ['a camera raw file (CR2, DNG, NEF, ARW or alike)', 0, 'MM\0*'],
];

const OTHERS: readonly Signature[] = [
  ['a PDF document', 0, '%PDF'],
  ['a PostScript document', 0, '%!PS'],
  ['an AVI video', 8, 'AVI '],
  ['a WAV recording', 8, 'WAVE'],
  ['a Matroska or WebM video', 0, '\x1a\x45\xdf\xa3'],
  ['an MPEG video', 0, '\0\0\x01\xba'],
  ['an MP3 recording', 0, 'ID3'],
  ['an Ogg recording', 0, 'OggS'],
  ['a Windows Media file', 0, '\x30\x26\xb2\x75'],
  ['a Flash video', 0, 'FLV\x01'],
  ['a FLAC recording', 0, 'fLaC'],
  ['a QuickTime video', 4, 'moov'],
  ['a QuickTime video', 4, 'wide'],
  ['a QuickTime video', 4, 'skip'],
  ['a QuickTime video', 4, 'free'],
  ['a QuickTime video', 4, 'mdat'],
  ['a ZIP archive (or an Office document)', 0, 'PK\x03\x04'],
  ['a gzip archive', 0, '\x1f\x8b'],
  ['a 7z archive', 0, '7z\xbc\xaf\x27\x1c'],
  ['a RAR archive', 0, 'Rar!\x1a\x07'],
  ['an xz archive', 0, '\xfd7zXZ'],
  ['a bzip2 archive', 0, 'BZh'],
  ['a Zstandard archive', 0, '\x28\xb5\x2f\xfd'],
  ['a tar archive', 257, 'ustar'],
  ['an Office document or Thumbs.db', 0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['a .DS_Store (macOS notes about a folder)', 4, 'Bud1'],
  ['a property list', 0, 'bplist'],
  ['a Windows shortcut', 0, 'L\0\0\0\x01\x14\x02\0'],
  ['a program', 0, 'MZ\x90\0'],
  ['a program', 0, '\x7fELF'],
  ['a font', 0, '\0\x01\0\0'],
  ['a font', 0, 'OTTO'],
  ['a font', 0, 'wOF'],
  ['an SQLite database', 0, 'SQLite format 3\0'],
  ['an AppleDouble file (macOS notes about another file)', 0, '\0\x05\x16\x07'],
];

/** Documents that drawings are saved as, and archives that layered pictures are. */
const CONTAINERS = new Set([
  '%PDF',
  '%!PS',
  'PK\x03\x04',
  '\x1f\x8b',
  '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
  'SQLite format 3\0',
]);

/** So many bytes are no chance. */
const SURE_BYTES = 4;

const TEXT_SAMPLE_BYTES = 512;
const TARGA_HEADER_BYTES = 18;

/**
 * The refusal of a file that {@link sniffFormat} does not know. It names what the file is, as far as its first
 * bytes tell, and what to do.
 * @param bytes a file from its start, not empty
 */
export function refuseUnsupported(bytes: Uint8Array): EideticError {
  const kind = nameKind(bytes);
  const remedy =
    kind.nature === 'picture' ? 'convert it to PNG or JPEG to have it included' : 'give a picture instead';
  return new EideticError(
    'FORMAT_UNSUPPORTED',
    `Found ${kind.name}, expected a JPEG, PNG, WebP, GIF, AVIF, HEIC, TIFF, SVG, BMP or ICO picture; ${remedy}.`,
  );
}

/**
 * What a file is that {@link sniffFormat} does not know, as far as its first bytes tell.
 * @param bytes a file from its start, not empty
 */
export function nameKind(bytes: Uint8Array): FileKind {
  const picture = PICTURES.find(([, offset, ascii]) => hasAscii(bytes, offset, ascii));
  if (picture !== undefined) {
    return pictureKind(picture[0], picture[2].length < SURE_BYTES);
  }
  const other = OTHERS.find(([, offset, ascii]) => hasAscii(bytes, offset, ascii));
  if (other !== undefined) {
    return { name: other[0], nature: CONTAINERS.has(other[2]) ? 'container' : 'other', isGuess: false };
  }
  return nameMediaFile(bytes) ?? nameNetpbm(bytes) ?? nameTarga(bytes) ?? nameText(bytes);
}

function pictureKind(name: string, isGuess = false): FileKind {
  return { name, nature: 'picture', isGuess };
}

function otherKind(name: string): FileKind {
  return { name, nature: 'other', isGuess: false };
}

/** MP4, QuickTime and others that share a container with HEIC. */
function nameMediaFile(bytes: Uint8Array): FileKind | null {
  const [major] = listFileBrands(bytes);
  if (major === undefined) {
    return null;
  }
  if (major === 'crx ') {
    return pictureKind('a camera raw file (Canon CR3)');
  }
  if (major.startsWith('he') || major.startsWith('mi')) {
    return pictureKind(`a HEIF picture of a rare kind ("${major}")`);
  }
  return otherKind(major === 'qt  ' ? 'a QuickTime video' : 'an MP4 video');
}

/** PBM, PGM, PPM, PAM and PFM start with P and one sign, then white space. */
function nameNetpbm(bytes: Uint8Array): FileKind | null {
  return /^P[1-7Ff][\s#]/.test(readAscii(bytes, 0, 3)) ? pictureKind('a Netpbm picture (PPM)', true) : null;
}

/** Targa has no signature: its kind, its size and its bits must all be possible. */
function nameTarga(bytes: Uint8Array): FileKind | null {
  const [, hasPalette = 0, type = 0] = bytes;
  const isKind =
    hasPalette === 0 ? [2, 3, 10, 11].includes(type) : hasPalette === 1 && (type === 1 || type === 9);
  if (bytes.length < TARGA_HEADER_BYTES || !isKind) {
    return null;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const hasSize = view.getUint16(12, true) > 0 && view.getUint16(14, true) > 0;
  return hasSize && [8, 15, 16, 24, 32].includes(view.getUint8(16))
    ? pictureKind('a Targa picture (TGA)', true)
    : null;
}

function nameText(bytes: Uint8Array): FileKind {
  const head = readAscii(bytes, 0, TEXT_SAMPLE_BYTES);
  if (/^\s*(?:\u00ef\u00bb\u00bf)?\s*<(?:!doctype html|html)/i.test(head)) {
    return otherKind('a web page (HTML)');
  }
  if (isText(bytes)) {
    return otherKind('plain text');
  }
  if (bytes.every((byte) => byte === 0)) {
    return otherKind('a file of zeros (a failed copy leaves such)');
  }
  const start = Buffer.from(bytes.subarray(0, 4))
    .toString('hex')
    .replace(/(..)(?=.)/g, '$1 ');
  return {
    name: `an unknown kind of file (it starts with the bytes ${start})`,
    nature: 'unknown',
    isGuess: false,
  };
}

/** UTF-16 with its mark, or UTF-8 (ASCII) without control characters. */
function isText(bytes: Uint8Array): boolean {
  if (hasBytes(bytes, 0, [0xff, 0xfe]) || hasBytes(bytes, 0, [0xfe, 0xff])) {
    return true;
  }
  const head = bytes.subarray(0, TEXT_SAMPLE_BYTES);
  try {
    // As a stream, because the sample may end within a character.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
  } catch {
    return false;
  }
  return head.every((byte) => byte >= 32 || (byte >= 9 && byte <= 13));
}
