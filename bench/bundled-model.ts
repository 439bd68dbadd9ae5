import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ModelManifest } from '../src/domain/model.ts';

/** Folder of the bundled model (from dist/bench). */
export const BUNDLED_FOLDER = fileURLToPath(new URL('../../models/bundled/', import.meta.url));

/** The bundled model's manifest, as it lies on disk. */
export const BUNDLED = JSON.parse(readFileSync(`${BUNDLED_FOLDER}model.json`, 'utf8')) as ModelManifest;

/** What an index run takes of its forward pass. */
export const BUNDLED_OUTPUTS = outputsOf(BUNDLED);

/** Its ONNX file. */
export const BUNDLED_FILE = `${BUNDLED_FOLDER}${BUNDLED.file}`;

/** The ONNX outputs that an index run takes of a forward pass of a model. */
export function outputsOf({ outputs }: ModelManifest): string[] {
  return [outputs.tokens, ...Object.values(outputs.vectors ?? {}).map(({ output }) => output)];
}
