import { blurred } from './blur-image.ts';
import { detailedPatches, PATCH } from './detailed-patches.ts';
import { difference, dot, type GrayImage, halved } from './gray-image.ts';

/**
 * Blurs between which fine and coarse detail lie, pixels of the smaller picture: 1 and 2, 4 and 8. Finer than that, programs
 * that make a picture smaller and save it differ among each other.
 */
const [SIGMA_1, SIGMA_2, SIGMA_4, SIGMA_8] = [1, 2, 4, 8];

/** Pixels around a patch that blurring it needs. */
const AROUND = 24;

/**
 * How many times stronger the fine detail of the larger of two pictures of one whole is than the smaller one's, for what both
 * have in coarser detail: 1 of what was only made smaller and saved; more of what was sharpened after it was enlarged, or
 * of two of one size whose other was blurred.
 * @param large as large as the small one or larger, of the same shape
 * @returns null where there is too little detail to tell
 */
export function detailLead(large: GrayImage, small: GrayImage): number | null {
  const growth = large.width / small.width;
  const patches = detailedPatches(small);
  if (patches.length === 0) {
    return null;
  }
  const ratioOf = (image: GrayImage, scale: number) => {
    let [fine, coarse] = [0, 0];
    for (const patch of patches) {
      const bands = bandEnergies(cutAround(image, patch, scale), scale);
      fine += bands.fine;
      coarse += bands.coarse;
    }
    return Math.sqrt(fine / coarse);
  };
  return ratioOf(large, growth) / ratioOf(small, 1);
}

/** A patch with what is around it. @param scale pixels of the image to one of the smaller picture */
function cutAround(
  { width, height, data }: GrayImage,
  { left, top }: { readonly left: number; readonly top: number },
  scale: number,
): GrayImage {
  const from = (at: number) => Math.max(0, Math.round(scale * (at - AROUND)));
  const to = (at: number, end: number) => Math.min(end, Math.round(scale * (at + PATCH + AROUND)));
  const [x, y] = [from(left), from(top)];
  const [columns, rows] = [to(left, width) - x, to(top, height) - y];
  const cut = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const start = (y + row) * width + x;
    cut.set(data.subarray(start, start + columns), row * columns);
  }
  return { width: columns, height: rows, data: cut };
}

/** Mean squares of fine and coarse detail; what is blurred enough is looked at in every second pixel. */
function bandEnergies(image: GrayImage, scale: number): { readonly fine: number; readonly coarse: number } {
  const further = (from: number, to: number) => scale * Math.sqrt(to ** 2 - from ** 2);
  const one = blurred(image, scale * SIGMA_1);
  const two = blurred(one, further(SIGMA_1, SIGMA_2));
  const four = halved(blurred(halved(two), further(SIGMA_2, SIGMA_4) / 2));
  const eight = blurred(four, further(SIGMA_4, SIGMA_8) / 4);
  return { fine: energyBetween(one, two), coarse: energyBetween(four, eight) };
}

function energyBetween(a: GrayImage, b: GrayImage): number {
  const band = difference(a.data, b.data);
  return dot(band, band) / band.length;
}
