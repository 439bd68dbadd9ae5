import type { Config } from '../config/config.ts';
import { EideticError } from '../domain/errors.ts';
import type { InstalledModel, ModelManifest } from '../domain/model.ts';
import type { KnownModel } from '../domain/model-registry.ts';
import { withFormerRecipe, withManifest } from '../embedding/input-recipe.ts';
import { modelKey } from '../embedding/model-key.ts';
import { findManifest, findModel } from '../embedding/model-store.ts';
import { reindexCommand } from './reindex-command.ts';

/**
 * The installed model that describes pictures as a model of the library did: the one with the same key. A library
 * keeps vectors of models that have none any more.
 * @param name id or folder of the installed model
 * @throws EideticError MODEL_UNAVAILABLE when it is not installed or its files are damaged; MODEL_MISMATCH when its
 *   files are others, or an older version of the program prepared the pictures
 */
export async function describingModel(
  known: KnownModel,
  name: string,
  config: Config,
): Promise<InstalledModel> {
  const found = await findModel(name, config.modelsFolder).catch(async (cause: unknown) => {
    if (!(cause instanceof EideticError)) {
      throw cause;
    }
    const isThere = (await findManifest(name, config.modelsFolder)) !== null;
    throw isThere ? unusable(known, cause, config) : await missing(known, cause, config);
  });
  const model = withManifest(found, withFormerRecipe(found.manifest, known.manifest));
  if (model.key !== known.key) {
    throw isPreparedAlike(known) ? changed(known, model, config) : outdated(known, config);
  }
  return model;
}

/** Whether a manifest is that of a known model, however each of them prepares pictures. */
export function isOfModel(known: KnownModel, manifest: ModelManifest): boolean {
  return modelKey(withFormerRecipe(manifest, known.manifest)) === modelKey(known.manifest);
}

/** Whether today's program would still file a model's vectors under its key. */
export function isPreparedAlike({ key, manifest }: KnownModel): boolean {
  return modelKey(manifest) === key;
}

function unusable({ key, manifest }: KnownModel, cause: EideticError, config: Config): EideticError {
  return new EideticError(
    'MODEL_UNAVAILABLE',
    `The library ${config.library} was indexed with ${manifest.id} (${key.slice(0, 12)}), which cannot be used, so no new picture can be described for it; searches by id go on. ${cause.message} Or run "eidetic reindex --model NAME" to embed its pictures with another model.`,
    { cause },
  );
}

/** Whose model is not there is brought over to the bundled one, unless a person brings the former back. */
async function missing(
  { key, manifest }: KnownModel,
  cause: EideticError,
  config: Config,
): Promise<EideticError> {
  const bundled = (await findManifest(null, config.modelsFolder))?.id ?? 'the bundled model';
  const command = config.model === null ? 'eidetic reindex' : `eidetic reindex --model ${bundled}`;
  return new EideticError(
    'MODEL_UNAVAILABLE',
    `The library ${config.library} was indexed with ${manifest.id} (${key.slice(0, 12)}), which is not installed, so no new picture can be described for it. Run "${command}" to embed its pictures with ${bundled}, which comes with the program, or install the former ("eidetic models" lists what can be fetched); searches by id go on meanwhile.`,
    { cause },
  );
}

function outdated({ manifest }: KnownModel, config: Config): EideticError {
  return new EideticError(
    'MODEL_MISMATCH',
    `The library ${config.library} was indexed by a version of this program that prepared pictures for ${manifest.id} in another way, so no new picture can be described for it. Run "${reindexCommand(config)}" to embed its pictures again; searches by id go on meanwhile.`,
  );
}

function changed({ key, manifest }: KnownModel, found: InstalledModel, config: Config): EideticError {
  return new EideticError(
    'MODEL_MISMATCH',
    `The library ${config.library} was indexed with ${manifest.id} (${key.slice(0, 12)}), and another of that name is installed (${found.key.slice(0, 12)}), so no new picture can be described for it. Run "${reindexCommand(config)}" to embed its pictures with that one, or install the former; searches by id go on meanwhile.`,
  );
}
