import { type Embedding, similarity } from '../src/domain/embedding.ts';
import type { GrayPicture } from '../src/evaluation/gray-picture.ts';
import { GRAY_SIDE } from '../src/evaluation/gray-picture.ts';
import { perceptualHash } from '../src/evaluation/perceptual-hash.ts';
import { type BitHash, bitSimilarity, packBits } from './bit-hash.ts';
import { DIFFERENCE_SIDE, differenceHash } from './difference-hash.ts';
import { dihedralVariants } from './dihedral.ts';
import type { LookedFiles } from './looked-files.ts';

/** Somebody who says how alike two files are. */
export interface CopyContender {
  readonly name: string;
  /** Bigger is more alike. @param query position of a copy @param other of the picture that it is compared with */
  similarity(query: number, other: number): number;
}

/**
 * What Eidetic has, and hashes: each as it is, and with the nearest of the copy's eight turned and mirrored variants.
 * @param pictures how many of the first files are the collection
 */
export function ownContenders(looked: LookedFiles, pictures: number): CopyContender[] {
  const phashes = looked.gray.map((gray) =>
    dihedralVariants(gray, GRAY_SIDE).map((square) => packBits(perceptualHash(square as GrayPicture))),
  );
  const dhashes = looked.fine.map((fine) => dihedralVariants(fine, DIFFERENCE_SIDE).map(differenceHash));
  return [
    byCosine('CLS', looked.similar),
    byCosine('copy', looked.copy),
    normalized('copy', looked.copy, pictures),
    ...byHash('pHash', phashes),
    ...byHash('dHash', dhashes),
    ...byHash('PDQ', looked.pdq.map(pdqVariants)),
  ];
}

/** @param vectors of each file, of any length above 0; null where there is none, which is like nothing */
export function byCosine(name: string, vectors: ReadonlyArray<Float32Array | null>): CopyContender {
  return {
    name,
    similarity(query, other) {
      const [a, b] = [vectors[query], vectors[other]];
      return a && b ? similarity(a as Embedding, b as Embedding) : -1;
    },
  };
}

/** Neighbors of the background that a similarity is compared with. */
const BACKGROUND_NEIGHBORS = 3;

/**
 * Similarity less the mean of the copy's nearest others: Pizzi et al., "A Self-Supervised Descriptor for Image Copy
 * Detection" (SSCD), 2022, eq. 8, with the collection itself for the background, but for the picture that is compared.
 */
function normalized(
  name: string,
  vectors: ReadonlyArray<Float32Array | null>,
  pictures: number,
): CopyContender {
  const { similarity } = byCosine(name, vectors);
  const nearest = new Map<number, Array<{ at: number; near: number }>>();
  const nearestOf = (query: number) => {
    const known = nearest.get(query);
    if (known !== undefined) {
      return known;
    }
    const all = Array.from({ length: pictures }, (_, at) => ({ at, near: similarity(query, at) }))
      .filter(({ at }) => at !== query)
      .sort((x, y) => y.near - x.near)
      .slice(0, BACKGROUND_NEIGHBORS + 1);
    nearest.set(query, all);
    return all;
  };
  return {
    name: `${name}, normalized`,
    similarity(query, other) {
      const background = nearestOf(query)
        .filter(({ at }) => at !== other)
        .slice(0, BACKGROUND_NEIGHBORS);
      const mean = background.reduce((sum, { near }) => sum + near, 0) / background.length;
      return similarity(query, other) - mean;
    },
  };
}

/** @param hashes of each file: its own, and those of its variants; of one alone there is one contender */
export function byHash(name: string, hashes: ReadonlyArray<readonly BitHash[]>): CopyContender[] {
  const own = hashes.map(([hash]) => hash as BitHash);
  const plain: CopyContender = {
    name,
    similarity: (query, other) => bitSimilarity(own[query] as BitHash, own[other] as BitHash),
  };
  const turned: CopyContender = {
    name: `${name} x 8`,
    similarity(query, other) {
      let nearest = 0;
      for (const variant of hashes[query] as readonly BitHash[]) {
        nearest = Math.max(nearest, bitSimilarity(variant, own[other] as BitHash));
      }
      return nearest;
    },
  };
  return hashes[0]?.length === 1 ? [plain] : [plain, turned];
}

const PDQ_WORDS = 8;

function pdqVariants(words: Float64Array): BitHash[] {
  return Array.from({ length: words.length / PDQ_WORDS }, (_, i) =>
    Uint32Array.from(words.subarray(i * PDQ_WORDS, (i + 1) * PDQ_WORDS)),
  );
}
