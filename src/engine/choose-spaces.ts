import type { Config } from '../config/config.ts';
import type { Catalog } from '../domain/catalog.ts';
import type { DescriptorStore } from '../domain/descriptor-store.ts';
import { EideticError } from '../domain/errors.ts';
import type { InstalledModel } from '../domain/model.ts';
import type { KnownModel } from '../domain/model-registry.ts';
import { type Space, type SpaceDefinition, sourceOf } from '../domain/space.ts';
import type { StoredSpace } from '../domain/space-store.ts';
import { withResize } from '../embedding/input-recipe.ts';
import { findModel } from '../embedding/model-store.ts';

/** The space that searches look in. */
const SIMILAR = 'similar';

type SpaceParts = Pick<Catalog, 'models' | 'spaces' | 'descriptors' | 'isReadOnly'>;

/** What a library is used with. */
export interface ChosenSpaces {
  readonly similar: Space;
  /** The model of `similar`. */
  readonly model: InstalledModel;
  /** Every model that pictures are described by: those of the active spaces, and `model`. */
  readonly models: readonly InstalledModel[];
}

/**
 * Finds the spaces that a library is used with, and their models: `similar` of the model that was asked for, else the
 * active one, else (in a new library) that of the bundled model. A library keeps to its models: embeddings of two
 * cannot be compared.
 * @param mayAddModel whether the model may be another than those that the library knows
 * @throws EideticError MODEL_UNAVAILABLE, MODEL_MISMATCH
 */
export async function chooseSpaces(
  config: Config,
  catalog: SpaceParts,
  mayAddModel: boolean,
): Promise<ChosenSpaces> {
  const known = await catalog.models.models();
  const stored = await catalog.spaces.spaces();
  // What was opened and never filled is bound to no model yet.
  const isEmpty = config.model !== null && (await hasNoVectors(catalog.descriptors, stored));
  const model = await chooseModel(config, known, stored, mayAddModel || isEmpty);
  const definition = similarOf(model);
  const similar =
    stored.find((space) => isSame(space, definition)) ?? (await addSpace(catalog, model, definition));
  if (isEmpty && !catalog.isReadOnly) {
    await catalog.spaces.activate(similar.id, similar.revision);
  }
  const others = stored.filter(({ id, isActive }) => isActive && id !== SIMILAR);
  return { similar, model, models: [model, ...(await modelsOf(others, model, known, config))] };
}

async function hasNoVectors(descriptors: DescriptorStore, spaces: readonly StoredSpace[]): Promise<boolean> {
  for (const space of spaces) {
    if ((await descriptors.count(sourceOf(space))).count > 0) {
      return false;
    }
  }
  return true;
}

async function addSpace(
  { models, spaces, isReadOnly }: SpaceParts,
  { key, manifest }: InstalledModel,
  definition: SpaceDefinition,
): Promise<Space> {
  if (isReadOnly) {
    return { ...definition, revision: 0 }; // nothing is in it, and nothing can come
  }
  await models.add(key, manifest);
  return spaces.put(definition);
}

function similarOf({ key, manifest }: InstalledModel): SpaceDefinition {
  const { dimensions } = manifest;
  return { id: SIMILAR, modelKey: key, from: 'cls', transform: 'none', dimensions, metric: 'cosine' };
}

function isSame(a: SpaceDefinition, b: SpaceDefinition): boolean {
  return a.id === b.id && a.modelKey === b.modelKey && a.from === b.from && a.transform === b.transform;
}

async function chooseModel(
  config: Config,
  known: readonly KnownModel[],
  spaces: readonly StoredSpace[],
  mayAddModel: boolean,
): Promise<InstalledModel> {
  const activeKey = spaces.find(({ id, isActive }) => id === SIMILAR && isActive)?.modelKey;
  const active = known.find(({ key }) => key === activeKey);
  const found = await findModel(config.model ?? active?.manifest.id ?? null, config.modelsFolder);
  const ofSameId = known.filter(({ manifest }) => manifest.id === found.manifest.id);
  const before = ofSameId.find(({ key }) => key === activeKey) ?? ofSameId[0];
  const model = withResize(
    found,
    config.resize ?? before?.manifest.input.resize ?? found.manifest.input.resize,
  );
  if (known.length > 0 && !mayAddModel && !known.some(({ key }) => key === model.key)) {
    throw new EideticError(
      'MODEL_MISMATCH',
      `The library ${config.library} was indexed with ${active?.manifest.id} (${active?.key.slice(0, 12)}), found ${model.manifest.id} (${model.key.slice(0, 12)}); embeddings of two models cannot be compared. Run "eidetic reindex --model ${model.manifest.id}" to embed its pictures with that one too, or name another --library.`,
    );
  }
  return model;
}

/** The installed models of spaces, each once, without one that is there already. */
async function modelsOf(
  spaces: readonly StoredSpace[],
  without: InstalledModel,
  known: readonly KnownModel[],
  { modelsFolder, library }: Config,
): Promise<InstalledModel[]> {
  const keys = new Set(spaces.map(({ modelKey }) => modelKey).filter((key) => key !== without.key));
  const models: InstalledModel[] = [];
  for (const { key, manifest } of known.filter((model) => keys.has(model.key))) {
    const model = withResize(await findModel(manifest.id, modelsFolder), manifest.input.resize);
    if (model.key !== key) {
      throw new EideticError(
        'MODEL_MISMATCH',
        `The library ${library} was indexed with ${manifest.id} (${key.slice(0, 12)}), and another of that name is installed (${model.key.slice(0, 12)}); install the one it was indexed with.`,
      );
    }
    models.push(model);
  }
  return models;
}
