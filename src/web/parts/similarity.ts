/** A similarity as it may be shown: a picture that is not the same shall never look as if it were wholly so. */
export function shownSimilarity(similarity: number): string {
  return (Math.floor(similarity * 100) / 100).toFixed(2);
}
