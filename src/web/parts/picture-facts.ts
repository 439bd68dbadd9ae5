import type { Picture } from '../../client/eidetic-client.ts';
import type { Texts } from '../texts/en.ts';
import { shownText } from './file-name.ts';
import { readableBytes } from './readable-bytes.ts';
import { readableTime } from './readable-time.ts';

/** What is known of a picture: its name and the words for it. */
export type Fact = readonly [name: string, value: string];

type Described = Pick<
  Picture,
  'width' | 'height' | 'pages' | 'takenAt' | 'camera' | 'latitude' | 'longitude' | 'sizeBytes' | 'format'
>;

/** Formats in which several pictures are the frames of an animation; in others they are pages. */
const ANIMATED: readonly Picture['format'][] = ['gif', 'webp', 'avif', 'png'];

/** What is known of a picture, by name, in words; what is not known is left out. */
export function factsOf(picture: Described, { picture: words, language }: Texts): Fact[] {
  const { width, height, pages, takenAt, camera, sizeBytes, format } = picture;
  const facts: ReadonlyArray<readonly [string, string | null]> = [
    [words.size, sizeOf(width, height, language)],
    [words.format, format.toUpperCase()],
    [ANIMATED.includes(format) ? words.frames : words.pages, pagesOf(pages, language)],
    [words.bytes, readableBytes(sizeBytes, language)],
    [words.taken, takenAt === null ? null : readableTime(takenAt, language)],
    [words.camera, camera && shownText(camera)],
    [words.place, placeOf(picture, language)],
  ];
  return facts.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
}

/** `4,032 × 3,024 (12.2 megapixels)`; of small ones the megapixels say nothing. */
function sizeOf(width: number, height: number, language: string): string {
  const sides = `${width.toLocaleString(language)} × ${height.toLocaleString(language)}`;
  const megapixels = (width * height) / 1_000_000;
  const digits = { maximumFractionDigits: megapixels < 20 ? 1 : 0 };
  return megapixels < 0.1 ? sides : `${sides} (${megapixels.toLocaleString(language, digits)} MP)`;
}

function pagesOf(pages: number | null, language: string): string | null {
  return pages === null || pages === 1 ? null : pages.toLocaleString(language);
}

/** `47.37690° N, 8.54170° E` */
function placeOf(
  { latitude, longitude }: Pick<Picture, 'latitude' | 'longitude'>,
  language: string,
): string | null {
  if (latitude === null || longitude === null) {
    return null;
  }
  const digits = { minimumFractionDigits: 5, maximumFractionDigits: 5 };
  const degrees = (value: number) => `${Math.abs(value).toLocaleString(language, digits)}°`;
  const east = language === 'de' ? 'O' : 'E';
  return `${degrees(latitude)} ${latitude < 0 ? 'S' : 'N'}, ${degrees(longitude)} ${longitude < 0 ? 'W' : east}`;
}
