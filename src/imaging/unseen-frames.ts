import type { PictureFormat } from '../domain/picture.ts';
import { listFileBrands } from './file-brands.ts';

/** Brands of files that hold an image sequence beside their still picture (ISO/IEC 23008-12, AV1 Image File Format). */
const SEQUENCE_BRANDS = ['avis', 'msf1', 'hevc', 'hevx'];

/**
 * Whether a file may hold frames or pictures that its decoder passes over without counting them: an animated PNG
 * (`acTL` before the pixels), several pictures in one JPEG (an `MPF` segment, CIPA DC-007: stereo pairs, previews,
 * gain maps), an AVIF or HEIC sequence. In doubt it may.
 */
export function mayHoldUnseenFrames(bytes: Uint8Array, format: PictureFormat): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (format) {
    case 'png':
      return file.subarray(0, file.indexOf('IDAT')).includes('acTL');
    case 'jpeg':
      return file.includes('MPF\0');
    case 'avif':
    case 'heic':
      return listFileBrands(bytes).some((brand) => SEQUENCE_BRANDS.includes(brand));
    default:
      return false;
  }
}
