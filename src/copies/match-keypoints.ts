import { DESCRIPTOR_LENGTH, type Features, mirroredDescriptors } from './describe-keypoints.ts';

/** Two keypoints that look alike, by their places among the features. */
export interface FeatureMatch {
  readonly a: number;
  readonly b: number;
}

/**
 * Of the distances to the nearest and to the next: above it a match says nothing. Lowe takes 0.8; geometry sorts out what
 * comes in beyond that.
 */
const DISTINCT = 0.9;

/**
 * Pairs of keypoints each of which is the other's nearest, and nearer than the next by far (Lowe 2004, section 7.1).
 * @param isMirrored whether the first picture is looked at in a mirror
 */
export function matchKeypoints(a: Features, b: Features, isMirrored: boolean): FeatureMatch[] {
  const ofA = isMirrored ? mirroredDescriptors(a.descriptors) : a.descriptors;
  const likeness = likenesses(ofA, b.descriptors);
  const nearestOfB = nearestInColumns(likeness, a.count, b.count);
  const matches: FeatureMatch[] = [];
  for (let i = 0; i < a.count; i++) {
    const nearest = distinctNearest(likeness.subarray(i * b.count, (i + 1) * b.count));
    if (nearest !== null && nearestOfB[nearest] === i) {
      matches.push({ a: i, b: nearest });
    }
  }
  return matches;
}

/** Products of every descriptor of one picture with every one of the other, by rows of the first. */
function likenesses(a: Float32Array, b: Float32Array): Float32Array {
  const [rows, columns] = [a.length / DESCRIPTOR_LENGTH, b.length / DESCRIPTOR_LENGTH];
  const all = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      all[i * columns + j] = dot(a, i * DESCRIPTOR_LENGTH, b, j * DESCRIPTOR_LENGTH);
    }
  }
  return all;
}

function nearestInColumns(likeness: Float32Array, rows: number, columns: number): Int32Array {
  const best = new Float32Array(columns).fill(-1);
  const nearest = new Int32Array(columns).fill(-1);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const value = likeness[i * columns + j] as number;
      if (value > (best[j] as number)) {
        best[j] = value;
        nearest[j] = i;
      }
    }
  }
  return nearest;
}

/** Null where the next is about as near. */
function distinctNearest(likeness: Float32Array): number | null {
  let best = -1;
  let next = -1;
  let nearest = -1;
  for (let j = 0; j < likeness.length; j++) {
    const value = likeness[j] as number;
    if (value > best) {
      next = best;
      best = value;
      nearest = j;
    } else if (value > next) {
      next = value;
    }
  }
  // Of unit vectors the squared distance is 2 - 2 · product.
  return nearest >= 0 && 1 - best < DISTINCT ** 2 * (1 - next) ? nearest : null;
}

function dot(a: Float32Array, fromA: number, b: Float32Array, fromB: number): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let k = 0; k < DESCRIPTOR_LENGTH; k += 4) {
    first += (a[fromA + k] as number) * (b[fromB + k] as number);
    second += (a[fromA + k + 1] as number) * (b[fromB + k + 1] as number);
    third += (a[fromA + k + 2] as number) * (b[fromB + k + 2] as number);
    fourth += (a[fromA + k + 3] as number) * (b[fromB + k + 3] as number);
  }
  return first + second + third + fourth;
}
