import type { Picture } from '../../client/eidetic-client.ts';
import type { Texts } from '../texts/en.ts';
import { shownText } from './file-name.ts';

/** What is known of a picture, by name, in words; what is not known is left out. */
export function factsOf(
  picture: Picture,
  { picture: words, language }: Texts,
): Array<readonly [string, string]> {
  const { width, height, takenAt, camera, latitude, longitude, sizeBytes, format } = picture;
  const facts: Array<readonly [string, string | null]> = [
    [words.size, `${width.toLocaleString(language)} × ${height.toLocaleString(language)}`],
    [words.format, format.toUpperCase()],
    [words.bytes, readableBytes(sizeBytes, language)],
    [words.taken, takenAt?.replace('T', ' ') ?? null],
    [words.camera, camera && shownText(camera)],
    [
      words.place,
      latitude === null || longitude === null ? null : `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`,
    ],
  ];
  return facts.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];

function readableBytes(bytes: number, language: string): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: UNITS[power] as string,
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumSignificantDigits: 3,
  }).format(bytes / 1_000 ** power);
}
