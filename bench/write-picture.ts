import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import sharp from 'sharp';
import type { RawPicture } from './tile-photos.ts';

/** Files that the benches make, by what a camera or an editor would write. */
export type MadeFormat = 'jpg' | 'png' | 'heic';

/** About what phones write. The quickest preset: decoding its files costs as much as those of slower ones. */
const HEIC_SETTINGS = ['-q', '60', '-p', 'preset=ultrafast'];

/** Whether this machine can write HEIC. */
export function canWriteHeic(): boolean {
  return /x265/.test(spawnSync('heif-enc', ['--list-encoders'], { encoding: 'utf8' }).stdout ?? '');
}

/**
 * Writes a JPEG (quality 90, 4:2:0), a PNG (deflate level 6, adaptive filters: libpng's own settings) or a HEIC
 * (heif-enc, one coded picture without a grid).
 * @throws Error when it cannot be written
 */
export async function writePicture(picture: RawPicture, format: MadeFormat, file: string): Promise<void> {
  const { data, width, height } = picture;
  const opened = sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false });
  if (format === 'jpg') {
    await opened.jpeg({ quality: 90, chromaSubsampling: '4:2:0' }).toFile(file);
  } else if (format === 'png') {
    await opened.png({ compressionLevel: 6, adaptiveFiltering: true }).toFile(file);
  } else {
    const lossless = `${file}.png`;
    await opened.png({ compressionLevel: 1 }).toFile(lossless);
    encodeHeic(lossless, file);
    rmSync(lossless);
  }
}

function encodeHeic(source: string, file: string): void {
  const args = [...HEIC_SETTINGS, '-o', file, source];
  const { status, stderr } = spawnSync('heif-enc', args, { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`heif-enc ended with ${status}: ${stderr}`);
  }
}
