import { lstat, readdir, realpath, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EideticError } from '../domain/errors.ts';
import type { KnownModel } from './known-models.ts';

/** What a removal did. */
export interface RemovedModel {
  readonly folder: string;
  /** Names of files that are no part of the model and were left in its folder. */
  readonly left: readonly string[];
}

/**
 * Deletes the files of an installed model, model.json first, and its folder when nothing else is in it.
 * @param files names of the files it is made of beside model.json; others are never touched
 * @throws EideticError NOT_FOUND, FORBIDDEN for the bundled model or one that lies elsewhere
 */
export async function removeModel(
  model: KnownModel,
  files: readonly string[],
  modelsFolder: string,
): Promise<RemovedModel> {
  const { id, folder } = model;
  if (model.origin === 'bundled') {
    throw new EideticError('FORBIDDEN', `${id} came with the program and cannot be removed.`);
  }
  const entry = await lstat(folder).catch(() => null);
  if (entry === null) {
    throw new EideticError('NOT_FOUND', `The model ${id} is not installed; there is no ${folder}.`);
  }
  const isInside = (await realpath(dirname(folder))) === (await realpath(modelsFolder));
  if (!entry.isDirectory() || !isInside) {
    throw new EideticError(
      'FORBIDDEN',
      `${folder} is no folder directly below ${modelsFolder}; only those are removed. Remove it by hand.`,
    );
  }
  const isOwn = (name: string) =>
    ['model.json', ...files].some((file) => name === file || isPartOf(name, file));
  await rm(join(folder, 'model.json'), { force: true });
  for (const name of await readdir(folder)) {
    if (isOwn(name)) {
      await rm(join(folder, name), { force: true });
    }
  }
  const left = (await readdir(folder)).sort();
  if (left.length === 0) {
    await rmdir(folder);
  }
  return { folder, left };
}

/** What a pull left of a file that it did not finish. */
function isPartOf(name: string, file: string): boolean {
  return name.startsWith(`${file}.`) && /^\.\d+-[0-9a-f]+\.part(\.json)?$/.test(name.slice(file.length));
}
