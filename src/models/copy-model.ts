import { copyFile, readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EideticError } from '../domain/errors.ts';
import { makeFolders } from '../domain/make-folders.ts';
import type { ModelManifest } from '../domain/model.ts';
import { hashFile } from '../embedding/model-folder.ts';
import { placeFile } from './place-file.ts';
import { writeAtomically } from './write-atomically.ts';

/**
 * Copies a model's files into a folder of their own, verified, with model.json last.
 * @param to must be empty or not there
 * @throws EideticError INVALID_INPUT when it is not empty, MODEL_UNAVAILABLE when it cannot be written; what was
 *   copied is deleted then
 */
export async function copyModel(from: string, to: string, manifest: ModelManifest): Promise<void> {
  try {
    makeFolders(to);
  } catch (cause) {
    throw cannotWrite(to, cause as Error);
  }
  const strangers = await readdir(to);
  if (strangers.length > 0) {
    throw new EideticError(
      'INVALID_INPUT',
      `${to} is not empty (${strangers.slice(0, 3).join(', ')}); empty it, or name another id with --id.`,
    );
  }
  const made: string[] = [];
  try {
    for (const { file, sha256 } of [manifest, ...(manifest.data ?? [])]) {
      const path = join(to, file);
      made.push(`${path}.copying`, path);
      await copyFile(join(from, file), `${path}.copying`);
      if ((await hashFile(`${path}.copying`)) !== sha256) {
        throw new EideticError(
          'MODEL_UNAVAILABLE',
          `${join(from, file)} changed while it was copied; try again.`,
        );
      }
      await placeFile(`${path}.copying`, path);
    }
    await writeAtomically(join(to, 'model.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  } catch (error) {
    await Promise.all(made.map((path) => rm(path, { force: true })));
    await rmdir(to).catch(() => {}); // stays when someone put something there meanwhile
    throw error instanceof EideticError ? error : cannotWrite(to, error as Error);
  }
}

function cannotWrite(folder: string, cause: Error): EideticError {
  return new EideticError(
    'MODEL_UNAVAILABLE',
    `${folder} cannot be written: ${cause.message}. Models are kept in the folder that EIDETIC_MODELS names.`,
    { cause },
  );
}
