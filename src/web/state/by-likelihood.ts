/** Where matches end and chance begins, as the model says. */
export interface Bounds {
  readonly likely: number;
  readonly unlikely: number;
}

export interface Parts<Hit> {
  readonly likely: readonly Hit[];
  readonly between: readonly Hit[];
  readonly unlikely: readonly Hit[];
}

/**
 * Parts hits, most similar first, where the model says that they are less likely to be what was looked for. Without its
 * word all are in the first.
 */
export function byLikelihood<Hit extends { readonly similarity: number }>(
  hits: readonly Hit[],
  bounds: Bounds | null,
): Parts<Hit> {
  if (bounds === null) {
    return { likely: hits, between: [], unlikely: [] };
  }
  return {
    likely: hits.filter(({ similarity }) => similarity >= bounds.likely),
    between: hits.filter(({ similarity }) => similarity < bounds.likely && similarity >= bounds.unlikely),
    unlikely: hits.filter(({ similarity }) => similarity < bounds.unlikely),
  };
}
