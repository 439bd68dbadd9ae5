import type { Catalog } from '../domain/catalog.ts';
import { EideticError } from '../domain/errors.ts';
import type { IndexStore } from '../domain/index-store.ts';
import type { PictureId } from '../domain/picture.ts';
import type { SpaceId } from '../domain/space.ts';
import type { IndexEntry, VectorIndex } from '../domain/vector-index.ts';

/** Embeddings handed to the index at once. */
const CHUNK = 1_000;

/** Writing the file costs as the whole index, replaying a change as one insert: fewer changes are left to a replay. */
const SAVE_ABOVE_SHARE = 0.01;

export interface SpaceIndexParts {
  readonly catalog: Catalog;
  readonly store: IndexStore;
  readonly modelKey: string;
  readonly space: SpaceId;
  readonly dimensions: number;
}

/**
 * The vector index of one space, kept level with the catalog. The file it comes from is only a cache: when it is
 * missing, stale or damaged, it is caught up or built again from the catalog's embeddings, without the model.
 */
export class SpaceIndex {
  readonly #parts: SpaceIndexParts;
  #index: VectorIndex;
  #generation: number;
  #savedGeneration: number;
  /** Changes that the saved file lacks. */
  #unsaved: number;
  /** Why the saved index could not be used, or null when it could. */
  readonly rebuiltBecause: string | null;

  private constructor(
    parts: SpaceIndexParts,
    index: VectorIndex,
    generation: number,
    rebuiltBecause: string | null,
  ) {
    this.#parts = parts;
    this.#index = index;
    this.#generation = generation;
    this.#savedGeneration = rebuiltBecause === null ? generation : -1;
    this.#unsaved = rebuiltBecause === null ? 0 : Number.POSITIVE_INFINITY;
    this.rebuiltBecause = rebuiltBecause;
  }

  /** Loads the saved index and catches it up, or builds it. */
  static async open(parts: SpaceIndexParts): Promise<SpaceIndex> {
    const loaded = await parts.store.load({ ...parts, generation: await parts.catalog.generation() });
    if ('index' in loaded) {
      const space = new SpaceIndex(parts, loaded.index, loaded.generation, null);
      await space.catchUp();
      if (await space.#isComplete()) {
        return space;
      }
    }
    const reason =
      'unusable' in loaded ? loaded.unusable : 'it does not hold the pictures that the catalog has';
    const rebuilt = new SpaceIndex(parts, parts.store.create(parts.dimensions), -1, reason);
    await rebuilt.catchUp();
    return rebuilt;
  }

  get index(): VectorIndex {
    return this.#index;
  }

  /** Catalog generation that the index reflects. */
  get generation(): number {
    return this.#generation;
  }

  get needsSaving(): boolean {
    return this.#savedGeneration !== this.#generation;
  }

  /** Replays what was committed since the index was made. Safe to repeat: a change applied twice changes nothing. */
  async catchUp(): Promise<void> {
    const { catalog, modelKey } = this.#parts;
    const target = await catalog.generation();
    if (target === this.#generation) {
      return;
    }
    await this.remove(await catalog.removedSince(this.#generation));
    let chunk: IndexEntry[] = [];
    for await (const entry of catalog.embeddingsSince(modelKey, this.#generation)) {
      chunk.push(entry);
      if (chunk.length === CHUNK) {
        await this.upsert(chunk);
        chunk = [];
      }
    }
    await this.upsert(chunk);
    this.#generation = target;
  }

  async upsert(entries: readonly IndexEntry[]): Promise<void> {
    await this.#index.upsert(entries);
    this.#unsaved += entries.length;
  }

  async remove(ids: readonly PictureId[]): Promise<void> {
    await this.#index.remove(ids);
    this.#unsaved += ids.length;
  }

  /**
   * Writes the index, which must hold all that was committed up to this generation, unless so little has changed
   * that the next opening replays it sooner than it is written.
   * @throws EideticError INDEX_UNUSABLE when it cannot be written
   */
  async save(generation: number): Promise<void> {
    this.#generation = generation;
    if (this.#unsaved <= (await this.#index.size()) * SAVE_ABOVE_SHARE) {
      return;
    }
    await this.#parts.store.save(this.#index, { ...this.#parts, generation });
    this.#savedGeneration = generation;
    this.#unsaved = 0;
  }

  /** Builds a new index from the catalog, whatever the old one holds. */
  async rebuild(): Promise<void> {
    this.#index = this.#parts.store.create(this.#parts.dimensions);
    this.#generation = -1;
    this.#unsaved = Number.POSITIVE_INFINITY;
    await this.catchUp();
    if (!(await this.#isComplete())) {
      throw new EideticError(
        'INDEX_UNUSABLE',
        'The rebuilt index does not hold what the catalog has; is another process indexing? Try again when it is done.',
      );
    }
  }

  async #isComplete(): Promise<boolean> {
    const { catalog, modelKey } = this.#parts;
    return (await this.#index.size()) === (await catalog.describedCount(modelKey));
  }
}
