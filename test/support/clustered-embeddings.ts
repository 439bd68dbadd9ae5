import { type Embedding, toEmbedding } from '../../src/domain/embedding.ts';
import { seededRandom } from './seeded-random.ts';

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
  const random = seededRandom(seed);
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
