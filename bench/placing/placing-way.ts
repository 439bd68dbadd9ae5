import type { FractionMap } from '../../src/copies/fraction-map.ts';
import type { SizedPicture } from '../copy-set-edits.ts';

/** A way to find where a copy lies on its original, one pair at a time and on one thread at a time; to be closed. */
export interface PlacingWay {
  readonly name: string;
  /**
   * @param looked called when both pictures were looked at, each for itself: what comes after is about the pair
   * @returns from the copy to the original, or null where it finds nothing
   * @throws what decoding throws
   */
  place(copy: SizedPicture, original: SizedPicture, looked: () => void): Promise<FractionMap | null>;
  close(): Promise<void>;
}
