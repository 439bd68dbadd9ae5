import type { Metadata, Sharp, SharpOptions } from 'sharp';
import { EideticError } from '../domain/errors.ts';
import type { PictureFormat } from '../domain/picture.ts';
import type { PictureLimits } from '../domain/picture-limits.ts';
import { isCutFile } from './cut-file.ts';
import { withoutLostData } from './decoder-warnings.ts';
import { refuseCut, refuseHollow, refuseSlow, refuseUndecodable } from './decoding-refusal.ts';
import { heicToTiff } from './heic-to-tiff.ts';
import { isHollow } from './hollow-tiff.ts';
import { judgePicture } from './judge-picture.ts';
import { isBitmapFormat } from './open-bitmap.ts';
import { openSharp } from './open-sharp.ts';
import { checkFile, checkPixels } from './picture-checks.ts';
import { withinPixelBudget } from './pixel-budget.ts';
import { type StoredExtent, storedExtent } from './stored-extent.ts';
import { svgToPng } from './svg-to-png.ts';
import { listTiffPages } from './tiff-pages.ts';
import { UndecidedPicture } from './undecided-picture.ts';
import { unpackBitmap } from './unpack-bitmap.ts';

/** The longest time sharp takes. */
const MOST_SECONDS = 3600;

/** `warning` gives up at a decoder's first complaint, `error` only when it must. */
type FailOn = 'warning' | 'error';

/** What is done with a frame, to its end. May be called twice. */
type Pipeline<T> = (frame: Sharp) => Promise<T>;

/** The page that is decoded, and how many from there on, one below the other; nothing for the one that stands for all. */
export interface Frames {
  readonly page?: number;
  readonly pages?: number;
}

/** How a thread works: one picture after the other in a process of its own, or several at once. */
export type DecodingPlace = 'alone' | 'shared';

/** A picture file whose header was read and found within the limits. */
export interface OpenPicture {
  readonly format: PictureFormat;
  /** Of what is decoded. */
  readonly header: Metadata;
  /** Pixels, upright. */
  readonly size: { readonly width: number; readonly height: number };
  readonly extent: StoredExtent;
  /** EXIF block, or the file itself where EXIF is no block (TIFF); null when there is none. */
  readonly exif: Uint8Array | null;
  /**
   * Runs one pipeline from the first frame, upright, 8 bits, sRGB (or gray).
   * @throws EideticError IMAGE_UNREADABLE and others as {@link withPicture}
   */
  decode<T>(pipeline: Pipeline<T>): Promise<T>;
  /** Likewise, upright, with the values that are stored: own depth, own colors, no profile applied. */
  decodeStored<T>(pipeline: Pipeline<T>): Promise<T>;
}

/**
 * Opens a picture file for `use`. Its memory and its decoding are bounded: see {@link withinPixelBudget} and `limits`.
 * Only whole pictures are read: see {@link judgePicture}.
 * @param bytes a whole picture file; not changed
 * @param wanted none: the page that stands for the file
 * @param place where SVG, HEIC and bitmaps are decoded it must be `alone`: their decoders cannot be stopped
 * @throws EideticError IMAGE_UNREADABLE when it is empty, damaged, cut off or too slow to decode; IMAGE_TOO_LARGE
 *   beyond `maxBytes` or, by its header and before decoding, `maxPixels`; FORMAT_UNSUPPORTED
 * @throws UndecidedPicture `shared` only, when it may be damaged
 */
export async function withPicture<T>(
  bytes: Uint8Array,
  limits: PictureLimits,
  place: DecodingPlace,
  use: (picture: OpenPicture) => Promise<T>,
  wanted?: Frames,
): Promise<T> {
  const format = checkFile(bytes, limits);
  if (isCutFile(bytes, format)) {
    throw refuseCut(format);
  }
  const frames = wanted ?? firstPage(bytes, format);
  const attempt = <R>(decoding: () => Promise<R>) => tellRefusals(format, place, decoding);
  const file = await attempt(() => toKnownToSharp(bytes, format, limits));
  const header = await attempt(() =>
    openSharp(file, { failOn: 'none', limitInputPixels: false, ...frames }).metadata(),
  );
  const { width, height } = header.autoOrient;
  checkPixels({ width, height }, limits);
  return withinPixelBudget(width * height, async () => {
    let decoding: Promise<Uint8Array> | null = null;
    const source = async () => {
      decoding ??= format === 'heic' ? heicToTiff(file, header.icc ?? null) : Promise.resolve(file);
      return { file: await decoding, format, frames, limits, place };
    };
    return use({
      format,
      header,
      size: { width, height },
      extent: storedExtent(bytes, format, header),
      exif: header.exif ?? (format === 'tiff' ? bytes : null),
      decode: (pipeline) =>
        attempt(async () =>
          decodeFrame(await source(), {}, (frame) =>
            pipeline(toEightBits(frame, header).toColourspace('srgb')),
          ),
        ),
      decodeStored: (pipeline) =>
        attempt(async () =>
          decodeFrame(await source(), { ignoreIcc: true }, (frame) => pipeline(keepStored(frame, header))),
        ),
    });
  });
}

/** A file that sharp opens; HEIC it opens but for the pixels. */
async function toKnownToSharp(
  bytes: Uint8Array,
  format: PictureFormat,
  limits: PictureLimits,
): Promise<Uint8Array> {
  if (isBitmapFormat(format)) {
    return unpackBitmap(bytes, format, limits);
  }
  return format === 'svg' ? svgToPng(bytes, limits) : bytes;
}

/** Turns what decoders throw into what a person can read; where several decode at once, their words prove nothing. */
async function tellRefusals<T>(
  format: PictureFormat,
  place: DecodingPlace,
  decoding: () => Promise<T>,
): Promise<T> {
  try {
    return await decoding();
  } catch (cause) {
    if (cause instanceof EideticError) {
      throw cause;
    }
    throw place === 'shared' ? new UndecidedPicture() : refuseUndecodable(format, cause);
  }
}

/**
 * The page that stands for the file: of a TIFF the first that is no thumbnail. Nothing for the first of all: that of a
 * HEIF file is the one it names as its primary picture, wherever it lies.
 * @throws EideticError IMAGE_UNREADABLE when it promises more than the file can hold, or a later page is cut off
 */
function firstPage(bytes: Uint8Array, format: PictureFormat): Frames {
  if (format !== 'tiff') {
    return {};
  }
  const { positions, first, isCut } = listTiffPages(bytes);
  if (first !== undefined && isHollow(first, bytes.length)) {
    throw refuseHollow(format);
  }
  if (isCut) {
    throw refuseCut(format);
  }
  const [page = 0] = positions;
  return page === 0 ? {} : { page };
}

interface Source {
  /** What sharp decodes: the file, or what was made of it. */
  readonly file: Uint8Array;
  readonly format: PictureFormat;
  readonly frames: Frames;
  readonly limits: PictureLimits;
  readonly place: DecodingPlace;
}

/** Strictly at first; what a strict decoder gives up is decided where its words are known to be about this file. */
async function decodeFrame<T>(source: Source, options: SharpOptions, pipeline: Pipeline<T>): Promise<T> {
  const { file, format, frames, limits, place } = source;
  const run = async (decodable: Uint8Array, failOn: FailOn) => {
    const work = () => pipeline(openFrame({ ...source, file: decodable }, { ...options, failOn }));
    try {
      return place === 'alone' ? await withoutLostData(work) : await work();
    } catch (cause) {
      throw isTimeout(cause) ? refuseSlow(format, limits.timeoutMs, cause) : cause;
    }
  };
  try {
    return await run(file, format === 'jpeg' ? 'warning' : 'error');
  } catch (cause) {
    if (place === 'shared' || cause instanceof EideticError) {
      throw cause;
    }
  }
  const judged = await judgePicture(file, format, { ...frames, limitInputPixels: limits.maxPixels });
  return run(judged, 'error');
}

function isTimeout(cause: unknown): boolean {
  return cause instanceof Error && cause.message.startsWith('timeout:');
}

function openFrame({ file, frames, limits }: Source, options: SharpOptions): Sharp {
  const seconds = Math.min(MOST_SECONDS, Math.max(1, Math.ceil(limits.timeoutMs / 1000)));
  return openSharp(file, { ...options, ...frames, limitInputPixels: limits.maxPixels })
    .timeout({ seconds })
    .autoOrient();
}

/**
 * sharp 0.35 converts a 16-bit picture with a color profile to Display P3 and then takes that for sRGB. With 8 bits
 * from the start it converts to sRGB.
 */
function toEightBits(frame: Sharp, { space }: Metadata): Sharp {
  if (space === 'rgb16') {
    return frame.pipelineColourspace('srgb');
  }
  return space === 'grey16' ? frame.pipelineColourspace('b-w') : frame;
}

function keepStored(frame: Sharp, { space }: Metadata): Sharp {
  return frame.pipelineColourspace(space).toColourspace(space);
}
