/** SQLite row id of a picture, and its label in every vector index. Never reused. */
export type PictureId = number;

/** SHA-256 of a picture's bytes, 64 lowercase hex digits. */
export type ContentHash = string;

/** What the bytes are, found by content and never by file name. */
export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'heic' | 'tiff' | 'svg';

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
  /** SHA-256 of the decoded pixels as shown (size, then 8-bit sRGB), 64 hex digits: equal means same pixels. */
  readonly pixelHash: string;
}

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
}
