import type { Config } from '../config/config.ts';
import { listModels } from '../embedding/model-store.ts';
import { allFiles, localName } from '../models/pin.ts';
import { type RemovedModel, removeModel } from '../models/remove-model.ts';
import { findPin } from './find-pin.ts';
import { requireShelved } from './require-shelved.ts';
import { shelvedModels } from './shelved-models.ts';

/** See removeModel. @throws EideticError NOT_FOUND, FORBIDDEN */
export async function removeByName(config: Config, name: string): Promise<RemovedModel> {
  const model = requireShelved(await shelvedModels(config), name);
  const found = (await listModels(config.modelsFolder)).find(({ folder }) => folder === model.folder);
  const pin = findPin(name);
  const pinned = pin === null ? [] : allFiles(pin);
  const manifest = found?.manifest ?? null;
  const files = manifest === null ? [] : [manifest, ...(manifest.data ?? [])];
  return removeModel(
    model,
    [...pinned.map(localName), ...files.map(({ file }) => file)],
    config.modelsFolder,
  );
}
