import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EideticError } from '../domain/errors.ts';
import type { InstalledModel, ModelManifest } from '../domain/model.ts';
import { openModelFolder, readManifest } from './model-folder.ts';

/** The models that come with the program, one folder each (from dist/src/embedding). */
const OWN_MODELS = fileURLToPath(new URL('../../../models/', import.meta.url));
const BUNDLED = join(OWN_MODELS, 'bundled');

/** A model folder that was found, verified or not. */
export interface ListedModel {
  /** Of the manifest, or the folder's name when that cannot be read. */
  readonly id: string;
  /** Null when model.json is there and cannot be understood. */
  readonly manifest: ModelManifest | null;
  readonly folder: string;
  /** Whether it came with the program. */
  readonly isBundled: boolean;
  /** Why it cannot be used, or null when its weights are there and as they should be. */
  readonly problem: string | null;
}

/**
 * Finds a model and verifies its weights.
 * @param name id of an installed model, path of a model folder, or null for the bundled model
 * @param modelsFolder where models lie beside the bundled one
 * @throws EideticError MODEL_UNAVAILABLE
 */
export async function findModel(name: string | null, modelsFolder: string): Promise<InstalledModel> {
  const folder = await folderOf(name, modelsFolder);
  if (folder === null) {
    throw new EideticError(
      'MODEL_UNAVAILABLE',
      `No model "${name}" is installed; "eidetic models" lists those that are and those that "eidetic models pull" can fetch. A folder with a model.json can be named by its path.`,
    );
  }
  return openModelFolder(folder);
}

/**
 * What a model that is there says of itself; its weights are not looked at.
 * @param name as for findModel
 * @returns null when there is none of that name, or none that can be understood
 */
export async function findManifest(name: string | null, modelsFolder: string): Promise<ModelManifest | null> {
  const folder = await folderOf(name, modelsFolder);
  return folder === null ? null : readManifest(folder).catch(() => null);
}

/** Where a model of that name should lie; null for an id that no model has. */
async function folderOf(name: string | null, modelsFolder: string): Promise<string | null> {
  if (name === null) {
    return BUNDLED;
  }
  if (name.includes(sep) || name.startsWith('.') || existsSync(join(name, 'model.json'))) {
    return resolve(name);
  }
  for (const folder of await modelFolders(modelsFolder)) {
    const manifest = await readManifest(folder).catch(() => null);
    if (manifest?.id === name) {
      return folder;
    }
  }
  return null;
}

/** Every folder with a model.json, the bundled one first, each with its weights verified. */
export async function listModels(modelsFolder: string): Promise<ListedModel[]> {
  const models: ListedModel[] = [];
  for (const folder of await modelFolders(modelsFolder)) {
    if (existsSync(join(folder, 'model.json'))) {
      const manifest = await readManifest(folder).catch(() => null);
      const problem = await openModelFolder(folder).then(
        () => null,
        (error: Error) => error.message,
      );
      const id = manifest?.id ?? basename(folder);
      models.push({ id, manifest, folder, isBundled: folder === BUNDLED, problem });
    }
  }
  return models;
}

async function modelFolders(modelsFolder: string): Promise<string[]> {
  const entries = await readdir(modelsFolder, { withFileTypes: true }).catch(() => []);
  const installed = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(modelsFolder, entry.name));
  return [BUNDLED, ...installed.sort()];
}
