import type { DescribedPicture, Descriptor } from './descriptor.ts';
import type { Embedding } from './embedding.ts';
import type { FileFailure } from './failure.ts';
import type { PictureFilter } from './filter.ts';
import type { ModelManifest } from './model.ts';
import type { ContentHash, FileStamp, PictureFacts, PictureId } from './picture.ts';
import type { IndexEntry, Neighbor } from './vector-index.ts';

/** A file the catalog has seen before. */
export interface KnownFile extends FileStamp {
  /** `indexed`: has a picture with a descriptor of the model asked about. `undescribed`: has a picture without. */
  readonly state: 'indexed' | 'undescribed' | 'failed' | 'failed-transiently';
  /** The picture whose bytes it holds; null for a failed file. */
  readonly pictureId: PictureId | null;
}

/** One file to commit, with its picture's description when the catalog has none for this model. */
export interface IndexedFile extends FileStamp {
  readonly contentHash: ContentHash;
  readonly described: DescribedPicture | null;
}

/** What one transaction changes. */
export interface CatalogBatch {
  readonly modelKey: string;
  readonly files: readonly IndexedFile[];
  readonly failures: readonly FileFailure[];
  /** Paths that are gone. Their pictures stay until {@link Catalog.pruneOrphans}. */
  readonly removed: readonly string[];
}

/** What a committed batch did to the vector spaces. */
export interface CommitResult {
  /** The catalog's generation after the commit. */
  readonly generation: number;
  /** Descriptors that came with the batch, with the ids their pictures have. */
  readonly described: ReadonlyArray<{ readonly id: PictureId; readonly descriptor: Descriptor }>;
}

/** A picture with every file that holds its bytes. */
export interface CatalogPicture extends PictureFacts {
  readonly id: PictureId;
  readonly contentHash: ContentHash;
  readonly sizeBytes: number;
  /** Absolute paths, ascending. */
  readonly files: readonly string[];
}

export interface CatalogCounts {
  readonly pictures: number;
  /** Files that are indexed; failed ones are counted apart. */
  readonly files: number;
  readonly failures: number;
  readonly bytes: number;
  /** Pictures with a descriptor of each model, by model key. */
  readonly described: Readonly<Record<string, number>>;
}

/** A model as the catalog remembers it. */
export interface CatalogModel {
  readonly key: string;
  readonly manifest: ModelManifest;
  /** Whether searches use it when none is named. */
  readonly active: boolean;
}

/** The truth. Promises, because a network may stand behind it. */
export interface Catalog {
  /** Rises with every commit that changes anything. */
  generation(): Promise<number>;

  models(): Promise<CatalogModel[]>;
  /** Makes sure the model is known; the first one becomes active. */
  addModel(key: string, manifest: ModelManifest): Promise<void>;
  /**
   * Makes a known model the one that searches use when none is named.
   * @throws EideticError MODEL_MISMATCH when the catalog does not know it
   */
  activateModel(key: string): Promise<void>;

  roots(): Promise<string[]>;
  addRoots(paths: readonly string[]): Promise<void>;
  removeRoots(paths: readonly string[]): Promise<void>;

  /** Where uploads are kept, absolute; null before the first. */
  uploadsFolder(): Promise<string | null>;
  /** Remembers where uploads are kept; files that lay in the folder before have moved there with the library. */
  keepUploadsIn(folder: string): Promise<void>;

  /** Files and failures at or below a folder, ascending by the UTF-8 bytes of their paths. */
  knownFiles(root: string, modelKey: string): AsyncIterable<KnownFile>;
  knownFile(path: string, modelKey: string): Promise<KnownFile | null>;
  /** Paths of indexed files whose pictures have no descriptor of a model, ascending. */
  filesWithout(modelKey: string): Promise<string[]>;
  /** The picture with these bytes, and whether it has a descriptor of this model. */
  findByHash(
    contentHash: ContentHash,
    modelKey: string,
  ): Promise<{ id: PictureId; described: boolean } | null>;
  /** All or nothing: when the promise resolves, the batch survives a power cut. */
  commit(batch: CatalogBatch): Promise<CommitResult>;
  /** Removes pictures that no file holds any more; returns their ids. */
  pruneOrphans(): Promise<PictureId[]>;

  /** CLS embeddings committed after a generation, ascending by generation, then id; -1 gives all. */
  embeddingsSince(modelKey: string, generation: number): AsyncIterable<IndexEntry>;
  /** Ids removed after a generation. */
  removedSince(generation: number): Promise<PictureId[]>;
  /** The CLS embedding of one picture. */
  embedding(id: PictureId, modelKey: string): Promise<Embedding | null>;
  /** Pictures with a descriptor of a model. */
  describedCount(modelKey: string): Promise<number>;

  /** The pictures among `ids` that still have files and match the filter, in the order of `ids`. */
  pictures(ids: readonly PictureId[], filter?: PictureFilter): Promise<CatalogPicture[]>;
  /** Ids above `after` (default 0) of the pictures that match, ascending; at most `limit`. */
  matching(filter: PictureFilter, limit: number, after?: PictureId): Promise<PictureId[]>;
  /** CLS embeddings of these ids. */
  embeddings(ids: readonly PictureId[], modelKey: string): Promise<IndexEntry[]>;

  /** The `k` pictures most similar to a query, by comparing every embedding; most similar first, ties by id. */
  nearestExactly(query: Embedding, k: number, modelKey: string): Promise<Neighbor[]>;

  counts(): Promise<CatalogCounts>;
  /** Ascending by path. */
  failures(): AsyncIterable<FileFailure>;
  /** Ids of pictures that two or more files hold, ascending. */
  picturesWithSeveralFiles(): Promise<PictureId[]>;
  /** Groups of two or more pictures whose decoded pixels are equal; ids ascending in each, groups by first id. */
  samePixelGroups(): Promise<PictureId[][]>;

  /** What is wrong inside the catalog, one sentence each; empty when sound. */
  integrityProblems(): Promise<string[]>;
  close(): Promise<void>;
}
