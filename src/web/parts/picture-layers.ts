import type { Picture } from '../../client/eidetic-client.ts';

/** Why a picture is not shown by its own file. */
export type PreviewReason = 'format' | 'size';

const SHOWN_BY_BROWSERS: readonly Picture['format'][] = ['jpeg', 'png', 'webp', 'gif', 'avif', 'bmp', 'ico'];

/** Formats whose frames move when the file itself is shown. */
const MOVING: readonly Picture['format'][] = ['gif', 'webp', 'avif'];

/** Decoded, so many take 400 MB: a phone would end the page. */
const MOST_PIXELS = 100_000_000;

/** Longest side of the largest thumbnail, pixels. */
export const LARGEST_THUMBNAIL = 1_024;

/** Null for a picture that is shown by its own file. An SVG never is: it may hold scripts, and ask others. */
export function previewReason({ format, width, height }: Picture): PreviewReason | null {
  if (!SHOWN_BY_BROWSERS.includes(format)) {
    return 'format';
  }
  return width * height > MOST_PIXELS ? 'size' : null;
}

/**
 * Whether the file itself is needed, where it can be shown: no thumbnail is as sharp, or moves.
 * @param side longest one as it is shown, pixels of the screen
 */
export function needsOriginal({ format, width, height, pages }: Picture, side: number): boolean {
  const isMoving = MOVING.includes(format) && (pages ?? 1) > 1;
  return isMoving || Math.max(width, height) <= LARGEST_THUMBNAIL || side > LARGEST_THUMBNAIL * 1.1;
}
