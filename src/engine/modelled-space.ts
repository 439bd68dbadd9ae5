import type { Catalog } from '../domain/catalog.ts';
import type { KnownModel } from '../domain/model-registry.ts';
import type { Space, SpaceDefinition } from '../domain/space.ts';

/** What spaces and their models are kept in. */
export type SpaceParts = Pick<Catalog, 'models' | 'spaces' | 'descriptors' | 'files' | 'isReadOnly'>;

/** A space of the library, with its model. */
export interface ModelledSpace<Kind extends Space = Space> {
  readonly space: Kind;
  readonly model: KnownModel;
}

/** A space with its model; none when the model is not known. */
export function withModel<Kind extends Space>(
  space: Kind,
  known: readonly KnownModel[],
): ModelledSpace<Kind>[] {
  const model = known.find(({ key }) => key === space.modelKey);
  return model === undefined ? [] : [{ space, model }];
}

/** The space of a definition as the catalog has it, put there when it has none. */
export async function addSpace(
  { spaces, isReadOnly }: SpaceParts,
  definition: SpaceDefinition,
): Promise<Space> {
  const { id, modelKey } = definition;
  const known = (await spaces.spaces()).find((space) => space.id === id && space.modelKey === modelKey);
  if (known === undefined && isReadOnly) {
    return { ...definition, revision: 0 }; // nothing is in it, and nothing can come
  }
  return known ?? spaces.put(definition);
}
