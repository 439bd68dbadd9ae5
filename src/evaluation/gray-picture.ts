/** Side of a gray picture, pixels. */
export const GRAY_SIDE = 32;

/** A whole picture squashed to 32 x 32 pixels of gray, row by row, each 0 (black) to 1 (white). */
export type GrayPicture = Float32Array;
