import { createHash } from 'node:crypto';
import type { ModelManifest } from '../domain/model.ts';

/**
 * Version of what happens between a picture's bytes and the input tensor. To be raised whenever the same bytes
 * would give another tensor, so that old and new embeddings are never mixed.
 */
const PREPARATION_VERSION = 3;

/** SHA-256 over everything that an embedding depends on: weights, input recipe, and how tokens are read. */
export function modelKey(manifest: ModelManifest): string {
  const { input } = manifest;
  const recipe = [
    PREPARATION_VERSION,
    manifest.sha256,
    input.name,
    input.height,
    input.width,
    input.resize,
    input.resizeTo,
    input.kernel,
    input.mean,
    input.std,
    manifest.outputs.tokens,
    manifest.registers,
    manifest.dimensions,
    // Appended only when there are some, so that other models keep the key they have in catalogs.
    ...(manifest.data ?? []).map((data) => data.sha256),
    ...Object.entries(manifest.outputs.vectors ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { output, dimensions }]) => [name, output, dimensions]),
  ];
  return createHash('sha256').update(JSON.stringify(recipe)).digest('hex');
}
