import type { PictureFormat } from '../domain/picture.ts';
import { tellsOfLostData, withoutLostData } from './decoder-warnings.ts';
import { openSharp } from './open-sharp.ts';

const START_OF_SCAN = Uint8Array.of(0xff, 0xda);
const END_MARKER = Uint8Array.of(0xff, 0xd9);

/** libjpeg's words when the file ends without its end marker. */
const JPEG_ENDS_EARLY = 'premature end of JPEG image';

/**
 * Decides on a file that a strict decoder gave up: is the whole picture there? One that ends early is refused, even
 * when only its last rows are missing: decoded, the rest would be gray, the picture embedded as something it is not,
 * and a damaged copy could be kept in place of a whole one. So is a JPEG with a hole inside. A JPEG is read that
 * lacks nothing but its end marker, as some cameras write it, or whose decoder only frowns at its manners.
 *
 * It goes by what the decoder says, and libvips 8.18 keeps the words of all its threads in one place. So it may run
 * only where nothing else is decoded.
 * @param frame what is decoded of the file, and how many pixels it may have
 * @returns the file as it can be decoded, if not strictly
 * @throws Error what the decoder says, when the picture is not whole
 */
export async function judgePicture(
  bytes: Uint8Array,
  format: PictureFormat,
  frame: { readonly page?: number; readonly pages?: number; readonly limitInputPixels: number },
): Promise<Uint8Array> {
  const decode = (file: Uint8Array, failOn: 'error' | 'warning') =>
    withoutLostData(() =>
      openSharp(file, { failOn, ...frame })
        .raw()
        .toBuffer(),
    );
  if (format !== 'jpeg') {
    await decode(bytes, 'error');
    return bytes;
  }
  try {
    return await decodeJpeg(bytes, decode);
  } catch (cause) {
    throw tellsOfLostData(String(cause)) && endsOpen(bytes) ? new Error(JPEG_ENDS_EARLY, { cause }) : cause;
  }
}

async function decodeJpeg(
  bytes: Uint8Array,
  decode: (file: Uint8Array, failOn: 'error' | 'warning') => Promise<unknown>,
): Promise<Uint8Array> {
  try {
    await decode(bytes, 'warning');
  } catch (cause) {
    const said = String(cause);
    if (said.includes(JPEG_ENDS_EARLY)) {
      const ended = Buffer.concat([bytes, END_MARKER]);
      await decode(ended, 'warning');
      return ended;
    }
    if (tellsOfLostData(said)) {
      throw cause;
    }
    await decode(bytes, 'error');
  }
  return bytes;
}

/** Whether nothing ends the last scan: the file was cut off, whatever else its decoder says of it. */
function endsOpen(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return file.lastIndexOf(END_MARKER) < file.lastIndexOf(START_OF_SCAN);
}
