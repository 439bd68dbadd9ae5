import type { Space, SpaceDefinition, SpaceId } from './space.ts';

/** A space as the catalog remembers it. */
export interface StoredSpace extends Space {
  /** Whether it is the one used when its id is named. */
  readonly isActive: boolean;
}

/** The spaces of a library. */
export interface SpaceStore {
  /** All, ascending by id, then revision. */
  spaces(): Promise<StoredSpace[]>;
  /**
   * Makes sure that a definition is known; the first one of its id becomes active.
   * @returns it with its revision: the one it has, or a new one
   * @throws EideticError MODEL_MISMATCH when the catalog does not know its model
   */
  put(definition: SpaceDefinition): Promise<Space>;
  /**
   * Makes a known space the one that is used when its id is named.
   * @throws EideticError MODEL_MISMATCH when it is not known
   */
  activate(id: SpaceId, revision: number): Promise<void>;
}
