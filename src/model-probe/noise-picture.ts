/** Pictures of noise as an input tensor has them: [3, height, width], about normalized; the same for a seed. */
export function noisePicture(seed: number, height: number, width: number, contrast = 1): Float32Array {
  let state = seed >>> 0;
  const picture = new Float32Array(3 * height * width);
  for (let i = 0; i < picture.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // linear congruential, Numerical Recipes
    picture[i] = (state / 2 ** 31 - 1) * 2 * contrast;
  }
  return picture;
}

/** A copy of a picture with one square turned into its negative. */
export function disturbSquare(
  picture: Float32Array,
  { height, width }: { readonly height: number; readonly width: number },
  square: { readonly top: number; readonly left: number; readonly side: number },
): Float32Array {
  const disturbed = picture.slice();
  for (let channel = 0; channel < 3; channel++) {
    for (let y = square.top; y < square.top + square.side; y++) {
      const row = (channel * height + y) * width + square.left;
      for (let i = row; i < row + square.side; i++) {
        disturbed[i] = 1 - 2 * (picture[i] as number);
      }
    }
  }
  return disturbed;
}
