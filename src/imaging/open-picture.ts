import type { Metadata, Sharp } from 'sharp';
import type { PictureFormat } from '../domain/picture.ts';
import type { PictureLimits } from '../domain/picture-limits.ts';
import { refuseSlow, refuseUndecodable } from './decoding-refusal.ts';
import { openSharp } from './open-sharp.ts';
import { checkFile, checkPixels } from './picture-checks.ts';
import { withinPixelBudget } from './pixel-budget.ts';
import { type StoredExtent, storedExtent } from './stored-extent.ts';
import { transcode } from './transcode.ts';

/** The longest time sharp takes. */
const MOST_SECONDS = 3600;

/** `warning` gives up at a decoder's first complaint, `error` only when it must. */
type FailOn = 'warning' | 'error';

/** What is done with a frame, to its end. May be called twice. */
type Pipeline<T> = (frame: Sharp) => Promise<T>;

/** A picture file whose header was read and found within the limits. */
export interface OpenPicture {
  readonly format: PictureFormat;
  readonly extent: StoredExtent;
  /** EXIF block, or the file itself where EXIF is no block (TIFF); null when there is none. */
  readonly exif: Uint8Array | null;
  /**
   * Runs one pipeline from the first frame, upright, 8 bits, sRGB.
   * @throws EideticError IMAGE_UNREADABLE and others as {@link withPicture}
   */
  decode<T>(pipeline: Pipeline<T>): Promise<T>;
}

/**
 * Opens a picture file for `use`. Its memory and its decoding are bounded: see {@link withinPixelBudget} and `limits`.
 * Only whole pictures are read: see {@link judgePicture}.
 * @param bytes a whole picture file; not changed
 * @throws EideticError IMAGE_UNREADABLE when it is empty, damaged, cut off or too slow to decode; IMAGE_TOO_LARGE
 *   beyond `maxBytes` or, by its header and before decoding, `maxPixels`; FORMAT_UNSUPPORTED
 */
export async function withPicture<T>(
  bytes: Uint8Array,
  limits: PictureLimits,
  use: (picture: OpenPicture) => Promise<T>,
): Promise<T> {
  const format = checkFile(bytes, limits);
  const file = format === 'svg' ? await transcode({ task: 'draw', bytes, format, limits }) : bytes;
  const header = await readHeader(file, format, limits);
  const { width, height } = header.autoOrient;
  checkPixels({ width, height }, limits);
  return withinPixelBudget(width * height, async () => {
    const profile = header.icc ?? null;
    const decodable =
      format === 'heic' ? await transcode({ task: 'decode', bytes, format, profile, limits }) : file;
    return use({
      format,
      extent: storedExtent(bytes, format, header),
      exif: header.exif ?? (format === 'tiff' ? bytes : null),
      decode: (pipeline) => decodeFrame(decodable, format, header, limits, pipeline),
    });
  });
}

async function readHeader(file: Uint8Array, format: PictureFormat, limits: PictureLimits): Promise<Metadata> {
  try {
    return await openSharp(file, { failOn: 'none', limitInputPixels: false }).metadata();
  } catch (cause) {
    await transcode({ task: 'judge', bytes: file, format, limits });
    throw refuseUndecodable(format, cause);
  }
}

/** Strictly at first; what a strict decoder gives up is decided where its words are known to be about this file. */
async function decodeFrame<T>(
  file: Uint8Array,
  format: PictureFormat,
  header: Metadata,
  limits: PictureLimits,
  pipeline: Pipeline<T>,
): Promise<T> {
  try {
    return await pipeline(openFrame(file, format === 'jpeg' ? 'warning' : 'error', header, limits));
  } catch (cause) {
    if (isTimeout(cause)) {
      throw refuseSlow(format, limits.timeoutMs, cause);
    }
  }
  const judged = await transcode({ task: 'judge', bytes: file, format, limits });
  try {
    return await pipeline(openFrame(judged, 'error', header, limits));
  } catch (cause) {
    throw isTimeout(cause) ? refuseSlow(format, limits.timeoutMs, cause) : refuseUndecodable(format, cause);
  }
}

function isTimeout(cause: unknown): boolean {
  return cause instanceof Error && cause.message.startsWith('timeout:');
}

function openFrame(file: Uint8Array, failOn: FailOn, header: Metadata, limits: PictureLimits): Sharp {
  const seconds = Math.min(MOST_SECONDS, Math.max(1, Math.ceil(limits.timeoutMs / 1000)));
  const opened = openSharp(file, { failOn, limitInputPixels: limits.maxPixels }).timeout({ seconds });
  return toEightBits(opened, header).autoOrient().toColourspace('srgb');
}

/**
 * sharp 0.35 converts a 16-bit picture with a color profile to Display P3 and then takes that for sRGB. With 8 bits
 * from the start it converts to sRGB.
 */
function toEightBits(frame: Sharp, header: Metadata): Sharp {
  if (header.space === 'rgb16') {
    return frame.pipelineColourspace('srgb');
  }
  return header.space === 'grey16' ? frame.pipelineColourspace('b-w') : frame;
}
