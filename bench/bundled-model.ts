import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ModelManifest } from '../src/domain/model.ts';

/** Folder of the bundled model (from dist/bench). */
export const BUNDLED_FOLDER = fileURLToPath(new URL('../../models/bundled/', import.meta.url));

/** The bundled model's manifest, as it lies on disk. */
export const BUNDLED = JSON.parse(readFileSync(`${BUNDLED_FOLDER}model.json`, 'utf8')) as ModelManifest;

/** Its ONNX file. */
export const BUNDLED_FILE = `${BUNDLED_FOLDER}${BUNDLED.file}`;
