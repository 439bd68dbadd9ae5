import type { VectorName } from '../domain/descriptor.ts';
import type { KnownModel } from '../domain/model-registry.ts';
import { COPY, SIMILAR, type SpaceDefinition, type SpaceId } from '../domain/space.ts';

/** `similar`, as a model gives it. */
export function similarOf({ key, manifest }: KnownModel): SpaceDefinition {
  return definitionOf(SIMILAR, key, 'cls', manifest.dimensions);
}

/** `copy`, as a model gives it; null when it does not. */
export function copyOf({ key, manifest }: KnownModel): SpaceDefinition | null {
  const declared = manifest.outputs.vectors?.[COPY];
  return declared === undefined ? null : definitionOf(COPY, key, COPY, declared.dimensions);
}

function definitionOf(id: SpaceId, modelKey: string, from: VectorName, dimensions: number): SpaceDefinition {
  return { id, modelKey, from, transform: 'none', dimensions, metric: 'cosine' };
}
