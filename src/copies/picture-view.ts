import { blurred } from './blur-image.ts';
import { colorGrid } from './color-grid.ts';
import { describeKeypoints, type Features } from './describe-keypoints.ts';
import { findKeypoints } from './find-keypoints.ts';
import { difference, type GrayImage, grayOf, halved } from './gray-image.ts';
import { isDrawn } from './is-drawn.ts';
import { isPage } from './is-page.ts';
import { letterTiles } from './letter-tiles.ts';
import { scaleSpace } from './scale-space.ts';

/** Pixels of the longer side at which pictures are compared; smaller ones are enlarged to it. */
export const VIEW_SIDE = 320;

/** Keypoints looked for: enough for an eighth of a picture, and matching takes the square of it. */
const MOST_KEYPOINTS = 250;

/** What comparing needs to have of a picture. */
export interface PictureView {
  readonly image: GrayImage;
  readonly features: Features;
  /** Its rough shapes at an eighth of its size: what is left of details of some 16 to 64 pixels, about 0.5. */
  readonly rough: GrayImage;
  /** Whether it looks like a page of text, or a drawn one with letters: what tells two of them apart is too small to be seen here. */
  readonly isPage: boolean;
  /** Mean distance of a pixel's color from gray, 0 to 1. */
  readonly chroma: number;
  /** See {@link colorGrid}. */
  readonly colors: Float32Array;
}

/**
 * @param rgb the upright picture at {@link VIEW_SIDE} pixels of its longer side: all red ones, all green ones, all blue ones,
 * each 0 to 1
 */
export function viewPicture(rgb: Float32Array, width: number, height: number): PictureView {
  const gray = grayOf(rgb, width, height);
  const image = lifted(gray);
  const features = describeKeypoints(findKeypoints(scaleSpace(image), MOST_KEYPOINTS));
  const letters = letterTiles(gray);
  return {
    ...{
      image,
      features,
      rough: roughShapes(image),
      chroma: chromaOf(rgb),
      colors: colorGrid(rgb, width, height),
    },
    isPage: isPage(gray, letters) || isDrawn(gray, letters),
  };
}

/** Halvings to the rough shapes, and blurs between which they lie there; pixels. */
const [HALVINGS, FINE, COARSE] = [3, 1, 4];

function roughShapes(image: GrayImage): GrayImage {
  let small = image;
  for (let i = 0; i < HALVINGS && Math.min(small.width, small.height) > 1; i++) {
    small = halved(blurred(small, 1));
  }
  const band = difference(blurred(small, FINE).data, blurred(small, COARSE).data);
  // Values below 0 would be taken for what is outside.
  return { ...small, data: band.map((value) => value + 0.5) };
}

/** Range of gray that a picture is brought to that has less, and how far at most: beyond that there is only noise. */
const LEAST_RANGE = 0.6;
const MOST_LIFTED = 4;

/** A dark or hazy picture with the contrast that others have: what is to be seen in it is to count as much. */
function lifted(image: GrayImage): GrayImage {
  const sorted = Float32Array.from(image.data).sort();
  const [low, high] = [0.01, 0.99].map((share) => sorted[Math.floor(sorted.length * share)]) as [
    number,
    number,
  ];
  const gain = Math.min(MOST_LIFTED, LEAST_RANGE / Math.max(high - low, Number.EPSILON));
  return gain <= 1 ? image : { ...image, data: image.data.map((value) => (value - low) * gain) };
}

function chromaOf(rgb: Float32Array): number {
  const pixels = rgb.length / 3;
  let sum = 0;
  for (let i = 0; i < pixels; i++) {
    const [red, green, blue] = [rgb[i], rgb[pixels + i], rgb[2 * pixels + i]] as [number, number, number];
    sum += Math.max(red, green, blue) - Math.min(red, green, blue);
  }
  return sum / pixels;
}

/** Pixels of a picture of this size when its longer side has so many. */
export function viewSize(
  size: { readonly width: number; readonly height: number },
  side = VIEW_SIDE,
): { width: number; height: number } {
  const scale = side / Math.max(size.width, size.height);
  const scaled = (side: number) => Math.max(1, Math.round(side * scale));
  return { width: scaled(size.width), height: scaled(size.height) };
}
