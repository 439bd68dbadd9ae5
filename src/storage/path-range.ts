/** A half-open range of relative paths, in the order SQLite compares text (bytes of UTF-8). */
export interface PathRange {
  readonly from: string;
  /** An empty blob is beyond every text. */
  readonly to: string | Uint8Array;
}

/** Every path. */
export const ALL_PATHS: PathRange = { from: '', to: new Uint8Array(0) };

/** What lies below a folder; '' is the folder that paths are relative to. */
export function pathsBelow(folder: string): PathRange {
  // The character after the separator ends the range: '/' is followed by '0'.
  return folder === '' ? ALL_PATHS : { from: `${folder}/`, to: `${folder}0` };
}
