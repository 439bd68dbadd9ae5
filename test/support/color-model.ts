import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import type { InstalledModel, ModelManifest } from '../../src/domain/model.ts';
import { modelKey } from '../../src/embedding/model-key.ts';
import { SQUASH } from './input-recipe.ts';
import { type OnnxNode, type OnnxTensor, writeOnnx } from './onnx-writer.ts';

/** A color of pictures: what one vector of a color model tells, and all that it tells. */
export type Channel = 'red' | 'green' | 'blue';

const CHANNELS: readonly Channel[] = ['red', 'green', 'blue'];

/** Which color the vectors of a model tell; `copy` null for a model that declares none. */
export interface ColorVectors {
  readonly cls: Channel;
  readonly copy: Channel | null;
}

/**
 * Writes a model into a folder of models: each of its vectors is the point of the quarter circle at the mean of one
 * color, so spaces of the same two dimensions order the same pictures in ways that have nothing to do with each other.
 */
export function installColorModel(models: string, id: string, { cls, copy }: ColorVectors): InstalledModel {
  const folder = join(models, id);
  mkdirSync(folder, { recursive: true });
  const points = [pointOf('cls', cls), ...(copy === null ? [] : [pointOf('copy', copy)])];
  const onnx = writeOnnx({
    nodes: [
      { operator: 'GlobalAveragePool', inputs: ['pixel_values'], outputs: ['means'] },
      { operator: 'Flatten', inputs: ['means'], outputs: ['colors'], attributes: { axis: 1 } },
      ...points.flatMap(({ nodes }) => nodes),
    ],
    tensors: points.map(({ tensor }) => tensor),
    inputs: [{ name: 'pixel_values', dims: ['batch', 3, 'height', 'width'] }],
    outputs: points.map(({ name }) => ({ name, dims: ['batch', 2] })),
  });
  const file = `${id}.onnx`;
  writeFileSync(join(folder, file), onnx);
  const vectors = { copy: { output: 'copy', dimensions: 2 } };
  const manifest: ModelManifest = {
    ...{ id, title: `Colors ${id}`, license: 'none', source: 'drawn', file },
    ...{ sha256: createHash('sha256').update(onnx).digest('hex'), sizeBytes: onnx.length },
    ...{ dimensions: 2, patchSize: null, heads: null, registers: 0, dtype: 'float32', batchSafe: true },
    input: { ...SQUASH, height: 16, width: 16, resizeTo: 16, mean: [0, 0, 0], std: [1, 1, 1] },
    outputs: { tokens: 'cls', attentions: null, ...(copy === null ? {} : { vectors }) },
    bounds: { cls: { likely: 0.999, unlikely: 0.9 }, copy: { likely: 0.9999, unlikely: 0.99 } },
  };
  writeFileSync(join(folder, 'model.json'), JSON.stringify(manifest));
  return { manifest, folder, key: modelKey(manifest) };
}

function pointOf(
  name: string,
  channel: Channel,
): { readonly name: string; readonly nodes: OnnxNode[]; readonly tensor: OnnxTensor } {
  const weights = CHANNELS.map((one) => (one === channel ? Math.PI / 2 : 0));
  return {
    name,
    tensor: { name: `${name}_weights`, dims: [3, 1], data: Float32Array.from(weights) },
    nodes: [
      { operator: 'MatMul', inputs: ['colors', `${name}_weights`], outputs: [`${name}_angle`] },
      { operator: 'Cos', inputs: [`${name}_angle`], outputs: [`${name}_cos`] },
      { operator: 'Sin', inputs: [`${name}_angle`], outputs: [`${name}_sin`] },
      {
        operator: 'Concat',
        inputs: [`${name}_cos`, `${name}_sin`],
        outputs: [name],
        attributes: { axis: 1 },
      },
    ],
  };
}

/** Writes pictures from..from + count - 1, each of one color that its name tells; returns their paths. */
export async function drawColorFolder(folder: string, from: number, count: number): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const paths: string[] = [];
  for (let n = from; n < from + count; n++) {
    const [r, g, b] = [(n * 37) % 256, (n * 91 + 50) % 256, (n * 53 + 120) % 256];
    const path = join(folder, `${n}-${r}-${g}-${b}.png`);
    const create = { width: 16, height: 16, channels: 3, background: { r, g, b } } as const;
    await sharp({ create }).png().toFile(path);
    paths.push(path);
  }
  return paths;
}

/** How similar two of them are by one color, -1 to 1. */
export function similarityBy(channel: Channel, one: string, other: string): number {
  const [a = 0, b = 0] = [one, other].map((path) => {
    const values = basename(path, '.png').split('-').slice(1).map(Number);
    return values[CHANNELS.indexOf(channel)] as number;
  });
  return Math.cos(((a - b) / 255) * (Math.PI / 2));
}
