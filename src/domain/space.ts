import type { Descriptor, VectorName } from './descriptor.ts';
import type { Embedding } from './embedding.ts';
import { EideticError } from './errors.ts';

/** Name of a vector space. */
export type SpaceId = string;

/** What looks alike: of the CLS token. */
export const SIMILAR = 'similar' satisfies SpaceId;

/** What is the same photograph, however edited: of a vector that some models declare. */
export const COPY = 'copy' satisfies SpaceId;

/** How a space's vectors come about. */
export interface SpaceDefinition {
  readonly id: SpaceId;
  /** The model whose descriptors it is made from. */
  readonly modelKey: string;
  /** Which vector of the descriptor. */
  readonly from: VectorName;
  /** What is done with it. */
  readonly transform: 'none';
  readonly dimensions: number;
  readonly metric: 'cosine';
}

/** A named vector space. An index, a calibration and a comparison each belong to one and carry its id and revision. */
export interface Space extends SpaceDefinition {
  /** Rises with every new definition of this id; the same definition keeps its revision for good. */
  readonly revision: number;
}

/** What tells a space from all others of a library, of its id too. */
export type SpaceRevision = Pick<Space, 'id' | 'revision'>;

/** Where a space's vectors lie in the catalog. */
export interface VectorSource {
  readonly modelKey: string;
  readonly name: VectorName;
}

export function sourceOf({ modelKey, from }: SpaceDefinition): VectorSource {
  return { modelKey, name: from };
}

/**
 * What a described picture is in a space.
 * @throws EideticError MODEL_MISMATCH when it was not described by the space's model, or not with that vector
 */
export function vectorIn(
  space: SpaceDefinition,
  { descriptors }: { readonly descriptors: Readonly<Record<string, Descriptor>> },
): Embedding {
  const vector = descriptors[space.modelKey]?.[space.from];
  if (vector === undefined) {
    throw new EideticError(
      'MODEL_MISMATCH',
      `Found a picture without the vector "${space.from}" of the model ${space.modelKey.slice(0, 12)}, which the space "${space.id}" is made from.`,
    );
  }
  return vector.unit;
}
