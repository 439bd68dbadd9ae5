/** Catalog row id of a picture. Never used again. */
export type PictureId = number;

/** Catalog row id of a part, and its label in every vector index. Never used again. */
export type PartId = number;

/** SHA-256 of a picture's bytes, 64 lowercase hex digits. */
export type ContentHash = string;

/** What the bytes are, found by content and never by file name. */
export type PictureFormat =
  | 'jpeg'
  | 'png'
  | 'webp'
  | 'gif'
  | 'avif'
  | 'heic'
  | 'tiff'
  | 'svg'
  | 'bmp'
  | 'ico';

/** What the camera or an editor wrote beside the pixels. */
export interface CameraFacts {
  /** When it was taken, ISO 8601; without an offset when the picture names none (local time of the camera). */
  readonly takenAt: string | null;
  /** Maker and model, as one name. */
  readonly camera: string | null;
  /** Degrees, -90 to 90. */
  readonly latitude: number | null;
  /** Degrees, -180 to 180. */
  readonly longitude: number | null;
}

/** What decoding a picture tells of it. */
export interface PictureFacts extends CameraFacts {
  readonly format: PictureFormat;
  /** Pixels, as shown (EXIF orientation applied). */
  readonly width: number;
  /** Pixels, as shown (EXIF orientation applied). */
  readonly height: number;
  /** Pages of a document or frames of an animation, 1 or more; null when nobody looked. */
  readonly pages: number | null;
  /** Bits of a channel as stored: 1 to 64; null when nobody looked. */
  readonly bitDepth: number | null;
  /**
   * SHA-256 of the coded picture and all that decides how it is shown, without metadata: 64 hex digits. Null when
   * nobody looked, or it cannot be told.
   */
  readonly imageDataHash: string | null;
}

/**
 * What a pixel hash covers: size, then the canonical pixels of every page and frame at their own depth. Hashes of
 * another version are as good as none.
 */
export const PIXEL_HASH_VERSION = 3;

/** A part of a picture as shown: fractions of its width and height, 0 to 1, measured from the top left corner. */
export interface PictureRegion {
  readonly x: number;
  readonly y: number;
  /** Above 0; `x + width` is at most 1. */
  readonly width: number;
  /** Above 0; `y + height` is at most 1. */
  readonly height: number;
}

/** One path on disk as last seen. */
export interface FileStamp {
  /** Absolute path. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Modification time, milliseconds since 1970, with the fraction the file system gives. */
  readonly modifiedMs: number;
  /** Change time of the inode, likewise; null when it is not known, which matches anything. */
  readonly changedMs: number | null;
  /** Decimal digits; null when it is not known, which matches anything. */
  readonly inode: string | null;
  /** Lasting identity of the file system it lies on; null when it is not known, which matches anything. */
  readonly device: string | null;
}
