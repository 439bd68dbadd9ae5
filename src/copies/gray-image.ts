/** Gray values of a picture, row by row, each 0 (black) to 1 (white). The center of the first pixel is at 0, 0. */
export interface GrayImage {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  readonly data: Float32Array;
}

/** Luma of ITU-R BT.601. @param rgb all red ones, all green ones, all blue ones, each 0 to 1 */
export function grayOf(rgb: Float32Array, width: number, height: number): GrayImage {
  const pixels = width * height;
  const data = new Float32Array(pixels);
  for (let i = 0; i < pixels; i++) {
    const [red, green, blue] = [rgb[i], rgb[pixels + i], rgb[2 * pixels + i]] as [number, number, number];
    data[i] = 0.299 * red + 0.587 * green + 0.114 * blue;
  }
  return { width, height, data };
}

/** Every second pixel of every second row. */
export function halved({ width, height, data }: GrayImage): GrayImage {
  const [columns, rows] = [Math.max(1, width >> 1), Math.max(1, height >> 1)];
  const half = new Float32Array(columns * rows);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      half[y * columns + x] = data[2 * y * width + 2 * x] as number;
    }
  }
  return { width: columns, height: rows, data: half };
}

/** The sum of the products, value by value. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    sum += (a[i] as number) * (b[i] as number);
  }
  return sum;
}

/** The first less the second, value by value. */
export function difference(a: Float32Array, b: Float32Array): Float32Array {
  const result = new Float32Array(a.length);
  for (let i = 0; i < result.length; i++) {
    result[i] = (a[i] as number) - (b[i] as number);
  }
  return result;
}
