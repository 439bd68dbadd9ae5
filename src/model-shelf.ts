import type { Config } from './config.ts';
import { EideticError } from './domain/errors.ts';
import type { ProbeHints } from './domain/probed-model.ts';
import { listModels } from './embedding/model-store.ts';
import { probeModel } from './embedding/probe-model.ts';
import { type AddedModel, addModel } from './models/add-model.ts';
import { DEFAULT_TIMING } from './models/download-file.ts';
import { type KnownModel, knownModels } from './models/known-models.ts';
import { allFiles, localName, type ModelPin } from './models/pin.ts';
import { PINS } from './models/pins.ts';
import { type PulledModel, pullModel } from './models/pull-model.ts';
import type { PullOptions } from './models/pull-options.ts';
import { type RemovedModel, removeModel } from './models/remove-model.ts';

// What the shells can do with models; none of it needs a library.

export type { KnownModel };

/** What a person says about a pull. */
export type PullRequest = Pick<
  PullOptions,
  'environment' | 'mirrors' | 'acceptsLicense' | 'trustsOnFirstUse' | 'signal' | 'onProgress' | 'say'
>;

/** See knownModels; the weights of installed ones are verified. */
export async function shelvedModels(config: Config): Promise<KnownModel[]> {
  const { modelsFolder } = config;
  return knownModels(PINS, await listModels(modelsFolder), modelsFolder);
}

/** See pullModel. @throws EideticError NOT_FOUND for a name that no published model has */
export async function pullByName(config: Config, name: string, request: PullRequest): Promise<PulledModel> {
  const pin = PINS.find(({ id }) => id === name);
  if (pin === undefined) {
    throw new EideticError(
      'NOT_FOUND',
      `There is no published model "${name}"; found ${PINS.map(({ id }) => id).join(', ')}. "eidetic models add" takes one of your own.`,
    );
  }
  return pullModel(pin, pullOptions(config, request));
}

/**
 * Verifies what is installed, and installs published models whose files were placed by hand.
 * @param name of one model, or null for all that are there
 * @throws EideticError NOT_FOUND
 */
export async function verifyShelf(config: Config, name: string | null): Promise<KnownModel[]> {
  const before = await shelvedModels(config);
  const chosen = name === null ? before : [named(before, name)];
  const placed = chosen.filter(({ installed, problem }) => !installed && problem !== null);
  const problems = new Map<string, string>();
  for (const pin of placed.flatMap(({ id, origin }) => (origin === 'published' ? pinOf(id) : []))) {
    await pullModel(pin, pullOptions({ ...config, isOffline: true }, QUIET)).catch((error: Error) => {
      problems.set(pin.id, error.message);
    });
  }
  const after = placed.length === 0 ? before : await shelvedModels(config);
  return after
    .filter((model) => (name === null ? model.installed || model.problem !== null : model.id === name))
    .map((model) => ({ ...model, problem: problems.get(model.id) ?? model.problem }));
}

/** See removeModel. @throws EideticError NOT_FOUND, FORBIDDEN */
export async function removeByName(config: Config, name: string): Promise<RemovedModel> {
  const model = named(await shelvedModels(config), name);
  const found = (await listModels(config.modelsFolder)).find(({ folder }) => folder === model.folder);
  const pinned = pinOf(name).flatMap(allFiles);
  const manifest = found?.manifest ?? null;
  const files = manifest === null ? [] : [manifest, ...(manifest.data ?? [])];
  return removeModel(
    model,
    [...pinned.map(localName), ...files.map(({ file }) => file)],
    config.modelsFolder,
  );
}

/** See addModel. */
export async function addToShelf(
  config: Config,
  source: string,
  request: ProbeHints & { readonly id: string | null; readonly license: string | null },
): Promise<AddedModel> {
  const taken = (await shelvedModels(config)).map(({ id }) => id);
  const { modelsFolder, resize } = config;
  return addModel(source, { ...request, modelsFolder, resize, taken, probe: probeModel });
}

const QUIET: PullRequest = {
  environment: process.env,
  mirrors: [],
  acceptsLicense: false,
  trustsOnFirstUse: false,
  signal: new AbortController().signal,
  onProgress() {},
  say() {},
};

function pullOptions({ modelsFolder, isOffline }: Config, request: PullRequest): PullOptions {
  return { ...request, modelsFolder, isOffline, timing: DEFAULT_TIMING, probe: probeModel };
}

function pinOf(name: string): ModelPin[] {
  return PINS.filter(({ id }) => id === name);
}

function named(models: readonly KnownModel[], name: string): KnownModel {
  const found = models.find(({ id }) => id === name);
  if (found === undefined) {
    throw new EideticError('NOT_FOUND', `No model is called "${name}"; "eidetic models" lists all.`);
  }
  return found;
}
