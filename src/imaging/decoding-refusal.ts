import { EideticError, type ErrorCode } from '../domain/errors.ts';
import type { PictureFormat } from '../domain/picture.ts';
import { isMemoryShortage } from './memory-shortage.ts';

const FORMAT_NAMES: Readonly<Record<PictureFormat, string>> = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  gif: 'GIF',
  avif: 'AVIF',
  heic: 'HEIC',
  tiff: 'TIFF',
  svg: 'SVG',
  bmp: 'BMP',
  ico: 'ICO',
};

/** A decoder's own words are kept to this length; the whole of them is the cause. */
const MOST_QUOTED_CHARACTERS = 120;

/** sharp's own words, which tell a person nothing. */
const WRAPPING = /^Input buffer (?:has corrupt header:|contains unsupported image format)/;

type Refusal = readonly [said: RegExp, code: ErrorCode, tell: (file: string, quote: string) => string];

/** What the decoders say (libvips 8.18, libheif 1.23, librsvg 2.63) and what that means to a person. */
const REFUSALS: readonly Refusal[] = [
  [
    /pixel limit/i,
    'IMAGE_TOO_LARGE',
    (file) => `${file} is wider or higher than can be decoded; save it smaller.`,
  ],
  [
    /channel limit/i,
    'FORMAT_UNSUPPORTED',
    (file) => `${file} has more than 5 color channels, expected at most 5; convert it to PNG or JPEG.`,
  ],
  [
    /no frames in GIF|contains no image/i,
    'IMAGE_UNREADABLE',
    (file) =>
      `${file} holds no picture at all: nothing comes after its header; restore it from a backup or save it anew.`,
  ],
  [
    /svgload_buffer: bad dimensions/i,
    'IMAGE_UNREADABLE',
    (file) => `${file} says no size; give it a width and a height, or a viewBox.`,
  ],
  [
    /premature end of data segment|bad Huffman code|bad arithmetic code|instead of RST|extraneous bytes|unsupported marker type/i,
    'IMAGE_UNREADABLE',
    (file) => `${file} is damaged within its picture, so a part is missing; restore it from a backup.`,
  ],
  [
    /not (?:configured|supported|implemented)|unsupported|only supports|bad labq|LogLUV|whole number of bytes|samples out of range|no known route/i,
    'FORMAT_UNSUPPORTED',
    (file, quote) => `${file} is of a kind that Eidetic does not decode${quote}; convert it to PNG or JPEG.`,
  ],
  [
    /premature end|unexpected end|end of (?:file|stream)|truncated|not enough data|insufficient|bad seek|seek error/i,
    'IMAGE_UNREADABLE',
    tellCut,
  ],
  [
    /./s,
    'IMAGE_UNREADABLE',
    (file, quote) =>
      `${file} is damaged and cannot be decoded${quote}; restore it from a backup or save it anew.`,
  ],
];

/** @param format null when nobody has looked */
function nameFile(format: PictureFormat | null): string {
  return format === null ? 'This picture' : `This ${FORMAT_NAMES[format]} file`;
}

function tellCut(file: string): string {
  return `${file} ends before its picture does, so a part is missing; restore it from a backup or save it anew.`;
}

/** The refusal of a file that was cut off, by its structure. */
export function refuseCut(format: PictureFormat): EideticError {
  return new EideticError('IMAGE_UNREADABLE', tellCut(nameFile(format)));
}

/**
 * The refusal of a file whose decoder gave up; `details.isPassing` when that was for lack of memory. The decoder's
 * error is the cause.
 */
export function refuseUndecodable(format: PictureFormat, cause: unknown): EideticError {
  const said = (cause instanceof Error ? cause.message : String(cause)).replace(WRAPPING, '');
  const quoted = said.trim().split('\n', 1)[0]?.slice(0, MOST_QUOTED_CHARACTERS) ?? '';
  const quote = quoted === '' ? '' : ` (the decoder says "${quoted}")`;
  if (isMemoryShortage(cause)) {
    return new EideticError(
      'IMAGE_UNREADABLE',
      `Memory ran out while this ${FORMAT_NAMES[format]} file was decoded${quote}; close other programs and try again, or save it smaller.`,
      { cause, details: { isPassing: true } },
    );
  }
  const [, code, tell] = REFUSALS.find(([pattern]) => pattern.test(said)) ?? (REFUSALS.at(-1) as Refusal);
  return new EideticError(code, tell(nameFile(format), quote), { cause });
}

/** The refusal of a file that promises more pixels than it can hold. */
export function refuseHollow(format: PictureFormat): EideticError {
  return new EideticError(
    'IMAGE_UNREADABLE',
    `${nameFile(format)} ends before its picture does: its size is many times what so few bytes can hold; restore it from a backup or save it anew.`,
  );
}

/** The refusal of a file whose decoding took more memory than one picture may. */
export function refuseLarge(format: PictureFormat | null, mostBytes: number): EideticError {
  return new EideticError(
    'IMAGE_TOO_LARGE',
    `${nameFile(format)} took more than ${(mostBytes / 2 ** 30).toFixed(1)} GiB of memory to decode; save it smaller, or convert it to PNG or JPEG.`,
    { details: { mostBytes } },
  );
}

/** The refusal of a file whose decoding was stopped; `details.isPassing`. */
export function refuseSlow(format: PictureFormat | null, timeoutMs: number, cause?: unknown): EideticError {
  return new EideticError(
    'IMAGE_UNREADABLE',
    `${nameFile(format)} was not decoded within ${timeoutMs / 1000} s; raise the time limit or save it smaller.`,
    { cause, details: { timeoutMs, isPassing: true } },
  );
}

/** The refusal of a file that took its decoder down; `details.isPassing`. */
export function refuseFatal(format: PictureFormat | null): EideticError {
  return new EideticError(
    'IMAGE_UNREADABLE',
    `${nameFile(format)} ended the program that decodes it, most likely for lack of memory; try again when there is more, or convert it to PNG or JPEG.`,
    { details: { isPassing: true } },
  );
}
