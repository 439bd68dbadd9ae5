import { type Embedding, toEmbedding } from '../../src/domain/embedding.ts';

/** Numbers of 0 up to 1 that are the same for the same seed (mulberry32, Tommy Ettinger, public domain). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** An embedding in a random direction. */
export function randomEmbedding(random: () => number, dimensions: number): Embedding {
  return toEmbedding(Array.from({ length: dimensions }, () => gaussian(random)));
}

/** An embedding near another: `spread` is about the sine of the angle between them. */
export function nearbyEmbedding(random: () => number, center: Embedding, spread: number): Embedding {
  const scale = spread / Math.sqrt(center.length);
  return toEmbedding(Array.from(center, (value) => value + scale * gaussian(random)));
}

/** Embeddings around random centers, some 50 to each, as photos cluster by scene. */
export function clusteredEmbeddings(seed: number, count: number, dimensions: number): Embedding[] {
  const random = createRandom(seed);
  const centers = Array.from({ length: Math.ceil(count / 50) }, () => randomEmbedding(random, dimensions));
  return Array.from({ length: count }, () => {
    const center = centers[Math.floor(random() * centers.length)] as Embedding;
    return nearbyEmbedding(random, center, 0.7);
  });
}

/** Box and Muller 1958. */
function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
