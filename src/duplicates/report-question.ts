/** A folder or file that a question names. */
export interface Place {
  /** As it is shown. */
  readonly name: string;
  /** Absolute: its files lie at or below one of these. Several where its name has several Unicode forms. */
  readonly paths: readonly string[];
}

/**
 * Which files a report is about. What lies elsewhere takes no part: it is not compared, not listed, and no file is a copy
 * for its sake.
 */
export interface ReportQuestion {
  /**
   * Two or more: only what has files in two of them, such as what comes in and an archive, or the splits of a data set. A
   * file belongs to the deepest of them that it lies in. None for all.
   */
  readonly across: readonly Place[];
  /** Only files in one of these; none for all. */
  readonly within: readonly Place[];
  /** No file in these is one that could be dropped: what has files nowhere else is no duplicate. */
  readonly reference: readonly Place[];
  /** Only files in these, and of them only what has files under two labels, see labelOf; none for all. */
  readonly labelled?: readonly Place[];
}

export const WHOLE_LIBRARY: ReportQuestion = { across: [], within: [], reference: [] };
