import type { InputRecipe, ModelDataFile, ModelManifest } from '../domain/model.ts';
import { localName, type ModelPin, revisionOf } from './pin.ts';

/** 224 pixels, which all published exports take; ImageNet's normalization; borders kept. */
const INPUT: InputRecipe = {
  name: 'pixel_values',
  height: 224,
  width: 224,
  dynamic: false,
  multipleOf: 1,
  resize: 'squash',
  resizeTo: 224,
  kernel: 'cubic',
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
};

/**
 * The model.json of a pinned model.
 * @param files its weights as they lie on disk, the ONNX file first
 */
export function pinnedManifest(pin: ModelPin, files: readonly ModelDataFile[]): ModelManifest {
  const [weights, ...data] = files;
  if (weights === undefined) {
    throw new Error('a model has at least one file');
  }
  const { id, title, license, patchSize, registers, dimensions, heads, dtype, batchSafe } = pin;
  return {
    id,
    title,
    ...weights,
    file: localName(pin.weights),
    ...(data.length === 0 ? {} : { data }),
    license,
    source: `https://huggingface.co/${pin.repository}/tree/${revisionOf(pin)}`,
    input: INPUT,
    outputs: { tokens: 'last_hidden_state', attentions: null },
    patchSize,
    registers,
    dimensions,
    heads,
    dtype,
    batchSafe,
  };
}
