/** What one picture may cost. Beyond a limit it becomes a failure, never a crash. */
export interface PictureLimits {
  /** Largest file, bytes. */
  readonly maxBytes: number;
  /** Largest picture, width x height. */
  readonly maxPixels: number;
  /** Longest decoding, milliseconds. */
  readonly timeoutMs: number;
}

/** Safe for strangers' pictures, wide enough for a 200 MB scan. */
export const DEFAULT_PICTURE_LIMITS: PictureLimits = {
  maxBytes: 512 * 1024 * 1024,
  maxPixels: 268_402_689, // 16,383 squared: WebP's largest, and what sharp takes by default
  timeoutMs: 60_000,
};
