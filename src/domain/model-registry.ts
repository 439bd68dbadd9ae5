import type { ModelManifest } from './model.ts';

/** A model as the catalog remembers it. */
export interface KnownModel {
  readonly key: string;
  readonly manifest: ModelManifest;
}

/** The models whose descriptors a library keeps. */
export interface ModelRegistry {
  /** In the order in which they came. */
  models(): Promise<KnownModel[]>;
  /** Makes sure that a model is known. */
  add(key: string, manifest: ModelManifest): Promise<void>;
}
