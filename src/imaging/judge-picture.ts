import { openSharp } from './open-sharp.ts';
import type { JudgeRequest } from './transcoder-protocol.ts';

const END_MARKER = Uint8Array.of(0xff, 0xd9);

/** libjpeg's warnings that tell of lost data; it fills the hole with gray and goes on. Others are about bad manners. */
const LOST_DATA = /premature end|bad Huffman code|bad arithmetic code|instead of RST/;

/**
 * Decides on a file that a strict decoder gave up: is the whole picture there? One that ends early is refused, even
 * when only its last rows are missing: decoded, the rest would be gray, the picture embedded as something it is not,
 * and a damaged copy could be kept in place of a whole one. So is a JPEG with a hole inside. A JPEG is read that
 * lacks nothing but its end marker, as some cameras write it, or whose decoder only frowns at its manners.
 *
 * It goes by what the decoder says, and libvips 8.18 keeps the words of all its threads in one place. So it may run
 * only where nothing else is decoded.
 * @returns the file as it can be decoded, if not strictly
 * @throws Error what the decoder says, when the picture is not whole
 */
export async function judgePicture({ bytes, format, limits }: JudgeRequest): Promise<Uint8Array> {
  const decode = (file: Uint8Array, failOn: 'error' | 'warning') =>
    openSharp(file, { failOn, limitInputPixels: limits.maxPixels }).raw().toBuffer();
  if (format !== 'jpeg') {
    await decode(bytes, 'error');
    return bytes;
  }
  try {
    await decode(bytes, 'warning');
  } catch (cause) {
    const said = String(cause);
    if (said.includes('premature end of JPEG image')) {
      const ended = Buffer.concat([bytes, END_MARKER]);
      await decode(ended, 'warning');
      return ended;
    }
    if (LOST_DATA.test(said)) {
      throw cause;
    }
    await decode(bytes, 'error');
  }
  return bytes;
}
