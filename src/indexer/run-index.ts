/** The vector index that a run keeps up with the catalog. */
export interface RunIndex {
  /** Applies what was committed. */
  catchUp(): Promise<void>;
  /** Writes it to disk if it pays. */
  save(): Promise<void>;
}
