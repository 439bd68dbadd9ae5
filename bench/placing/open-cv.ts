import { createRequire } from 'node:module';
import { join } from 'node:path';
import { nodeModulesWith } from '../node-modules.ts';

/** What is used of OpenCV; all that is made there is to be deleted. */
export interface OpenCv {
  readonly Mat: new () => CvMat;
  readonly KeyPointVector: new () => CvVector<{ readonly pt: { readonly x: number; readonly y: number } }>;
  readonly DMatchVector: new () => CvVector<{ readonly queryIdx: number; readonly trainIdx: number }>;
  readonly ORB: new (most: number) => CvDetector;
  readonly AKAZE: new () => CvDetector;
  readonly BFMatcher: new (
    norm: number,
    isMutual: boolean,
  ) => { match(a: CvMat, b: CvMat, matches: object): void; delete(): void };
  readonly CV_8UC1: number;
  readonly CV_32FC2: number;
  readonly NORM_HAMMING: number;
  readonly RANSAC: number;
  matFromArray(rows: number, columns: number, type: number, values: ArrayLike<number>): CvMat;
  /** @param axis 1 for left to right */
  flip(from: CvMat, to: CvMat, axis: number): void;
  /** @param near pixels that an inlier may be off @returns 2 x 3, or nothing where nothing fits */
  estimateAffine2D(from: CvMat, to: CvMat, inliers: CvMat, method: number, near: number): CvMat;
  countNonZero(mat: CvMat): number;
}

/** A matrix. */
export interface CvMat {
  readonly rows: number;
  readonly data64F: Float64Array;
  delete(): void;
}

/** A list. */
export interface CvVector<Item> {
  size(): number;
  get(at: number): Item;
  delete(): void;
}

/** Finds keypoints and describes them. */
export interface CvDetector {
  detectAndCompute(image: CvMat, mask: CvMat, keypoints: object, descriptors: CvMat): void;
  delete(): void;
}

/** The latest build on npm with AKAZE: 5.0.0 has ORB alone. Neither has SIFT. */
const PACKAGE = '@techstark/opencv-js';
const VERSION = '4.12.0-release.1';

/** Loads OpenCV as WebAssembly, installed once from npm. @throws Error with npm's words when it cannot be had */
export async function openCv(): Promise<OpenCv> {
  const modules = await nodeModulesWith('copy-geometry', [`${PACKAGE}@${VERSION}`]);
  const seen = UNCAUGHT.map((event) => process.listeners(event as 'uncaughtException'));
  const loaded: OpenCv & { onRuntimeInitialized?: () => void; then?: unknown } = createRequire(
    join(modules, 'of-bench.js'),
  )(PACKAGE);
  if (loaded.Mat === undefined) {
    await new Promise<void>((resolve) => {
      loaded.onRuntimeInitialized = resolve;
    });
  }
  // It says that it is a promise, and gives itself: who waits for it waits forever.
  delete loaded.then;
  // It takes over what becomes of errors that nobody caught.
  for (const [i, event] of UNCAUGHT.entries()) {
    for (const listener of process.listeners(event as 'uncaughtException')) {
      if (!seen[i]?.includes(listener)) {
        process.removeListener(event, listener);
      }
    }
  }
  return loaded;
}

const UNCAUGHT = ['uncaughtException', 'unhandledRejection'];
