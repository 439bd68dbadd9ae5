import type { PictureLimits } from '../domain/picture-limits.ts';
import { openSharp } from './open-sharp.ts';
import { checkPixels } from './picture-checks.ts';
import { findSvgStart } from './svg-start.ts';

/** libvips 8.18 looks for `<svg` in the first 1000 bytes only. */
const MOST_BYTES_BEFORE_ROOT = 900;

/**
 * Draws an SVG at its own size (72 dots per inch). Given as bytes and not as a file, it has no folder to resolve
 * references in, so librsvg reads no other file and no address; what it refers to is missing in the drawing.
 * @throws EideticError IMAGE_TOO_LARGE for more than `maxPixels`
 * @throws Error when librsvg cannot draw it
 */
export async function svgToPng(bytes: Uint8Array, limits: PictureLimits): Promise<Uint8Array> {
  const drawing = showRootEarly(bytes);
  const { width, height } = await openSharp(drawing, { limitInputPixels: false }).metadata();
  checkPixels({ width, height }, limits);
  return openSharp(drawing, { failOn: 'error', limitInputPixels: limits.maxPixels })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/** Puts a comment with the sign libvips looks for before a long prolog (a license, Illustrator's entities). */
function showRootEarly(bytes: Uint8Array): Uint8Array {
  if ((findSvgStart(bytes) ?? 0) < MOST_BYTES_BEFORE_ROOT) {
    return bytes;
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const declaration =
    /^(?:\u00ef\u00bb\u00bf)?(?:<\?[^>]*>)?/.exec(text.toString('latin1', 0, 256))?.[0].length ?? 0;
  return Buffer.concat([
    text.subarray(0, declaration),
    Buffer.from('<!-- <svg -->'),
    text.subarray(declaration),
  ]);
}
