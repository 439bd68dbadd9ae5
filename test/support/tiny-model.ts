import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InputRecipe, InstalledModel, ModelManifest } from '../../src/domain/model.ts';
import { modelKey } from '../../src/embedding/model-key.ts';
import { SQUASH } from './input-recipe.ts';
import { type TinyVit, tinyVit } from './tiny-vit.ts';

/** Writes a tiny Vision Transformer into a folder, as a model that is ready to load. */
export function installTinyModel(
  folder: string,
  vit: Partial<TinyVit> = {},
  input: Partial<InputRecipe> = {},
): InstalledModel {
  const { dimensions = 384, patchSize = 16, heads = 6, registers = 0 } = vit;
  const { onnx } = tinyVit(vit);
  const sha256 = createHash('sha256').update(onnx).digest('hex');
  const file = `${sha256.slice(0, 12)}.onnx`;
  writeFileSync(join(folder, file), onnx);
  const manifest: ModelManifest = {
    ...{ id: `tiny-${dimensions}`, title: 'tiny', license: 'none', source: 'drawn' },
    ...{ file, sha256, sizeBytes: onnx.length },
    ...{ dimensions, patchSize, heads, registers, dtype: 'float32', batchSafe: true },
    input: { ...SQUASH, ...input },
    outputs: { tokens: 'last_hidden_state', attentions: null },
  };
  return { manifest, folder, key: modelKey(manifest) };
}
