import { blurred } from './blur-image.ts';
import { difference, type GrayImage, halved } from './gray-image.ts';

/** Scales of an octave between which keypoints are looked for (Lowe 2004, 3.1: three is best). */
export const SCALES = 3;

/** Blur of the first image of each octave, pixels of that octave (Lowe 2004, 3.3). */
const FIRST_SIGMA = 1.6;

/** Blur that a picture is taken to have by itself (Lowe 2004, 3.3). */
const OWN_SIGMA = 0.5;

/** Pixels of the shorter side below which nothing can be described. */
const LEAST_SIDE = 16;

/** Images of one size, each more blurred than the one before by 2^(1/3), and the differences of neighbors. */
export interface Octave {
  /** Pixels of the picture to one of these. */
  readonly step: number;
  readonly width: number;
  readonly height: number;
  /** {@link SCALES} + 3. */
  readonly smooth: readonly Float32Array[];
  /** {@link SCALES} + 2. */
  readonly differences: readonly Float32Array[];
  /** Of each of the smooth images, worked out when it is first asked for. */
  gradients(scale: number): Gradients;
}

/** How the gray of each pixel changes; 0 at the border. */
export interface Gradients {
  readonly strength: Float32Array;
  /** Radians, -π to π. */
  readonly direction: Float32Array;
}

/** D. Lowe, Distinctive Image Features from Scale-Invariant Keypoints, 2004, section 3; the picture is not enlarged first. */
export function scaleSpace(image: GrayImage): Octave[] {
  const octaves: Octave[] = [];
  let first = blurred(image, Math.sqrt(FIRST_SIGMA ** 2 - OWN_SIGMA ** 2));
  for (let step = 1; Math.min(first.width, first.height) >= LEAST_SIDE; step *= 2) {
    const smooth = [first];
    for (let scale = 1; scale < SCALES + 3; scale++) {
      const sigma = sigmaOf(scale);
      smooth.push(blurred(smooth[scale - 1] as GrayImage, Math.sqrt(sigma ** 2 - sigmaOf(scale - 1) ** 2)));
    }
    const { width, height } = first;
    const images = smooth.map(({ data }) => data);
    octaves.push({
      ...{ step, width, height, smooth: images, differences: differencesOf(images) },
      gradients: onceEach((scale) => gradientsOf(images[scale] as Float32Array, width, height)),
    });
    first = halved(smooth[SCALES] as GrayImage);
  }
  return octaves;
}

/** Blur of an octave's image, pixels of that octave. @param scale need not be whole */
export function sigmaOf(scale: number): number {
  return FIRST_SIGMA * 2 ** (scale / SCALES);
}

function differencesOf(images: readonly Float32Array[]): Float32Array[] {
  return images.slice(1).map((image, i) => difference(image, images[i] as Float32Array));
}

function onceEach<Value>(make: (key: number) => Value): (key: number) => Value {
  const made = new Map<number, Value>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}

function gradientsOf(image: Float32Array, width: number, height: number): Gradients {
  const strength = new Float32Array(image.length);
  const direction = new Float32Array(image.length);
  for (let y = 1; y < height - 1; y++) {
    for (let at = y * width + 1; at < (y + 1) * width - 1; at++) {
      const right = (image[at + 1] as number) - (image[at - 1] as number);
      const down = (image[at + width] as number) - (image[at - width] as number);
      strength[at] = Math.sqrt(right * right + down * down);
      direction[at] = Math.atan2(down, right);
    }
  }
  return { strength, direction };
}
