import type { DescriptorStore, FeedPosition } from '../domain/descriptor-store.ts';
import { EideticError } from '../domain/errors.ts';
import type { IndexCache, IndexStamp } from '../domain/index-cache.ts';
import { type Space, sourceOf } from '../domain/space.ts';
import { createTurns } from '../domain/turns.ts';
import type { VectorIndex } from '../domain/vector-index.ts';
import { compareCount } from './compare-count.ts';
import { type FedIndex, feedIndex } from './fed-index.ts';
import { reconcileIndex } from './reconcile-index.ts';

/** Writing the file costs as the whole index, replaying a change as one insert: fewer changes are left to a replay. */
const SAVE_ABOVE_SHARE = 0.01;

export interface SpaceIndexParts {
  readonly descriptors: DescriptorStore;
  readonly cache: IndexCache;
  readonly libraryId: string;
  readonly space: Space;
}

/** How an index came about. */
interface Origin {
  readonly rebuiltBecause: string | null;
  readonly checkedBecause: string | null;
  readonly mended: number;
}

const FROM_FILE: Origin = { rebuiltBecause: null, checkedBecause: null, mended: 0 };

/**
 * The vector index of one space, kept level with the catalog by its feed of vectors and by nothing else. The file it
 * comes from is only a cache: when that is missing, stale or damaged, the index is caught up, checked or built again
 * from the catalog's vectors, without the model.
 */
export class SpaceIndex {
  readonly #parts: SpaceIndexParts;
  readonly #takeTurn = createTurns();
  #index: VectorIndex;
  #position: FeedPosition;
  /** Changes that the saved file lacks; infinite when no file has this library's stamp. */
  #unsaved: number;
  /** A catch-up that has not begun yet: it brings everything that was committed before somebody joined it. */
  #nextCatchUp: Promise<void> | null = null;
  /** Why the saved index could not be used, or null when it could. */
  readonly rebuiltBecause: string | null;
  /** Why each vector of the saved index was compared with the catalog's, or null when that was not needed. */
  readonly checkedBecause: string | null;
  /** Entries that this comparison found wrong, missing or too many, all mended; 0 without it. */
  readonly mended: number;

  private constructor(parts: SpaceIndexParts, { index, position, changed }: FedIndex, origin: Origin) {
    this.#parts = parts;
    this.#index = index;
    this.#position = position;
    const isAsSaved = origin.rebuiltBecause === null && origin.checkedBecause === null;
    this.#unsaved = isAsSaved ? changed : Number.POSITIVE_INFINITY;
    this.rebuiltBecause = origin.rebuiltBecause;
    this.checkedBecause = origin.checkedBecause;
    this.mended = origin.mended;
  }

  /**
   * Loads the saved index and catches it up, or checks each of its vectors when nobody knows what it lacks, or builds
   * a new one. Commits that come meanwhile are followed and are no reason to build.
   */
  static async open(parts: SpaceIndexParts): Promise<SpaceIndex> {
    const loaded = await parts.cache.load(stampOf(parts));
    if ('unusable' in loaded) {
      return SpaceIndex.#build(parts, loaded.unusable);
    }
    const { position } = loaded;
    const doubt = await findDoubt(parts, position);
    const resumed =
      doubt === null
        ? await feedIndex(parts, loaded.index, position)
        : await reconcileIndex(parts, loaded.index);
    const { fed, mismatch } = await compareCount(parts, resumed);
    if (mismatch !== null) {
      return SpaceIndex.#build(parts, mismatch);
    }
    const checked = { rebuiltBecause: null, checkedBecause: doubt, mended: resumed.changed };
    return new SpaceIndex(parts, fed, doubt === null ? FROM_FILE : checked);
  }

  static async #build(parts: SpaceIndexParts, rebuiltBecause: string): Promise<SpaceIndex> {
    return new SpaceIndex(parts, await build(parts), { ...FROM_FILE, rebuiltBecause });
  }

  get index(): VectorIndex {
    return this.#index;
  }

  /** Position in the feed of vectors that the index reflects. */
  get position(): FeedPosition {
    return this.#position;
  }

  /** Whether the saved file lacks something of this index, or has not its stamp. */
  get needsSaving(): boolean {
    return this.#unsaved > 0;
  }

  /** Applies what was committed before this call. Several calls at once share the work or take turns. */
  catchUp(): Promise<void> {
    this.#nextCatchUp ??= this.#takeTurn(() => {
      this.#nextCatchUp = null;
      return this.#follow();
    });
    return this.#nextCatchUp;
  }

  /**
   * Writes the index, unless so little has changed that the next opening replays it sooner than it is written.
   * Catching up waits meanwhile. To be called by who holds the lock `index`.
   * @throws EideticError INDEX_UNUSABLE when it cannot be written
   */
  save(): Promise<void> {
    return this.#takeTurn(async () => {
      if (this.#unsaved > (await this.#index.size()) * SAVE_ABOVE_SHARE) {
        await this.#parts.cache.save(this.#index, { ...stampOf(this.#parts), position: this.#position });
        this.#unsaved = 0;
      }
    });
  }

  /**
   * Builds a new index from the catalog, whatever the old one holds; the old one answers until it is done.
   * @throws EideticError INDEX_UNUSABLE when the catalog contradicts itself
   */
  rebuild(): Promise<void> {
    return this.#takeTurn(async () => {
      const { fed, mismatch } = await compareCount(this.#parts, await build(this.#parts));
      if (mismatch !== null) {
        throw new EideticError(
          'INDEX_UNUSABLE',
          `${mismatch} It was just built from the catalog: check that with "eidetic doctor".`,
        );
      }
      this.#index = fed.index;
      this.#position = fed.position;
      this.#unsaved = Number.POSITIVE_INFINITY;
    });
  }

  async #follow(): Promise<void> {
    if ((await this.#parts.descriptors.position()) !== this.#position) {
      const { position, changed } = await feedIndex(this.#parts, this.#index, this.#position);
      this.#position = position;
      this.#unsaved += changed;
    }
  }
}

/** What a saved index lacks, up to a position of the catalog. */
export interface Lack {
  readonly position: FeedPosition;
  /** Vectors that were put in or taken out since it was saved. */
  readonly changed: number;
  /** Vectors in it. */
  readonly count: number;
}

/**
 * What a saved index lacks, as far as that shows without reading it.
 * @param before what it lacked when this was last asked; what has come since is added
 * @returns null when nobody knows, or it cannot be used: damage that does not show from outside is left to who opens it
 */
export async function lackOf(parts: SpaceIndexParts, before: Lack | null): Promise<Lack | null> {
  const known = before ?? (await savedLack(parts));
  if (known === null || !(await parts.descriptors.knows(known.position))) {
    return null;
  }
  let lack = known;
  for await (const change of parts.descriptors.changes(sourceOf(parts.space), known.position)) {
    const changed = lack.changed + change.upserted.length + change.removed.length;
    lack = { ...lack, changed, position: change.position ?? lack.position };
    if (!isNearlyLevel(lack)) {
      break; // more need not be counted
    }
  }
  return lack;
}

async function savedLack(parts: SpaceIndexParts): Promise<Lack | null> {
  const saved = await parts.cache.find(stampOf(parts));
  return saved && { ...saved, changed: 0 };
}

/** Whether an index lacks so little that it would be left as it is: then only who searches has to open it. */
export function isNearlyLevel({ changed, count }: Lack): boolean {
  return changed <= count * SAVE_ABOVE_SHARE;
}

function stampOf({ libraryId, space }: SpaceIndexParts): Omit<IndexStamp, 'position'> {
  const { id, revision, modelKey, dimensions } = space;
  return { libraryId, spaceId: id, revision, modelKey, dimensions };
}

function build(parts: SpaceIndexParts): Promise<FedIndex> {
  return feedIndex(parts, parts.cache.create(parts.space.dimensions), null);
}

/** Why nobody knows what an index lacks; null when the catalog's feed tells. */
async function findDoubt(
  { descriptors }: SpaceIndexParts,
  position: FeedPosition | null,
): Promise<string | null> {
  if (position === null) {
    return 'Found an index from before indexes named their library.';
  }
  return (await descriptors.knows(position))
    ? null
    : 'Found an index at a position that the catalog does not know; it was probably restored from a backup.';
}
