import { type Affine, composed } from '../../src/copies/affine.ts';
import { inFractions } from '../../src/copies/fraction-map.ts';
import { grayOf } from '../../src/copies/gray-image.ts';
import { viewSize } from '../../src/copies/picture-view.ts';
import { pixelsAtSize } from '../../src/engine/pixels-at-size.ts';
import type { PictureDecoders } from '../../src/imaging/picture-decoders.ts';
import type { SizedPicture } from '../copy-set-edits.ts';
import type { CvDetector, CvMat, OpenCv } from './open-cv.ts';
import type { PlacingWay } from './placing-way.ts';

/** OpenCV's detectors whose descriptors are bits. */
export type CvKeypoints = 'ORB' | 'AKAZE';

/** Keypoints of a picture at most, where the detector asks: OpenCV's own default. */
const MOST_KEYPOINTS = 500;

/** Pixels that an inlier may be off: OpenCV's own default. */
const NEAR = 3;

/** An affine map goes through any three. */
const LEAST_INLIERS = 4;

/**
 * OpenCV's keypoints, as it finds them by default, matched where each is nearest to the other, with its RANSAC for an affine map; the copy as it is and
 * in the mirror, whichever has more inliers.
 * @param decoders outlive it
 */
export function placeByOpenCv(cv: OpenCv, keypoints: CvKeypoints, decoders: PictureDecoders): PlacingWay {
  const detector = keypoints === 'ORB' ? new cv.ORB(MOST_KEYPOINTS) : new cv.AKAZE();
  const matcher = new cv.BFMatcher(cv.NORM_HAMMING, true);
  return {
    name: `${keypoints} (OpenCV)`,
    async place(copy, original, looked) {
      const [a, b] = [await grayMat(cv, decoders, copy), await grayMat(cv, decoders, original)];
      const mirrored = new cv.Mat();
      cv.flip(a.mat, mirrored, 1);
      const described = [a.mat, mirrored, b.mat].map((mat) => describe(cv, detector, mat));
      const [ofCopy, ofMirrored, ofOriginal] = described as [Described, Described, Described];
      looked();
      const plain = fit(cv, matcher, ofCopy, ofOriginal);
      const turned = fit(cv, matcher, ofMirrored, ofOriginal);
      for (const mat of [a.mat, mirrored, b.mat, ...described.map(({ descriptors }) => descriptors)]) {
        mat.delete();
      }
      const best = turned.inliers > plain.inliers ? turned : plain;
      if (best.affine === null) {
        return null;
      }
      const mirror: Affine = { xx: -1, xy: 0, x0: a.width - 1, yx: 0, yy: 1, y0: 0 };
      return inFractions(best === turned ? composed(mirror, best.affine) : best.affine, a, b);
    },
    async close() {
      detector.delete();
      matcher.delete();
    },
  };
}

async function grayMat(cv: OpenCv, decoders: PictureDecoders, picture: SizedPicture) {
  const { width, height } = viewSize(picture);
  const { rgb } = await pixelsAtSize(decoders, picture.bytes, { width, height });
  const bytes = Uint8Array.from(grayOf(rgb, width, height).data, (value) => Math.round(255 * value));
  return { width, height, mat: cv.matFromArray(height, width, cv.CV_8UC1, bytes) };
}

interface Described {
  /** x, y, x, y, … pixels. */
  readonly points: readonly number[];
  readonly descriptors: CvMat;
}

function describe(cv: OpenCv, detector: CvDetector, image: CvMat): Described {
  const [keypoints, descriptors, everywhere] = [new cv.KeyPointVector(), new cv.Mat(), new cv.Mat()];
  detector.detectAndCompute(image, everywhere, keypoints, descriptors);
  const points = Array.from({ length: keypoints.size() }, (_, i) => keypoints.get(i).pt);
  keypoints.delete();
  everywhere.delete();
  return { points: points.flatMap(({ x, y }) => [x, y]), descriptors };
}

interface Fit {
  readonly affine: Affine | null;
  readonly inliers: number;
}

function fit(cv: OpenCv, matcher: InstanceType<OpenCv['BFMatcher']>, a: Described, b: Described): Fit {
  if (a.points.length === 0 || b.points.length === 0) {
    return { affine: null, inliers: 0 };
  }
  const found = new cv.DMatchVector();
  matcher.match(a.descriptors, b.descriptors, found);
  const matches = Array.from({ length: found.size() }, (_, i) => found.get(i));
  found.delete();
  if (matches.length < LEAST_INLIERS) {
    return { affine: null, inliers: 0 };
  }
  const pointsOf = ({ points }: Described, at: (match: (typeof matches)[number]) => number) =>
    cv.matFromArray(
      ...([matches.length, 1, cv.CV_32FC2] as const),
      matches.flatMap((match) => points.slice(2 * at(match), 2 * at(match) + 2)),
    );
  const from = pointsOf(a, ({ queryIdx }) => queryIdx);
  const to = pointsOf(b, ({ trainIdx }) => trainIdx);
  const isInlier = new cv.Mat();
  const estimated = cv.estimateAffine2D(from, to, isInlier, cv.RANSAC, NEAR);
  const inliers = estimated.rows === 0 ? 0 : cv.countNonZero(isInlier);
  const affine = inliers < LEAST_INLIERS ? null : affineOf(estimated.data64F);
  for (const mat of [from, to, isInlier, estimated]) {
    mat.delete();
  }
  return { affine, inliers };
}

function affineOf(rows: Float64Array): Affine {
  const [xx, xy, x0, yx, yy, y0] = rows as unknown as [number, number, number, number, number, number];
  return { xx, xy, x0, yx, yy, y0 };
}
