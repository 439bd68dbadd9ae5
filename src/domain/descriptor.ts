import type { Embedding } from './embedding.ts';
import type { PictureFacts } from './picture.ts';

/** What one forward pass yields and the catalog keeps. Both vectors have the model's dimension. */
export interface Descriptor {
  /** The model's CLS token, length 1. */
  readonly cls: Embedding;
  /** Generalized-mean pooling of the patch tokens (p = 4), length 1; `cls` again for a model without patch tokens. */
  readonly gem: Embedding;
}

/** A picture as the models and the catalog need it. */
export interface DescribedPicture {
  readonly facts: PictureFacts;
  readonly descriptor: Descriptor;
}
