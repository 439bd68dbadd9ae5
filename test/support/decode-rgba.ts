import { DEFAULT_PICTURE_LIMITS } from '../../src/domain/picture-limits.ts';
import { withPicture } from '../../src/imaging/open-picture.ts';

/** The pixels of a picture file as it is indexed: R, G, B, A of each, by rows. */
export async function decodeRgba(file: Uint8Array): Promise<number[][][]> {
  return withPicture(file, DEFAULT_PICTURE_LIMITS, 'alone', async (picture) => {
    const { data, info } = await picture.decode((frame) =>
      frame.ensureAlpha().raw().toBuffer({ resolveWithObject: true }),
    );
    return Array.from({ length: info.height }, (_, y) =>
      Array.from({ length: info.width }, (_, x) => {
        const at = (y * info.width + x) * 4;
        return [...data.subarray(at, at + 4)];
      }),
    );
  });
}
