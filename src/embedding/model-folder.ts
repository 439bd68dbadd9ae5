import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { EideticError } from '../domain/errors.ts';
import type { InstalledModel, ModelDataFile, ModelManifest } from '../domain/model.ts';
import { modelKey } from './model-key.ts';
import { parseModelManifest } from './model-manifest.ts';

/**
 * Reads a model folder's manifest and makes sure that the ONNX file is the one it names.
 * @throws EideticError MODEL_UNAVAILABLE when a part is missing or is not what the manifest says
 */
export async function openModelFolder(folder: string): Promise<InstalledModel> {
  const manifest = await readManifest(folder);
  for (const file of [manifest, ...(manifest.data ?? [])]) {
    await verifyFile(join(folder, file.file), file, manifest.id);
  }
  return { manifest, folder, key: modelKey(manifest) };
}

/** Reads the manifest alone; the weights may be missing. */
export async function readManifest(folder: string): Promise<ModelManifest> {
  const file = join(folder, 'model.json');
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new EideticError(
      'MODEL_UNAVAILABLE',
      `Found no model in ${folder}: a model is a folder with a model.json and its ONNX file. "eidetic models" lists those that are installed.`,
      { cause },
    );
  });
  return parseModelManifest(text, file);
}

async function verifyFile(file: string, expected: ModelDataFile, id: string): Promise<void> {
  const found = await stat(file).catch((cause: unknown) => {
    throw new EideticError('MODEL_UNAVAILABLE', `The weights of ${id} are missing: expected ${file}.`, {
      cause,
    });
  });
  if (found.size !== expected.sizeBytes) {
    throw new EideticError(
      'MODEL_UNAVAILABLE',
      `Found ${found.size} bytes in ${file} when its model.json says ${expected.sizeBytes}; put the right file there.`,
    );
  }
  const sha256 = await hashFile(file);
  if (sha256 !== expected.sha256) {
    throw new EideticError(
      'MODEL_UNAVAILABLE',
      `Found SHA-256 ${sha256} for ${file} when its model.json says ${expected.sha256}; put the right file there.`,
    );
  }
}

/** SHA-256 of a file, 64 lowercase hex digits. */
export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
