import { type Embedding, toEmbedding } from '../src/domain/embedding.ts';
import { seededRandom } from '../test/support/seeded-random.ts';

/** Clusters of 25, as a collection has its series: centers on the sphere, members around them at varying distance. */
const CLUSTER = 25;

/**
 * Seeded unit vectors in clusters (mulberry32, Box-Muller). Vector n is the same whatever was asked before.
 * @param seed another seed gives other centers
 */
export function clusteredVector(n: number, dimensions: number, seed: number): Embedding {
  const center = gaussians(Math.floor(n / CLUSTER) * 2 + seed * 1_000_003, dimensions);
  const offset = gaussians(n * 2 + 1 + seed * 1_000_003, dimensions);
  const spread = 0.2 + 0.6 * ((n % CLUSTER) / CLUSTER);
  return toEmbedding(center.map((value, i) => value + spread * (offset[i] as number)));
}

function gaussians(seed: number, count: number): Float64Array {
  const random = seededRandom(Math.imul(seed, 2_654_435_761));
  const values = new Float64Array(count);
  for (let i = 0; i < count; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    values[i] = radius * Math.cos(angle);
    values[i + 1] = radius * Math.sin(angle);
  }
  return values;
}
