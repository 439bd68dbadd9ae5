import type { DescribedPicture } from './descriptor.ts';
import type { FileStart, FileVerdict } from './file-verdict.ts';
import type { InstalledModel } from './model.ts';
import type { PictureRegion } from './picture.ts';

/** How long describing one picture took, milliseconds; waiting for its turn not included. */
export interface DescribeTimes {
  /** Until its pixels were ready. Forward passes of other pictures on the same thread come in between and count. */
  readonly decodeMs: number;
  /** The forward passes. */
  readonly inferenceMs: number;
}

/**
 * What decoding a picture may take: `plain`, a second or two, beside others; `bounded`, as long as its size allows, in a
 * process of its own; `unbounded`, any time up to the limit (drawings), in one of its own.
 */
export type DecodingCost = 'plain' | 'bounded' | 'unbounded';

/** Turns the bytes of a picture into what the catalog and the indexes keep. */
export interface Embedder {
  /** Every picture is decoded once and described by all of them. */
  readonly models: readonly InstalledModel[];
  /** How many pictures it can work on at once; more wait in its queue. */
  readonly parallelism: number;
  /** Names and versions of what decodes pictures: a file that failed under others is worth another try. */
  readonly decoders: string;
  /**
   * Decodes and embeds one picture. The same bytes give the same descriptors, whatever else is being embedded.
   * @param bytes a whole picture file; must not be used afterwards (it is handed to another thread)
   * @param region the part to describe; none means the whole picture
   * @param signal nobody waits any more: decoding that is not `plain` is stopped
   * @throws the signal's reason; EideticError IMAGE_UNREADABLE, IMAGE_TOO_LARGE, FORMAT_UNSUPPORTED for a bad picture (with
   *   `details.isPassing` when memory or time ran out, which may be otherwise another time),
   *   MODEL_UNAVAILABLE when a model cannot be loaded
   */
  describe(bytes: Uint8Array, region?: PictureRegion, signal?: AbortSignal): Promise<DescribedPicture>;
  /**
   * What decoding may take, by the header alone: who has pictures wait for each other can have each kind wait for its
   * like.
   * @throws EideticError IMAGE_UNREADABLE, IMAGE_TOO_LARGE, FORMAT_UNSUPPORTED
   */
  costOf(bytes: Uint8Array): DecodingCost;
  /** Whether a file is worth reading whole, by its start and its name; null when it is. */
  judgeFile(start: FileStart): FileVerdict | null;
  /** Finishes what was asked, then stops the workers. */
  close(): Promise<void>;
}
