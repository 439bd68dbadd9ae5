import type { Config } from '../config/config.ts';
import type { Catalog } from '../domain/catalog.ts';
import type { VectorName } from '../domain/descriptor.ts';
import type { DescriptorStore } from '../domain/descriptor-store.ts';
import { EideticError } from '../domain/errors.ts';
import type { InstalledModel } from '../domain/model.ts';
import type { KnownModel } from '../domain/model-registry.ts';
import { COPY, SIMILAR, type Space, type SpaceDefinition, type SpaceId, sourceOf } from '../domain/space.ts';
import type { StoredSpace } from '../domain/space-store.ts';
import { withChosenRecipe, withFormerRecipe, withManifest } from '../embedding/input-recipe.ts';
import { isSquareOf } from '../embedding/input-size.ts';
import { findManifest, findModel } from '../embedding/model-store.ts';
import { describingModel, isOfModel, isPreparedAlike } from './describing-model.ts';
import { reindexCommand } from './reindex-command.ts';

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
  /** Keys of the models that pictures are described by: those of `similar`, of `copy` and of further active spaces. */
  readonly modelKeys: readonly string[];
  /** Those models as they are installed, or why new pictures cannot be described. */
  readonly describing: readonly InstalledModel[] | EideticError;
  /** Why new pictures get no vector of `copy`, which is of another model than `similar`; null when they do. */
  readonly unkept: EideticError | null;
}

/**
 * Finds the spaces that a library is used with, and their models: `similar` of the model that was asked for, else the
 * active one, else (in a new library) that of the bundled model. A library keeps to its models: embeddings of two
 * cannot be compared. What it has can be searched without them; only describing needs them installed.
 * @param mayAddModel whether the model shall be the installed one, even if it is another than those that the library
 *   knows: of the name that was asked for, else of the active model's, else the bundled one
 * @throws EideticError MODEL_MISMATCH when the library was not indexed with the model, or at the input size, that was
 *   asked for; MODEL_UNAVAILABLE when a model is needed that is not installed; INVALID_INPUT when it does not take
 *   pictures of that size
 */
export async function chooseSpaces(
  config: Config,
  catalog: SpaceParts,
  mayAddModel: boolean,
): Promise<ChosenSpaces> {
  const stored = await catalog.spaces.spaces();
  const similars = similarSpaces(stored, await catalog.models.models());
  const kept = mayAddModel ? null : await keptSpace(similars, config);
  const chosen =
    kept &&
    (await addBeside(catalog, config, kept, () =>
      describingModel(kept.model, config.model ?? kept.model.manifest.id, config),
    ));
  if (chosen !== null && kept?.space.isActive && !(chosen.describing instanceof EideticError)) {
    return chosen;
  }
  // What was opened and never filled is bound to no model yet.
  const isEmpty = await hasNoVectors(catalog.descriptors, stored);
  if (chosen !== null && !isEmpty) {
    return chosen;
  }
  const model = await installedModel(similars, config);
  if (!mayAddModel && !isEmpty) {
    throw refuseOther(similars, model, config);
  }
  const space = await addModelAndSpace(catalog, model);
  const added = await addBeside(catalog, config, { space, model }, async () => model);
  if (isEmpty && !catalog.isReadOnly) {
    await activate(catalog.spaces, added);
  }
  return added;
}

/** Makes chosen spaces those that are used when their ids are named; `copy` only when it is of the same model. */
export function activate(
  spaces: Catalog['spaces'],
  { similar, copy }: Pick<ChosenSpaces, 'similar' | 'copy'>,
): Promise<void> {
  const isOfSameModel = copy?.model.key === similar.model.key;
  return spaces.activate(isOfSameModel ? [similar.space, copy.space] : [similar.space]);
}

/**
 * Adds what stands beside `similar`: the space `copy`, of the same model where that gives it, else the active one, once
 * its model has described every picture; and the models of further active spaces.
 * @param describe finds the installed model of `similar`
 */
async function addBeside(
  catalog: SpaceParts,
  config: Config,
  similar: ModelledSpace,
  describe: () => Promise<InstalledModel>,
): Promise<ChosenSpaces> {
  const declared = similar.model.manifest.outputs.vectors?.[COPY];
  const active = (await activeSpaces(catalog)).filter(({ space }) => space.id !== SIMILAR);
  const others = active.filter(({ space }) => space.id !== COPY).map(({ model }) => model);
  const describing = await orRefusal(async () => [
    await describe(),
    ...(await furtherModels(similar.model, others, config)),
  ]);
  const chosen = { similar, modelKeys: keysOf([similar.model, ...others]), describing, unkept: null };
  if (declared !== undefined) {
    const { model } = similar;
    const space = await addSpace(catalog, definitionOf(COPY, model.key, COPY, declared.dimensions));
    return { ...chosen, copy: { space, model } };
  }
  const former = active.find(({ space }) => space.id === COPY);
  return former === undefined ? { ...chosen, copy: null } : addFormerCopy(catalog, config, chosen, former);
}

/** `copy` of another model: without that being there as it was, what comes new is described without it. */
async function addFormerCopy(
  catalog: SpaceParts,
  config: Config,
  chosen: Omit<ChosenSpaces, 'copy'>,
  former: ModelledSpace,
): Promise<ChosenSpaces> {
  const { model } = former;
  const copy = (await catalog.files.countWithout(model.key)) === 0 ? former : null;
  const copying = await orRefusal(() => furtherModels(chosen.similar.model, [model], config));
  if (copying instanceof EideticError) {
    return { ...chosen, copy, unkept: refuseCopy(chosen.similar.model, model, copying) };
  }
  const { describing } = chosen;
  return {
    ...chosen,
    copy,
    modelKeys: [...new Set([...chosen.modelKeys, model.key])],
    describing: describing instanceof EideticError ? describing : [...describing, ...copying],
  };
}

async function activeSpaces({ spaces, models }: SpaceParts): Promise<ModelledSpace[]> {
  const known = await models.models();
  return (await spaces.spaces())
    .filter(({ isActive }) => isActive)
    .flatMap((space) => withModel(space, known));
}

function withModel<Kind extends Space>(space: Kind, known: readonly KnownModel[]): ModelledSpace<Kind>[] {
  const model = known.find(({ key }) => key === space.modelKey);
  return model === undefined ? [] : [{ space, model }];
}

function refuseCopy(similar: KnownModel, { manifest }: KnownModel, cause: EideticError): EideticError {
  const { id } = manifest;
  return new EideticError(
    cause.code,
    `New pictures get no vector of the space "${COPY}", which was made by ${id}: that is not installed as it was. Run "eidetic reindex --model NAME" with a model that gives one, such as the bundled one, then "eidetic models use ${similar.manifest.id}".`,
    { cause },
  );
}

function similarSpaces(
  stored: readonly StoredSpace[],
  known: readonly KnownModel[],
): ModelledSpace<StoredSpace>[] {
  return stored.filter(({ id }) => id === SIMILAR).flatMap((space) => withModel(space, known));
}

/** The space of the library that was asked for: of several the active one, else one of today's preparation. */
async function keptSpace(
  similars: readonly ModelledSpace<StoredSpace>[],
  { model: name, modelsFolder, resize, inputSize }: Config,
): Promise<ModelledSpace<StoredSpace> | null> {
  const active = similars.find(({ space }) => space.isActive);
  const manifest = name === null ? null : await findManifest(name, modelsFolder);
  const id = name ?? active?.model.manifest.id;
  const fitting = similars.filter(
    ({ model }) =>
      (manifest === null ? model.manifest.id === id : isOfModel(model, manifest)) &&
      (resize ?? model.manifest.input.resize) === model.manifest.input.resize &&
      (inputSize === null || isSquareOf(model.manifest.input, inputSize)),
  );
  return (
    fitting.find(({ space }) => space.isActive) ??
    fitting.find(({ model }) => isPreparedAlike(model)) ??
    fitting.at(-1) ??
    null
  );
}

function keysOf(models: readonly KnownModel[]): readonly string[] {
  return [...new Set(models.map(({ key }) => key))];
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

/**
 * The model that pictures shall be embedded with from now on, prepared as the library's are, but for what was asked for.
 * @throws EideticError INVALID_INPUT when it takes no pictures of the size that was asked for
 */
async function installedModel(
  similars: readonly ModelledSpace<StoredSpace>[],
  config: Config,
): Promise<InstalledModel> {
  const { model: name, modelsFolder } = config;
  const active = similars.find(({ space }) => space.isActive)?.model;
  const ownId = active?.manifest.id ?? null;
  const own = ownId === null ? null : await findManifest(ownId, modelsFolder);
  const found = await findModel(name ?? own?.id ?? null, modelsFolder);
  const ofSameId = similars.filter(({ model }) => model.manifest.id === found.manifest.id);
  const before = ofSameId.find(({ space }) => space.isActive) ?? ofSameId[0];
  const manifest =
    before === undefined ? found.manifest : withFormerRecipe(found.manifest, before.model.manifest);
  return withManifest(found, withChosenRecipe(manifest, config));
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
  found: InstalledModel,
  config: Config,
): EideticError {
  const active = similars.find(({ space }) => space.isActive)?.model;
  const former = active === undefined ? 'other models' : nameOf(active);
  return new EideticError(
    'MODEL_MISMATCH',
    `The library ${config.library} was indexed with ${former}, found ${nameOf(found)}; embeddings of two models, or of two input sizes, cannot be compared. Run "${reindexCommand(config)}" to embed its pictures with that one too, or name another --library.`,
  );
}

function nameOf({ key, manifest: { id, input } }: KnownModel): string {
  return `${id} at ${input.width} x ${input.height} pixels (${key.slice(0, 12)})`;
}
