import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { EideticError } from '../domain/errors.ts';
import type { InstalledModel, ModelManifest } from '../domain/model.ts';
import { modelKey } from './model-key.ts';
import { parseModelManifest } from './model-manifest.ts';

/**
 * Reads a model folder's manifest and makes sure that the ONNX file is the one it names.
 * @throws EideticError MODEL_UNAVAILABLE when a part is missing or is not what the manifest says
 */
export async function openModelFolder(folder: string): Promise<InstalledModel> {
  const manifest = await readManifest(folder);
  await verifyWeights(join(folder, manifest.file), manifest);
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

async function verifyWeights(file: string, manifest: ModelManifest): Promise<void> {
  const found = await stat(file).catch((cause: unknown) => {
    throw new EideticError(
      'MODEL_UNAVAILABLE',
      `The weights of ${manifest.id} are missing: expected ${file}.`,
      {
        cause,
      },
    );
  });
  if (found.size !== manifest.sizeBytes) {
    throw new EideticError(
      'MODEL_UNAVAILABLE',
      `Found ${found.size} bytes in ${file} when its model.json says ${manifest.sizeBytes}; put the right file there.`,
    );
  }
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const sha256 = hash.digest('hex');
  if (sha256 !== manifest.sha256) {
    throw new EideticError(
      'MODEL_UNAVAILABLE',
      `Found SHA-256 ${sha256} for ${file} when its model.json says ${manifest.sha256}; put the right file there.`,
    );
  }
}
