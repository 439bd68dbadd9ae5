import type { ContentHash } from './picture.ts';

/**
 * Why nobody knows a picture's pixels. `unreachable`: no file holds its bytes at the moment (away, gone, changed).
 * `unfinished`: memory, time or a limit stood in the way, which may be otherwise another time. `incomparable`: there are no pixels to
 * compare (a drawing), or more than is decoded; looking again would tell the same.
 */
export type PixelRefusal = 'unreachable' | 'unfinished' | 'incomparable';

/** What looking at all pixels of a picture told; equal hashes mean equal pixels: see PIXEL_HASH_VERSION. */
export type PixelAnswer =
  | { readonly kind: 'hashed'; readonly pixelHash: string }
  | { readonly kind: 'unknown'; readonly reason: PixelRefusal };

/** Decodes pictures whole, for who must know whether their pixels are equal. Nothing of it is done at index time. */
export interface PixelHasher {
  /** How many pictures it can work on at once; more wait. */
  readonly parallelism: number;
  /**
   * Hashes the pixels of a picture, from the first of its files that has its bytes.
   * @param files absolute paths
   * @param signal stops it
   * @throws the signal's reason; nothing else: what is wrong with a picture is its answer
   */
  hash(files: readonly string[], contentHash: ContentHash, signal: AbortSignal): Promise<PixelAnswer>;
  /** The same for bytes at hand. @param bytes a whole picture file; not changed */
  hashBytes(bytes: Uint8Array, signal: AbortSignal): Promise<PixelAnswer>;
  /** Ends what it works on, and all that it has started. */
  close(): Promise<void>;
}
