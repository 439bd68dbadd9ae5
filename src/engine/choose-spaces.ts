import type { Config } from '../config/config.ts';
import type { Catalog } from '../domain/catalog.ts';
import type { VectorName } from '../domain/descriptor.ts';
import type { DescriptorStore } from '../domain/descriptor-store.ts';
import { EideticError } from '../domain/errors.ts';
import type { InstalledModel } from '../domain/model.ts';
import type { KnownModel } from '../domain/model-registry.ts';
import { COPY, SIMILAR, type Space, type SpaceDefinition, type SpaceId, sourceOf } from '../domain/space.ts';
import type { StoredSpace } from '../domain/space-store.ts';
import { withResize } from '../embedding/input-recipe.ts';
import { findManifest, findModel } from '../embedding/model-store.ts';
import { describingModel, isOfModel, isPreparedAlike } from './describing-model.ts';

type SpaceParts = Pick<Catalog, 'models' | 'spaces' | 'descriptors' | 'files' | 'isReadOnly'>;

/** A space of the library, with its model. */
export interface ModelledSpace<Kind extends Space = Space> {
  readonly space: Kind;
  readonly model: KnownModel;
}

/** What a library is used with. */
export interface ChosenSpaces {
  readonly similar: ModelledSpace;
  /** Null when no model of the library gives it, or one has not described all of its pictures yet. */
  readonly copy: ModelledSpace | null;
  /** Keys of the models that pictures are described by: those of the active spaces, and that of `similar`. */
  readonly modelKeys: readonly string[];
  /** Those models as they are installed, or why new pictures cannot be described. */
  readonly describing: readonly InstalledModel[] | EideticError;
}

/**
 * Finds the spaces that a library is used with, and their models: `similar` of the model that was asked for, else the
 * active one, else (in a new library) that of the bundled model. A library keeps to its models: embeddings of two
 * cannot be compared. What it has can be searched without them; only describing needs them installed.
 * @param mayAddModel whether the model shall be the installed one, even if it is another than those that the library
 *   knows: of the name that was asked for, else of the active model's, else the bundled one
 * @throws EideticError MODEL_MISMATCH when the library was not indexed with the model that was asked for;
 *   MODEL_UNAVAILABLE when a model is needed that is not installed
 */
export async function chooseSpaces(
  config: Config,
  catalog: SpaceParts,
  mayAddModel: boolean,
): Promise<ChosenSpaces> {
  const known = await catalog.models.models();
  const stored = await catalog.spaces.spaces();
  const similars = similarSpaces(stored, known);
  const others = known.filter(({ key }) =>
    stored.some(({ id, isActive, modelKey }) => isActive && id !== SIMILAR && modelKey === key),
  );
  const kept = mayAddModel ? null : await keptSpace(similars, config);
  const chosen = kept && {
    ...{ similar: kept, modelKeys: keysOf(kept.model, others) },
    describing: await orRefusal(async () => [
      await describingModel(kept.model, config.model ?? kept.model.manifest.id, config),
      ...(await furtherModels(kept.model, others, config)),
    ]),
  };
  if (chosen !== null && kept?.space.isActive && !(chosen.describing instanceof EideticError)) {
    return withCopy(catalog, chosen);
  }
  // What was opened and never filled is bound to no model yet.
  const isEmpty = await hasNoVectors(catalog.descriptors, stored);
  if (chosen !== null && !isEmpty) {
    return withCopy(catalog, chosen);
  }
  const model = await installedModel(similars, config);
  if (!mayAddModel && !isEmpty) {
    throw refuseOther(similars, model, config);
  }
  const space = await addModelAndSpace(catalog, model);
  const added = await withCopy(catalog, {
    ...{ similar: { space, model }, modelKeys: keysOf(model, others) },
    describing: await orRefusal(async () => [model, ...(await furtherModels(model, others, config))]),
  });
  if (isEmpty && !catalog.isReadOnly) {
    await activate(catalog.spaces, added);
  }
  return added;
}

/** Makes chosen spaces those that are used when their ids are named; `copy` only when it is of the same model. */
export async function activate(
  spaces: Catalog['spaces'],
  { similar, copy }: Pick<ChosenSpaces, 'similar' | 'copy'>,
): Promise<void> {
  await spaces.activate(similar.space.id, similar.space.revision);
  if (copy?.model.key === similar.model.key) {
    await spaces.activate(copy.space.id, copy.space.revision);
  }
}

/**
 * Finds the space `copy`: of the model of `similar`, where that gives it, else the active one, once its model has
 * described every picture.
 */
async function withCopy(catalog: SpaceParts, chosen: Omit<ChosenSpaces, 'copy'>): Promise<ChosenSpaces> {
  const { model } = chosen.similar;
  const declared = model.manifest.outputs.vectors?.[COPY];
  if (declared !== undefined) {
    const space = await addSpace(catalog, definitionOf(COPY, model.key, COPY, declared.dimensions));
    return { ...chosen, copy: { space, model } };
  }
  const active = (await catalog.spaces.spaces()).find(({ id, isActive }) => id === COPY && isActive);
  const other = (await catalog.models.models()).find(({ key }) => key === active?.modelKey);
  const isWhole = other !== undefined && (await catalog.files.countWithout(other.key)) === 0;
  return { ...chosen, copy: active && isWhole ? { space: active, model: other } : null };
}

function similarSpaces(
  stored: readonly StoredSpace[],
  known: readonly KnownModel[],
): ModelledSpace<StoredSpace>[] {
  return stored
    .filter(({ id }) => id === SIMILAR)
    .flatMap((space) => {
      const model = known.find(({ key }) => key === space.modelKey);
      return model === undefined ? [] : [{ space, model }];
    });
}

/** The space of the library that was asked for: of several the active one, else one of today's preparation. */
async function keptSpace(
  similars: readonly ModelledSpace<StoredSpace>[],
  { model: name, modelsFolder, resize }: Config,
): Promise<ModelledSpace<StoredSpace> | null> {
  const active = similars.find(({ space }) => space.isActive);
  const manifest = name === null ? null : await findManifest(name, modelsFolder);
  const id = name ?? active?.model.manifest.id;
  const fitting = similars.filter(
    ({ model }) =>
      (manifest === null ? model.manifest.id === id : isOfModel(model, manifest)) &&
      (resize ?? model.manifest.input.resize) === model.manifest.input.resize,
  );
  return (
    fitting.find(({ space }) => space.isActive) ??
    fitting.find(({ model }) => isPreparedAlike(model)) ??
    fitting.at(-1) ??
    null
  );
}

function keysOf(model: KnownModel, others: readonly KnownModel[]): readonly string[] {
  return [...new Set([model, ...others].map(({ key }) => key))];
}

/** The installed models of other spaces, without the one that is there already. */
async function furtherModels(
  model: KnownModel,
  others: readonly KnownModel[],
  config: Config,
): Promise<InstalledModel[]> {
  const models: InstalledModel[] = [];
  for (const other of others.filter(({ key }) => key !== model.key)) {
    models.push(await describingModel(other, other.manifest.id, config));
  }
  return models;
}

async function orRefusal<Value>(find: () => Promise<Value>): Promise<Value | EideticError> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof EideticError) {
      return error;
    }
    throw error;
  }
}

async function hasNoVectors(descriptors: DescriptorStore, spaces: readonly StoredSpace[]): Promise<boolean> {
  for (const space of spaces) {
    if ((await descriptors.count(sourceOf(space))).count > 0) {
      return false;
    }
  }
  return true;
}

/** The model that pictures shall be embedded with from now on, fitting them as the library has. */
async function installedModel(
  similars: readonly ModelledSpace<StoredSpace>[],
  { model: name, modelsFolder, resize }: Config,
): Promise<InstalledModel> {
  const active = similars.find(({ space }) => space.isActive)?.model;
  const ownId = active?.manifest.id ?? null;
  const own = ownId === null ? null : await findManifest(ownId, modelsFolder);
  const found = await findModel(name ?? own?.id ?? null, modelsFolder);
  const ofSameId = similars.filter(({ model }) => model.manifest.id === found.manifest.id);
  const before = ofSameId.find(({ space }) => space.isActive) ?? ofSameId[0];
  return withResize(found, resize ?? before?.model.manifest.input.resize ?? found.manifest.input.resize);
}

async function addModelAndSpace(catalog: SpaceParts, { key, manifest }: InstalledModel): Promise<Space> {
  if (!catalog.isReadOnly) {
    await catalog.models.add(key, manifest);
  }
  return addSpace(catalog, definitionOf(SIMILAR, key, 'cls', manifest.dimensions));
}

function definitionOf(id: SpaceId, modelKey: string, from: VectorName, dimensions: number): SpaceDefinition {
  return { id, modelKey, from, transform: 'none', dimensions, metric: 'cosine' };
}

async function addSpace({ spaces, isReadOnly }: SpaceParts, definition: SpaceDefinition): Promise<Space> {
  const { id, modelKey } = definition;
  const known = (await spaces.spaces()).find((space) => space.id === id && space.modelKey === modelKey);
  if (known === undefined && isReadOnly) {
    return { ...definition, revision: 0 }; // nothing is in it, and nothing can come
  }
  return known ?? spaces.put(definition);
}

function refuseOther(
  similars: readonly ModelledSpace<StoredSpace>[],
  { key, manifest }: InstalledModel,
  { library }: Config,
): EideticError {
  const active = similars.find(({ space }) => space.isActive)?.model;
  return new EideticError(
    'MODEL_MISMATCH',
    `The library ${library} was indexed with ${active?.manifest.id} (${active?.key.slice(0, 12)}), found ${manifest.id} (${key.slice(0, 12)}); embeddings of two models cannot be compared. Run "eidetic reindex --model ${manifest.id}" to embed its pictures with that one too, or name another --library.`,
  );
}
