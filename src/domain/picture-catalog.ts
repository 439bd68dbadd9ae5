import type { PictureFilter } from './filter.ts';
import type { ContentHash, PartId, PictureFacts, PictureId } from './picture.ts';

/** A path that holds a picture's bytes. */
export interface PictureFile {
  /** Absolute. */
  readonly path: string;
  /** Equal for two paths that are one file by two names (hard link, bind mount); null when nobody looked. */
  readonly identity: string | null;
}

/** A picture with the files that hold its bytes: all, unless only so many were asked for. */
export interface CatalogPicture extends PictureFacts {
  readonly id: PictureId;
  readonly contentHash: ContentHash;
  readonly sizeBytes: number;
  /** Ascending by path; never empty. */
  readonly files: readonly PictureFile[];
  /** All of them, 1 or more, also those that were not asked for. */
  readonly fileCount: number;
}

/** What looking at a picture's pixels told. */
export interface KnownPixels {
  readonly picture: PictureId;
  /** See PIXEL_HASH_VERSION; 64 hex digits. Null: somebody looked, and they cannot be compared. */
  readonly pixelHash: string | null;
}

export interface CatalogCounts {
  readonly pictures: number;
  /** Files that hold a picture; some of them may have failed since. */
  readonly files: number;
  /** Files that should have been indexed. */
  readonly failures: number;
  /** Pictures in formats that are not read; they are no failures. */
  readonly unsupported: number;
  /** Files that are no pictures. */
  readonly others: number;
  /** Files that hold a picture and were not read since: counted among `files`, and among the three above. */
  readonly failedSince: number;
  readonly bytes: number;
  /** Pictures with a descriptor of each model, by model key. */
  readonly described: Readonly<Record<string, number>>;
}

/** Pictures: found, filtered, paged. */
export interface PictureCatalog {
  /**
   * The pictures among `ids` that still have files and match the filter, in the order of `ids`.
   * @param mostFiles of each picture so many files at most, 1 or more, always the same ones; all without it
   */
  pictures(ids: readonly PictureId[], filter?: PictureFilter, mostFiles?: number): Promise<CatalogPicture[]>;
  /** The pictures that parts belong to, likewise, in the order of `parts`. */
  picturesOfParts(
    parts: readonly PartId[],
    filter?: PictureFilter,
    mostFiles?: number,
  ): Promise<Array<{ readonly part: PartId; readonly picture: CatalogPicture }>>;
  /** The ids alone of the same pictures, likewise: for lists of which only some are shown. */
  pictureIdsOfParts(
    parts: readonly PartId[],
    filter?: PictureFilter,
  ): Promise<Array<{ readonly part: PartId; readonly picture: PictureId }>>;
  /** Ids above `after` (default 0) of the pictures that have files and match, ascending; at most `limit`. */
  matching(filter: PictureFilter, limit: number, after?: PictureId): Promise<PictureId[]>;
  /**
   * Ids of the pictures that have files and match, descending: the latest in the library first, since ids rise.
   * @param before only ids below this one; all without it
   */
  newest(filter: PictureFilter, limit: number, before?: PictureId): Promise<PictureId[]>;
  counts(): Promise<CatalogCounts>;
  /** Ids of pictures that two or more files hold, ascending. */
  picturesWithSeveralFiles(): Promise<PictureId[]>;
  /** Groups of two or more pictures whose image data is equal; ids ascending in each, groups by first id. */
  sameImageDataGroups(): Promise<PictureId[][]>;
  /** Ids of the pictures that have files and this image data (see PictureFacts), ascending. */
  withImageData(imageDataHash: string): Promise<PictureId[]>;
  /** Groups of two or more pictures whose pixels are known to be equal, likewise. */
  samePixelGroups(): Promise<PictureId[][]>;
  /** What is known of the pixels of these pictures, by ascending id; those that nobody looked at are left out. */
  knownPixels(ids: readonly PictureId[]): Promise<KnownPixels[]>;
  /**
   * Keeps what looking told, for the next who ask; of pictures that are not there (any more) nothing.
   * @throws EideticError READ_ONLY, STORAGE_FULL, CATALOG_BUSY
   */
  keepPixels(pixels: readonly KnownPixels[]): Promise<void>;
}
