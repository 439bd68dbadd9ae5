import type { CameraFacts } from '../domain/picture.ts';
import { hasAscii } from './byte-signature.ts';

const NO_FACTS: CameraFacts = { takenAt: null, camera: null, latitude: null, longitude: null };

/** What JPEG, WebP and AVIF put before an EXIF block. */
const MARK = 'Exif\0\0';

/** Values as written, not revived: exifr would read a camera's local time as the time of this machine's zone. */
const OPTIONS = {
  pick: [
    'Make',
    'Model',
    'DateTimeOriginal',
    'OffsetTimeOriginal',
    'CreateDate',
    'OffsetTimeDigitized',
    'GPSLatitude',
    'GPSLatitudeRef',
    'GPSLongitude',
    'GPSLongitudeRef',
  ],
  reviveValues: false,
  translateValues: false,
  xmp: false,
  icc: false,
  iptc: false,
  jfif: false,
  ihdr: false,
};

/**
 * Reads when, with what and where a picture was taken. Damaged or missing EXIF never fails a picture: what cannot
 * be read, or cannot be true, is null. A latitude and longitude of exactly 0, 0 is what devices write without a fix,
 * so it is null as well.
 * @param exif an EXIF block, with or without its `Exif\0\0` mark, or a whole TIFF or JPEG file; null for none
 */
export async function readCameraFacts(exif: Uint8Array | null): Promise<CameraFacts> {
  if (exif === null) {
    return NO_FACTS;
  }
  // Loaded with the first picture that has any: most threads and processes that prepare pictures see none for long.
  const { default: exifr } = await import('exifr');
  let tags: Record<string, unknown>;
  try {
    tags = (await exifr.parse(withoutMark(exif), OPTIONS)) ?? {};
  } catch {
    return NO_FACTS;
  }
  return {
    takenAt:
      toIsoTime(tags['DateTimeOriginal'], tags['OffsetTimeOriginal']) ??
      toIsoTime(tags['CreateDate'], tags['OffsetTimeDigitized']),
    camera: nameCamera(toText(tags['Make']), toText(tags['Model'])),
    ...toPlace(tags['latitude'], tags['longitude']),
  };
}

function withoutMark(exif: Uint8Array): Uint8Array {
  return hasAscii(exif, 0, MARK) ? exif.subarray(MARK.length) : exif;
}

/** `2024:05:01 10:00:00` and an offset like `+02:00` to ISO 8601; null unless it is a moment of the calendar. */
function toIsoTime(time: unknown, offset: unknown): string | null {
  const parts = /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)/.exec(toText(time) ?? '');
  if (parts === null) {
    return null;
  }
  const [, year, month, day, hour, minute, second] = parts;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const moment = new Date(`${iso}Z`);
  const isReal = !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(iso);
  return isReal && year !== '0000' ? iso + toOffset(offset) : null;
}

function toOffset(offset: unknown): string {
  const text = toText(offset) ?? '';
  return /^(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/.test(text) ? text : '';
}

/** `NIKON CORPORATION` and `NIKON D70` to `NIKON D70`; `Apple` and `iPhone 12` to `Apple iPhone 12`. */
function nameCamera(maker: string | null, model: string | null): string | null {
  if (maker === null || model === null) {
    return model ?? maker;
  }
  const firstWord = (text: string) => text.split(/\s/, 1)[0]?.toLowerCase();
  return firstWord(maker) === firstWord(model) ? model : `${maker} ${model}`;
}

function toPlace(latitude: unknown, longitude: unknown): Pick<CameraFacts, 'latitude' | 'longitude'> {
  const isPlace = isWithin(latitude, 90) && isWithin(longitude, 180) && (latitude !== 0 || longitude !== 0);
  return isPlace ? { latitude, longitude } : { latitude: null, longitude: null };
}

function isWithin(value: unknown, limit: number): value is number {
  return typeof value === 'number' && Math.abs(value) <= limit;
}

/** Text without control characters and padding; null when nothing is left or it is no text. */
function toText(value: unknown): string | null {
  if (typeof value !== 'string') {
    return null;
  }
  const text = value.replace(/[\p{Cc}\ufffd]/gu, '').trim();
  return text === '' ? null : text;
}
