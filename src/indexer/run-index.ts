/** The vector index that a run keeps up with the catalog. */
export interface RunIndex {
  /** Applies what was committed, unless that can be left to whoever searches next. */
  keepUp(): Promise<void>;
  /** Writes it to disk if it pays. */
  save(): Promise<void>;
}
