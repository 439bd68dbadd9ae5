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
  const [ofA, ofB] = [inBlocks(a), inBlocks(b)];
  const all = new Float32Array(rows * columns);
  const block = new Float64Array(BLOCK * BLOCK);
  for (let i = 0; i < rows; i += BLOCK) {
    for (let j = 0; j < columns; j += BLOCK) {
      multiplyBlock(ofA, i * DESCRIPTOR_LENGTH, ofB, j * DESCRIPTOR_LENGTH, block);
      for (let row = i; row < Math.min(i + BLOCK, rows); row++) {
        for (let column = j; column < Math.min(j + BLOCK, columns); column++) {
          all[row * columns + column] = block[(row - i) * BLOCK + column - j] as number;
        }
      }
    }
  }
  return all;
}

/** Descriptors of either side that are multiplied with each other in one go: a number is fetched once for all of them. */
const BLOCK = 3;

/** The first numbers of a block's descriptors, then their second ones, and so on; the last block is filled up with zeros. */
function inBlocks(descriptors: Float32Array): Float64Array {
  const size = BLOCK * DESCRIPTOR_LENGTH;
  const blocks = new Float64Array(size * Math.ceil(descriptors.length / size));
  for (let row = 0; row * DESCRIPTOR_LENGTH < descriptors.length; row++) {
    const start = size * Math.floor(row / BLOCK) + (row % BLOCK);
    for (let k = 0; k < DESCRIPTOR_LENGTH; k++) {
      blocks[start + k * BLOCK] = descriptors[row * DESCRIPTOR_LENGTH + k] as number;
    }
  }
  return blocks;
}

/** Every descriptor of one block with every one of the other, by rows of the first. */
function multiplyBlock(
  a: Float64Array,
  fromA: number,
  b: Float64Array,
  fromB: number,
  to: Float64Array,
): void {
  let s00 = 0;
  let s01 = 0;
  let s02 = 0;
  let s10 = 0;
  let s11 = 0;
  let s12 = 0;
  let s20 = 0;
  let s21 = 0;
  let s22 = 0;
  for (let k = 0; k < BLOCK * DESCRIPTOR_LENGTH; k += BLOCK) {
    const a0 = a[fromA + k] as number;
    const a1 = a[fromA + k + 1] as number;
    const a2 = a[fromA + k + 2] as number;
    const b0 = b[fromB + k] as number;
    const b1 = b[fromB + k + 1] as number;
    const b2 = b[fromB + k + 2] as number;
    s00 += a0 * b0;
    s01 += a0 * b1;
    s02 += a0 * b2;
    s10 += a1 * b0;
    s11 += a1 * b1;
    s12 += a1 * b2;
    s20 += a2 * b0;
    s21 += a2 * b1;
    s22 += a2 * b2;
  }
  to[0] = s00;
  to[1] = s01;
  to[2] = s02;
  to[3] = s10;
  to[4] = s11;
  to[5] = s12;
  to[6] = s20;
  to[7] = s21;
  to[8] = s22;
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
