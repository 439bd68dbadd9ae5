/** Side of a gray picture, pixels. */
export const GRAY_SIDE = 32;

/** A whole picture squashed to 32 x 32 pixels of gray, row by row, each 0 (black) to 1 (white). */
export type GrayPicture = Float32Array;

/**
 * @param rgb a picture of 32 x 32 pixels, all red ones, all green ones, all blue ones, each 0 to 1
 * @returns its luma (ITU-R BT.601)
 */
export function toGray(rgb: Float32Array): GrayPicture {
  const pixels = GRAY_SIDE ** 2;
  return Float32Array.from({ length: pixels }, (_, i) => {
    const [red, green, blue] = [rgb[i], rgb[pixels + i], rgb[2 * pixels + i]] as [number, number, number];
    return 0.299 * red + 0.587 * green + 0.114 * blue;
  });
}
