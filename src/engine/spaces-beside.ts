import type { Config } from '../config/config.ts';
import { EideticError } from '../domain/errors.ts';
import type { InstalledModel } from '../domain/model.ts';
import type { KnownModel } from '../domain/model-registry.ts';
import { COPY, SIMILAR, type Space } from '../domain/space.ts';
import { describingModel } from './describing-model.ts';
import { copyOf } from './model-spaces.ts';
import { addSpace, type ModelledSpace, type SpaceParts, withModel } from './modelled-space.ts';

/** What a library is used with. */
export interface ChosenSpaces {
  readonly similar: ModelledSpace;
  /** Null when no model of the library gives it, or one has not described all of its pictures yet. */
  readonly copy: ModelledSpace | null;
  /** Keys of the models that pictures are described by: those of `similar`, of `copy` and of further active spaces. */
  readonly modelKeys: readonly string[];
  /** Those models as they are installed, or why new pictures cannot be described. */
  readonly describing: readonly InstalledModel[] | EideticError;
  /** What is used when ids are named, once all pictures are described and nobody wants another model. */
  readonly toActivate: readonly Space[];
  /** Why new pictures get no vector of `copy`, which is of another model than `similar`; null when they do. */
  readonly unkept: EideticError | null;
}

/**
 * Adds what stands beside `similar`: the space `copy`, of the same model where that gives it, else the active one or
 * another, once its model has described every picture; and the models of further active spaces.
 * @param describe finds the installed model of `similar`
 * @param otherCopy asked where neither is there; null: no `copy` then
 */
export async function addBeside(
  catalog: SpaceParts,
  config: Config,
  similar: ModelledSpace,
  describe: () => Promise<InstalledModel>,
  otherCopy: () => Promise<ModelledSpace | null> = async () => null,
): Promise<ChosenSpaces> {
  const declared = copyOf(similar.model);
  const active = (await activeSpaces(catalog)).filter(({ space }) => space.id !== SIMILAR);
  const others = active.filter(({ space }) => space.id !== COPY).map(({ model }) => model);
  const describing = await orRefusal(async () => [
    await describe(),
    ...(await furtherModels(similar.model, others, config)),
  ]);
  const chosen = { similar, modelKeys: keysOf([similar.model, ...others]), describing, unkept: null };
  if (declared !== null) {
    const copy = { space: await addSpace(catalog, declared), model: similar.model };
    return { ...chosen, copy, toActivate: [similar.space, copy.space] };
  }
  const ofOther = active.find(({ space }) => space.id === COPY) ?? (await otherCopy());
  if (ofOther === null) {
    return { ...chosen, copy: null, toActivate: [similar.space] };
  }
  const toActivate = [similar.space, ofOther.space];
  return addCopyOfOther(catalog, config, { ...chosen, toActivate }, ofOther);
}

/** `copy` of another model: without that being there as it was, what comes new is described without it. */
async function addCopyOfOther(
  catalog: SpaceParts,
  config: Config,
  chosen: Omit<ChosenSpaces, 'copy'>,
  ofOther: ModelledSpace,
): Promise<ChosenSpaces> {
  const { model } = ofOther;
  const copy = (await catalog.files.countWithout(model.key)) === 0 ? ofOther : null;
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

function refuseCopy(similar: KnownModel, { manifest }: KnownModel, cause: EideticError): EideticError {
  const { id } = manifest;
  return new EideticError(
    cause.code,
    `New pictures get no vector of the space "${COPY}", which was made by ${id}: that is not installed as it was. Run "eidetic reindex --model NAME" with a model that gives one, such as the bundled one, then "eidetic models use ${similar.manifest.id}".`,
    { cause },
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
