import type { Config } from '../config/config.ts';
import { listModels } from '../embedding/model-store.ts';
import { type KnownModel, knownModels } from '../models/known-models.ts';
import { PINS } from '../models/pins.ts';

export type { KnownModel };

/** See knownModels; the weights of installed ones are verified. Needs no library. */
export async function shelvedModels(config: Config): Promise<KnownModel[]> {
  const { modelsFolder } = config;
  return knownModels(PINS, await listModels(modelsFolder), modelsFolder);
}
