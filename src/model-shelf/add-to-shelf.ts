import type { Config } from '../config/config.ts';
import type { ProbeHints } from '../domain/probed-model.ts';
import { probeModel } from '../model-probe/probe-model.ts';
import { type AddedModel, addModel } from '../models/add-model.ts';
import { shelvedModels } from './shelved-models.ts';

/** See addModel. */
export async function addToShelf(
  config: Config,
  source: string,
  request: ProbeHints & { readonly id: string | null; readonly license: string | null },
): Promise<AddedModel> {
  const taken = (await shelvedModels(config)).map(({ id }) => id);
  const { modelsFolder, resize, inputSize } = config;
  return addModel(source, { ...request, modelsFolder, resize, inputSize, taken, probe: probeModel });
}
