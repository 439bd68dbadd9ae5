/** What is evaluated: a space of a model, or a perceptual hash. */
export interface Contender {
  /** Id of the model, or `pHash`. */
  readonly model: string;
  /** Null for a hash. */
  readonly modelKey: string | null;
  /** Width of what it looks at, pixels. */
  readonly inputSize: number;
  /** Id of the space; `hash` for a hash, whose similarity is 1 - 2 · Hamming / 64. */
  readonly space: string;
  readonly dimensions: number;
}
