import { wrapAsTiff } from './uncompressed-tiff.ts';

/**
 * Decodes the primary picture of a HEIC file, upright: libheif turns it as its `irot` and `imir` boxes say, and EXIF
 * orientation does not count in HEIC (ISO/IEC 23008-12). Blocks its thread for a second and more.
 * @param profile ICC profile of the file, which libheif does not apply, or null for sRGB
 * @throws Error when libheif cannot decode it
 */
export async function heicToTiff(bytes: Uint8Array, profile: Uint8Array | null): Promise<Uint8Array> {
  // Loading it takes a tenth of a second, which those who never meet a HEIC file are spared.
  const { default: decode } = await import('heic-decode');
  const { data, width, height } = await decode({ buffer: bytes });
  return wrapAsTiff(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), width, height, profile);
}
