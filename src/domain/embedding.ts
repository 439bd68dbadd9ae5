import { EideticError } from './errors.ts';

/** A finite vector of length 1 (L2). Made only by {@link normalize}, so nothing else reaches an index. */
export type Embedding = Float32Array & { readonly __brand: 'Embedding' };

/**
 * Normalizes a vector to length 1.
 * @param values any finite vector that is not zero; not changed
 * @throws EideticError INVALID_INPUT when a value is not finite or all are zero
 */
export function toEmbedding(values: ArrayLike<number>): Embedding {
  return normalize(values).unit;
}

/**
 * Normalizes a vector to length 1 and tells the length it had.
 * @param values any finite vector that is not zero; not changed
 * @throws EideticError INVALID_INPUT when a value is not finite or all are zero
 */
export function normalize(values: ArrayLike<number>): { readonly unit: Embedding; readonly norm: number } {
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    squares += (values[i] as number) ** 2;
  }
  const norm = Math.sqrt(squares);
  if (!Number.isFinite(norm) || norm === 0) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found a vector of length ${norm}, expected a finite one above zero; it cannot be compared with others.`,
    );
  }
  const unit = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    unit[i] = (values[i] as number) / norm;
  }
  return { unit: unit as Embedding, norm };
}

/** Cosine similarity of two embeddings of the same dimension, -1 to 1. */
export function similarity(a: Embedding, b: Embedding): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    sum += (a[i] as number) * (b[i] as number);
  }
  return sum;
}
