import { sep } from 'node:path';
import type { PictureFormat } from '../domain/picture.ts';
import type { RatedPicture } from './candidate.ts';

const FORMAT_NAMES: Readonly<Record<PictureFormat, string>> = {
  ...{ jpeg: 'a JPEG', png: 'a PNG', webp: 'a WebP', gif: 'a GIF', avif: 'an AVIF', heic: 'a HEIC' },
  ...{ tiff: 'a TIFF', svg: 'an SVG', bmp: 'a BMP', ico: 'an icon' },
};

/** `a JPEG`. */
export function formatInWords({ format }: Pick<RatedPicture, 'format'>): string {
  return FORMAT_NAMES[format];
}

/** `4,032 x 3,024`. */
export function sizeInWords({ width, height }: Pick<RatedPicture, 'width' | 'height'>): string {
  return `${numberInWords(width)} x ${numberInWords(height)}`;
}

/** `12,345`. */
export function numberInWords(value: number): string {
  return value.toLocaleString('en');
}

/** `12 %`; what is not nothing is not said to be, nor what is not all. @param share 0 to 1 */
export function shareInWords(share: number): string {
  const percent = Math.round(100 * share);
  if (percent === 0 && share > 0) {
    return 'less than 1 %';
  }
  return percent === 100 && share < 1 ? 'nearly all' : `${percent} %`;
}

/** The name of a file, with as many folders before it as tell it from another. */
export function nameBeside(path: string, other: string): string {
  const names = path.split(sep);
  const others = other.split(sep);
  let from = names.length - 1;
  for (let back = 1; from > 0 && names.slice(from).join(sep) === others.slice(-back).join(sep); back++) {
    from--;
  }
  return from <= 0 ? path : names.slice(from).join(sep);
}

/** `a`, `a and b`, `a, b and c`. @param words one or more */
export function listInWords(words: readonly string[]): string {
  const [last, ...before] = words.toReversed();
  return before.length === 0 ? `${last}` : `${before.toReversed().join(', ')} and ${last}`;
}
