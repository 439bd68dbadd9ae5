import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ModelManifest } from '../src/domain/model.ts';

/** Of the bundled model (from dist/bench). */
const FOLDER = fileURLToPath(new URL('../../models/bundled/', import.meta.url));

/** The bundled model's manifest, as it lies on disk. */
export const BUNDLED = JSON.parse(readFileSync(`${FOLDER}model.json`, 'utf8')) as ModelManifest;

/** Its ONNX file. */
export const BUNDLED_FILE = `${FOLDER}${BUNDLED.file}`;
