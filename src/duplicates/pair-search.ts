import type { DescriptorStore } from '../domain/descriptor-store.ts';
import type { Space } from '../domain/space.ts';
import type { VectorIndex } from '../domain/vector-index.ts';
import type { AskedFiles } from './asked-files.ts';
import type { DecidedBetween } from './decided-between.ts';
import type { PairLimits } from './pair-limits.ts';
import type { PictureClasses } from './picture-classes.ts';
import type { PictureLookup } from './picture-lookup.ts';
import type { ReportDecisions } from './report-decisions.ts';

/** What looking for related pictures works with. */
export interface PairSearch {
  readonly descriptors: DescriptorStore;
  readonly index: VectorIndex;
  /** The one that the index is of. */
  readonly space: Space;
  /** The files that the report is about; the pictures have no others. */
  readonly asked: AskedFiles;
  /** Will have read every picture that is found. */
  readonly pictures: PictureLookup;
  /** Which pictures are known to be equal. One of each class takes part, its representative. */
  readonly classes: PictureClasses;
  readonly limits: PairLimits;
  readonly decisions: ReportDecisions;
  /** Of representatives, as the classes are when it is asked first. */
  readonly decided: DecidedBetween;
}
