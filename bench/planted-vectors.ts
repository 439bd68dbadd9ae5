import { type Embedding, similarity, toEmbedding } from '../src/domain/embedding.ts';
import { randomEmbedding } from '../test/support/clustered-embeddings.ts';
import { seededRandom } from '../test/support/seeded-random.ts';
import { clusteredVector } from './clustered-vectors.ts';

/** What is planted among how many vectors. */
export interface Planting {
  /** Of all, at least twice as many as are planted. */
  readonly count: number;
  readonly dimensions: number;
  readonly seed: number;
  /** How many are near-equals of others. */
  readonly planted: number;
  /** Cosine similarity of a near-equal to its original is drawn evenly from `least` to `most`. */
  readonly least: number;
  readonly most: number;
}

/** A vector that was planted near another, by their numbers. */
export interface PlantedPair {
  readonly planted: number;
  readonly original: number;
  /** As it was drawn, before float32 rounded the vector. */
  readonly similarity: number;
}

export interface PlantedVectors {
  readonly pairs: readonly PlantedPair[];
  /** @param n from 0; the same vector whenever it is asked for */
  vector(n: number): Embedding;
}

/**
 * Vectors in clusters (see clusteredVector), some of which gave their place to near-equals of others, anywhere among
 * them. Each is near one original, which is none itself, and no two share one.
 */
export function plantVectors({ count, dimensions, seed, planted, least, most }: Planting): PlantedVectors {
  const random = seededRandom(seed);
  const drawn = drawNumbers(random, 2 * planted, count);
  const pairs: PlantedPair[] = [];
  const vectors = new Map<number, Embedding>();
  for (let i = 0; i < planted; i++) {
    const [n, original] = [drawn[2 * i] as number, drawn[2 * i + 1] as number];
    const wanted = least + (most - least) * random();
    pairs.push({ planted: n, original, similarity: wanted });
    vectors.set(n, vectorAt(random, clusteredVector(original, dimensions, seed), wanted));
  }
  return { pairs, vector: (n) => vectors.get(n) ?? clusteredVector(n, dimensions, seed) };
}

/** A vector of exactly that similarity to another, in a random direction from it. */
function vectorAt(random: () => number, from: Embedding, wanted: number): Embedding {
  const aside = randomEmbedding(random, from.length);
  const along = similarity(aside, from);
  const across = toEmbedding(aside.map((value, i) => value - along * (from[i] as number)));
  const sine = Math.sqrt(1 - wanted ** 2);
  return toEmbedding(from.map((value, i) => wanted * value + sine * (across[i] as number)));
}

/** So many different whole numbers from 0 to `below`, in random order (Fisher and Yates). */
function drawNumbers(random: () => number, count: number, below: number): readonly number[] {
  if (count > below) {
    throw new Error(`Found ${below} vectors, expected at least ${count}: twice as many as are planted.`);
  }
  const numbers = Array.from({ length: below }, (_, n) => n);
  for (let i = 0; i < count; i++) {
    const other = i + Math.floor(random() * (below - i));
    [numbers[i], numbers[other]] = [numbers[other] as number, numbers[i] as number];
  }
  return numbers.slice(0, count);
}
