import type { Embedding } from './embedding.ts';
import type { PictureFacts } from './picture.ts';

/**
 * Name of a vector that a forward pass yields: `cls` (the CLS token), `gem` (generalized-mean pooling of the patch
 * tokens, p = 4; `cls` again for a model without patch tokens), and what a model declares beside them.
 */
export type VectorName = string;

/** One vector of a descriptor. */
export interface DescribedVector {
  /** Length 1, of the model's dimension. */
  readonly unit: Embedding;
  /** Its length before it was brought to 1; null when nobody kept it. */
  readonly norm: number | null;
}

/** What one forward pass yields and the catalog keeps for a part and a model; `cls` is always there. */
export interface Descriptor {
  readonly cls: DescribedVector;
  readonly [name: VectorName]: DescribedVector;
}

/** A picture as the models and the catalog need it. */
export interface DescribedPicture {
  readonly facts: PictureFacts;
  /** By model key. */
  readonly descriptors: Readonly<Record<string, Descriptor>>;
}
