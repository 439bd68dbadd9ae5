import { EideticError } from '../domain/errors.ts';

const START_OF_IMAGE = 0xffd8;
const START_OF_SCAN = 0xffda;
const EXIF_SEGMENT = 0xffe1;
const COMMENT_SEGMENT = 0xfffe;

/**
 * Adds a comment segment to a JPEG file: other bytes, untouched pixels.
 * @throws EideticError FORMAT_UNSUPPORTED when the bytes are no JPEG
 */
export function addJpegComment(jpeg: Buffer, comment: string): Buffer {
  const text = Buffer.from(comment, 'utf8');
  const head = Buffer.alloc(4);
  head.writeUInt16BE(COMMENT_SEGMENT, 0);
  head.writeUInt16BE(text.length + 2, 2);
  requireJpeg(jpeg);
  return Buffer.concat([jpeg.subarray(0, 2), head, text, jpeg.subarray(2)]);
}

/**
 * Takes the EXIF segments out of a JPEG file: other bytes, untouched pixels.
 * @throws EideticError FORMAT_UNSUPPORTED when the bytes are no JPEG
 */
export function removeJpegExif(jpeg: Buffer): Buffer {
  requireJpeg(jpeg);
  const kept: Buffer[] = [jpeg.subarray(0, 2)];
  let place = 2;
  while (jpeg.readUInt16BE(place) !== START_OF_SCAN) {
    const end = place + 2 + jpeg.readUInt16BE(place + 2);
    if (jpeg.readUInt16BE(place) !== EXIF_SEGMENT) {
      kept.push(jpeg.subarray(place, end));
    }
    place = end;
  }
  return Buffer.concat([...kept, jpeg.subarray(place)]);
}

function requireJpeg(bytes: Buffer): void {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== START_OF_IMAGE) {
    throw new EideticError(
      'FORMAT_UNSUPPORTED',
      'Found bytes that are no JPEG, expected one; name a JPEG file.',
    );
  }
}
