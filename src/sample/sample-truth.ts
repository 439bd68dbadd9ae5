/** Raised when any picture would be drawn differently. */
export const SAMPLE_VERSION = 1;

/** Folder of the pictures inside a sample's folder; the truth lies beside it. */
export const PICTURES_FOLDER = 'pictures';

/** How a copy was made. The first leaves the bytes as they are, those down to `sideways` the decoded pixels. */
export type SampleEdit =
  | 'same-bytes'
  | 'comment'
  | 'no-exif'
  | 'as-png'
  | 'as-webp'
  | 'as-tiff'
  | 'sideways'
  | 'quality-60'
  | 'quality-30'
  | 'half'
  | 'quarter'
  | 'cropped-80'
  | 'cropped-60'
  | 'mirrored'
  | 'rotated'
  | 'text'
  | 'border'
  | 'gray'
  | 'brighter'
  | 'mixed';

/** What is true of a drawn sample. All paths are relative to its pictures folder, with `/`, and all lists ascend. */
export interface SampleTruth {
  /** {@link SAMPLE_VERSION} of the program that drew it. */
  readonly version: number;
  readonly seed: number;
  /** Every picture. */
  readonly pictures: readonly string[];
  /** Those that were drawn and not made from another. */
  readonly originals: readonly string[];
  /** Groups of files with the same bytes. */
  readonly identical: ReadonlyArray<readonly string[]>;
  /** Groups of files whose pixels, decoded and upright, are equal although their bytes are not. */
  readonly samePixels: ReadonlyArray<readonly string[]>;
  /** Every picture that is no original, ascending by `copy`. */
  readonly copies: readonly SampleCopy[];
}

export interface SampleCopy {
  readonly copy: string;
  readonly original: string;
  readonly edit: SampleEdit;
}

const SAME_PIXELS: readonly SampleEdit[] = ['comment', 'no-exif', 'as-png', 'as-webp', 'as-tiff', 'sideways'];

/** Writes down what follows from the originals and how each copy was made. */
export function tellTruth(
  seed: number,
  originals: readonly string[],
  copies: readonly SampleCopy[],
): SampleTruth {
  const groupsBy = (edits: readonly SampleEdit[]): string[][] =>
    originals
      .map((original) => copies.filter((made) => made.original === original && edits.includes(made.edit)))
      .filter((made) => made.length > 0)
      .map((made) => [(made[0] as SampleCopy).original, ...made.map(({ copy }) => copy)].sort(byPath))
      .sort(([a], [b]) => byPath(a as string, b as string));
  return {
    version: SAMPLE_VERSION,
    seed,
    pictures: [...originals, ...copies.map(({ copy }) => copy)].sort(byPath),
    originals: [...originals].sort(byPath),
    identical: groupsBy(['same-bytes']),
    samePixels: groupsBy(SAME_PIXELS),
    copies: [...copies].sort((a, b) => byPath(a.copy, b.copy)),
  };
}

function byPath(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
