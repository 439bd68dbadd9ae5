import type { Space, SpaceDefinition, SpaceRevision } from './space.ts';

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
   * Makes sure that a definition is known. Nobody uses a new one before it is activated.
   * @returns it with its revision: the one it has, or a new one
   * @throws EideticError MODEL_MISMATCH when the catalog does not know its model
   */
  put(definition: SpaceDefinition): Promise<Space>;
  /**
   * Makes known spaces those that are used when their ids are named: all of them at once, or none.
   * @throws EideticError MODEL_MISMATCH when one is not known
   */
  activate(spaces: readonly SpaceRevision[]): Promise<void>;
}
