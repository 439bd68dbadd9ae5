import type { Config } from '../config/config.ts';
import type { Catalog } from '../domain/catalog.ts';
import type { DescribeTimes, Embedder } from '../domain/embedder.ts';
import type { EideticError } from '../domain/errors.ts';
import type { LibraryLock } from '../domain/library-lock.ts';
import type { Logger } from '../domain/logger.ts';
import type { PixelHasher } from '../domain/pixel-hasher.ts';
import type { Space } from '../domain/space.ts';
import type { PictureDecoders } from '../imaging/picture-decoders.ts';
import type { ManagedFolder } from '../uploads/managed-folder.ts';
import type { LibrarySpaces } from './library-spaces.ts';
import type { LibraryState } from './library-state.ts';
import type { PairVerifier } from './pair-verifier.ts';

/** An open library: its parts, wired once. Each use case takes those that it names. */
export interface Library {
  readonly config: Config;
  readonly logger: Logger;
  readonly catalog: Catalog;
  readonly lock: LibraryLock;
  /** The spaces that searches look in. */
  readonly spaces: LibrarySpaces;
  /** Keys of the models by which every picture is described. */
  readonly modelKeys: readonly string[];
  /** The spaces that are used when ids are named, once this library's models have described every picture. */
  readonly toActivate: readonly Space[];
  /** Why new pictures cannot be described; what the library has is searched all the same. Null when they can. */
  readonly cannotDescribe: EideticError | null;
  /** Where uploads are kept. */
  readonly uploads: ManagedFolder;
  readonly state: LibraryState;
  /** Decode pictures for whoever needs more of them than an embedding. */
  readonly decoders: PictureDecoders;
  /**
   * Describes pictures for every active space; started with the first call.
   * @throws EideticError `cannotDescribe`: MODEL_UNAVAILABLE, MODEL_MISMATCH
   */
  embedder(): Embedder;
  /** Looks at pictures' pixels, for who asks whether they are equal; started with the first call. */
  pixelHasher(): PixelHasher;
  /** Tells copies from other pictures by laying them over each other; started with the first call. */
  verifier(): PairVerifier;
  /** Tells of every picture that was described, indexed ones too; null tells nobody. */
  onDescribed: ((times: DescribeTimes) => void) | null;
  /** Stops what runs, keeping what it has finished, and closes everything. Safe to call twice. */
  close(): Promise<void>;
}
