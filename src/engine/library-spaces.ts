import { EideticError } from '../domain/errors.ts';
import type { SimilarityBounds } from '../domain/model.ts';
import type { KnownModel } from '../domain/model-registry.ts';
import { COPY, SIMILAR, type Space, type SpaceId } from '../domain/space.ts';
import type { LibraryIndex } from './library-index.ts';

/** A space of an open library, with the vector index of it. */
export interface LibrarySpace {
  readonly space: Space;
  /** The model whose vectors it is made from. It may be one that is not installed. */
  readonly model: KnownModel;
  readonly index: LibraryIndex;
}

/** What similarities in a space mean, as the model says; null when it does not. */
export function boundsOf({ space, model }: LibrarySpace): SimilarityBounds | null {
  return model.manifest.bounds?.[space.from] ?? null;
}

/** What an answer says of the space that it is of. */
export interface SpaceMeaning {
  readonly space: SpaceId;
  /** See boundsOf. */
  readonly bounds: SimilarityBounds | null;
}

export function meaningOf(searched: LibrarySpace): SpaceMeaning {
  return { space: searched.space.id, bounds: boundsOf(searched) };
}

/** The spaces that an open library is used with. Each has vectors and an index of its own; they never mix. */
export class LibrarySpaces {
  readonly similar: LibrarySpace;
  /** Null when no model of the library gives it. */
  readonly copy: LibrarySpace | null;

  constructor(similar: LibrarySpace, copy: LibrarySpace | null) {
    this.similar = similar;
    this.copy = copy;
  }

  get all(): readonly LibrarySpace[] {
    return this.copy === null ? [this.similar] : [this.similar, this.copy];
  }

  /** What copies are looked for in: `copy`, and where there is none, `similar`. */
  get forCopies(): LibrarySpace {
    return this.copy ?? this.similar;
  }

  /**
   * The space of a name.
   * @throws EideticError INVALID_INPUT when there is no such space; MODEL_MISMATCH, with the detail `space`, when the
   *   library's models give none
   */
  named(id: SpaceId): LibrarySpace {
    const found = this.all.find(({ space }) => space.id === id);
    if (found !== undefined) {
      return found;
    }
    const { id: model } = this.similar.model.manifest;
    throw id === COPY
      ? new EideticError(
          'MODEL_MISMATCH',
          `The library has no space "${COPY}": its model ${model} gives no vector that tells copies. Run "eidetic reindex" to have that of the bundled model beside it, or use "${SIMILAR}".`,
          { details: { space: id } },
        )
      : new EideticError(
          'INVALID_INPUT',
          `Found the space "${id}", expected ${this.all.map(({ space }) => `"${space.id}"`).join(' or ')}.`,
        );
  }

  /** Brings every index level with what was committed. */
  async catchUp(): Promise<void> {
    for (const { index } of this.all) {
      await index.catchUp();
    }
  }

  /** The same for who only changes the catalog; see LibraryIndex.keepUp. */
  async keepUp(): Promise<void> {
    for (const { index } of this.all) {
      await index.keepUp();
    }
  }

  /** Saves every index that has changed; see LibraryIndex.save. */
  async save(): Promise<void> {
    for (const { index } of this.all) {
      await index.save();
    }
  }

  /** The same without waiting longer after attempts that failed; see LibraryIndex.saveNow. */
  async saveNow(): Promise<void> {
    for (const { index } of this.all) {
      await index.saveNow();
    }
  }

  /** Whether an index could not be saved so far. */
  get cannotBeSaved(): boolean {
    return this.all.some(({ index }) => index.cannotBeSaved);
  }

  /** Opens every index. @throws what LibraryIndex.opened throws */
  async opened(): Promise<void> {
    for (const { index } of this.all) {
      await index.opened();
    }
  }
}
