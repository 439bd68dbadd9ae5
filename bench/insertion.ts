/** What the vector index of a space takes for new vectors; see insert-alone. */
export interface Insertion {
  readonly space: string;
  readonly openSeconds: number;
  readonly insertSeconds: number;
  readonly saveSeconds: number;
}
