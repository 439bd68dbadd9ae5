import { EideticError } from '../domain/errors.ts';

/**
 * Refuses what would silently give nonsense: another dimension, or a value that is not finite.
 * @throws EideticError INVALID_INPUT
 */
export function requireEmbedding(embedding: Float32Array, dimensions: number): void {
  if (embedding.length !== dimensions) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found an embedding of ${embedding.length} dimensions, expected ${dimensions}; use the model this index was made with.`,
    );
  }
  for (let i = 0; i < dimensions; i++) {
    if (!Number.isFinite(embedding[i])) {
      throw new EideticError(
        'INVALID_INPUT',
        `Found ${embedding[i]} at position ${i} of an embedding, expected a finite number; make embeddings with toEmbedding.`,
      );
    }
  }
}
