import { InferenceSession, Tensor } from 'onnxruntime-node';
import { type Embedding, similarity } from '../src/domain/embedding.ts';
import { isAtLeast } from '../src/domain/least-similarity.ts';
import { writeOnnx } from '../test/support/onnx-writer.ts';

/** Two vectors by their places, `a` before `b`. */
export interface ExactPair {
  readonly a: number;
  readonly b: number;
  /** Cosine similarity, -1 to 1. */
  readonly similarity: number;
}

/** Vectors of a block: the products of two blocks are 4 MB, which stay in a cache while they are looked through. */
const BLOCK = 1_024;

/** Sums of float32 products differ by less, whatever their order; what is so near below the least is added up again. */
const SLACK = 0.000_1;

/**
 * Every pair of unit vectors at or above a similarity, by comparing all with all: the products of blocks in float32 by
 * ONNX Runtime, on one thread, and whatever may count added up once more by {@link similarity}.
 * @param vectors of one dimension
 * @param least cosine similarity, -1 to 1; see isAtLeast
 * @returns in no promised order
 */
export async function findExactPairs(vectors: readonly Embedding[], least: number): Promise<ExactPair[]> {
  const blocks = blocksOf(vectors);
  const session = await InferenceSession.create(productModel(), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  });
  const pairs: ExactPair[] = [];
  for (const [i, left] of blocks.entries()) {
    for (let j = i; j < blocks.length; j++) {
      const { product } = await session.run({ left, right: blocks[j] as Tensor });
      const { data, dims } = product as Tensor;
      for (const at of placesAbove(data as Float32Array, least - SLACK)) {
        const columns = dims[1] as number;
        const a = i * BLOCK + Math.floor(at / columns);
        const b = j * BLOCK + (at % columns);
        const exact = similarity(vectors[a] as Embedding, vectors[b] as Embedding);
        if (a < b && isAtLeast(exact, least)) {
          pairs.push({ a, b, similarity: exact });
        }
      }
      product?.dispose();
    }
  }
  await session.release();
  return pairs;
}

/** Tensors of up to BLOCK rows, a vector each. */
function blocksOf(vectors: readonly Embedding[]): Tensor[] {
  const dimensions = vectors[0]?.length ?? 0;
  const blocks: Tensor[] = [];
  for (let start = 0; start < vectors.length; start += BLOCK) {
    const rows = vectors.slice(start, start + BLOCK);
    const values = new Float32Array(rows.length * dimensions);
    for (const [row, vector] of rows.entries()) {
      values.set(vector, row * dimensions);
    }
    blocks.push(new Tensor('float32', values, [rows.length, dimensions]));
  }
  return blocks;
}

/** A loop of its own, which is compiled well: nearly all of the values are below. */
function placesAbove(values: Float32Array, least: number): number[] {
  const places: number[] = [];
  for (let at = 0; at < values.length; at++) {
    if ((values[at] as number) >= least) {
      places.push(at);
    }
  }
  return places;
}

/** Multiplies each row of one matrix with each of another. */
function productModel(): Uint8Array {
  return writeOnnx({
    nodes: [{ operator: 'Gemm', inputs: ['left', 'right'], outputs: ['product'], attributes: { transB: 1 } }],
    tensors: [],
    inputs: [
      { name: 'left', dims: ['a', 'dimensions'] },
      { name: 'right', dims: ['b', 'dimensions'] },
    ],
    outputs: [{ name: 'product', dims: ['a', 'b'] }],
  });
}
