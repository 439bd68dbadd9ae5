import type { FailureCode } from './failure.ts';

/** What the first bytes of a file and its name say against reading it as a picture. */
export interface FileVerdict {
  /** `IMAGE_UNREADABLE`: its name promises a picture that is not there. See NotIndexed for the others. */
  readonly code: Extract<FailureCode, 'IMAGE_UNREADABLE' | 'FORMAT_UNSUPPORTED' | 'NOT_A_PICTURE'>;
  readonly message: string;
}

/** A file of which no more than the start was read. */
export interface FileStart {
  /** Absolute, or the name alone. */
  readonly path: string;
  /** The first 64 KB, or all there is. */
  readonly bytes: Uint8Array;
  /** Whether it held a picture when it was last read with success. */
  readonly wasPicture: boolean;
}
