import { listTiffDirectories, type TiffDirectory } from './tiff-directories.ts';

/** Bit flags; 1 is a reduced-resolution version of another picture of the file. */
const NEW_SUBFILE_TYPE = 254;
const REDUCED_RESOLUTION = 1;
/** Its predecessor, an enumeration. */
const SUBFILE_TYPE = 255;
const REDUCED_IMAGE = 2;

/** The pages of a TIFF file, thumbnails and smaller versions of pages left out. */
export interface TiffPages {
  /** Positions among all directories, ascending; one or more. */
  readonly positions: readonly number[];
  /** The directory of the first page; undefined where none can be read. */
  readonly first: TiffDirectory | undefined;
  /** See TiffDirectories. */
  readonly isCut: boolean;
}

/** A file of nothing but thumbnails is taken for what it holds. */
export function listTiffPages(bytes: Uint8Array): TiffPages {
  const { directories, isCut } = listTiffDirectories(bytes);
  const positions = [...directories.keys()].filter((i) => !isThumbnail(directories[i] as TiffDirectory));
  const shown = positions.length > 0 ? positions : [0];
  return { positions: shown, first: directories[shown[0] as number], isCut };
}

/** Whether a directory is marked as a smaller version of another. */
export function isThumbnail(directory: TiffDirectory): boolean {
  const flags = directory.get(NEW_SUBFILE_TYPE) ?? 0;
  return (flags & REDUCED_RESOLUTION) !== 0 || directory.get(SUBFILE_TYPE) === REDUCED_IMAGE;
}
