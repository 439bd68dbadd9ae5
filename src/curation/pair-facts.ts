import type { EditedSide } from '../copies/tell-edit.ts';
import type { PictureId } from '../domain/picture.ts';

/** What laying two pictures over each other told of one of them. */
export interface PictureBeside extends EditedSide {
  /** Whether what it shows and the other does not is a plain frame or margin; null when nobody could look. */
  readonly hasMargin: boolean | null;
  /** Whether it has no more colors than a palette, 256 at most. */
  readonly hasPalette: boolean;
}

/** What is known of two pictures of a group. */
export interface PairFacts {
  readonly first: PictureBeside;
  readonly second: PictureBeside;
  /** Share of what can be compared that differs, 0 to 1; 0 where nothing is told of it. */
  readonly differs: number;
  /** Whether something stands in one of them that the other has not, too small or pale to count in what differs; told where nothing differs, and neither is altered. */
  readonly isMarked: boolean;
  /** Whether one of them was mirrored, turned or recolored: which, nobody can tell. */
  readonly isAltered: boolean;
}

/** Knows what was found when pictures were laid over each other. */
export interface KnownPairs {
  /** Null for pictures that equal each other, and where nobody has looked. */
  between(first: PictureId, second: PictureId): PairFacts | null;
  /** The same for pictures of the same pixels. */
  classOf(picture: PictureId): PictureId;
}
