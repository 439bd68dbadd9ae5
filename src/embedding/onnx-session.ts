import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Device } from '../domain/device.ts';
import { normalize } from '../domain/embedding.ts';
import { EideticError } from '../domain/errors.ts';
import type { ModelManifest } from '../domain/model.ts';
import { poolTokens, type TokenDescriptor } from './pool-tokens.ts';

/** A loaded model. One per thread, for the life of the process: creating and releasing sessions leaks. */
export interface OnnxSession {
  /**
   * One forward pass, or one for each picture when the model is not batch-safe. Blocks its thread.
   * @param inputs one tensor per picture, [3, height, width]
   */
  embed(inputs: readonly Float32Array[]): Promise<TokenDescriptor[]>;
  release(): Promise<void>;
}

/**
 * Loads the model.
 * @param threads how many threads one forward pass uses on the CPU
 * @throws EideticError MODEL_UNAVAILABLE when the device is not there, ONNX Runtime refuses the file, or its inputs
 *   and outputs are not those of the manifest
 */
export async function openOnnxSession(
  folder: string,
  manifest: ModelManifest,
  threads: number,
  device: Device = 'cpu',
): Promise<OnnxSession> {
  const file = join(folder, manifest.file);
  requireFit(device, manifest);
  const session = await InferenceSession.create(file, {
    executionProviders: [device],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // A spinning thread would take a core from decoding while it waits for the next picture.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  }).catch((cause: unknown) => {
    const { message } = cause as Error;
    throw new EideticError(
      'MODEL_UNAVAILABLE',
      device === 'cpu'
        ? `ONNX Runtime cannot load ${file}: ${message}`
        : `ONNX Runtime cannot use ${DEVICE_NAMES[device]} for ${manifest.id}: ${message.trim().replace(/\.?$/, '.')} Use --device cpu instead.`,
      { cause },
    );
  });
  requireName(file, 'input', manifest.input.name, session.inputNames);
  requireName(file, 'output', manifest.outputs.tokens, session.outputNames);
  for (const { output } of Object.values(manifest.outputs.vectors ?? {})) {
    requireName(file, 'output', output, session.outputNames);
  }
  return {
    embed: async (inputs) => {
      if (manifest.batchSafe) {
        return embed(session, manifest, inputs);
      }
      const descriptors: TokenDescriptor[] = [];
      for (const input of inputs) {
        descriptors.push(...(await embed(session, manifest, [input])));
      }
      return descriptors;
    },
    release: () => session.release(),
  };
}

/** What each device needs, for the message when it is not there. */
const DEVICE_NAMES: Readonly<Record<Device, string>> = {
  cpu: 'the processor',
  cuda: 'CUDA (Linux x64 with an NVIDIA GPU, CUDA 12, cuDNN 9 and the CUDA libraries of onnxruntime-node)',
  coreml: 'CoreML (macOS on Apple silicon)',
  dml: 'DirectML (Windows)',
  webgpu: 'WebGPU (a GPU with Vulkan, Metal or Direct3D 12 drivers)',
};

/** Quantized DINOv2 is reported to end the whole process under DirectML: better refused than that. */
function requireFit(device: Device, { id, dtype }: ModelManifest): void {
  if (device === 'dml' && dtype === 'int8') {
    throw new EideticError(
      'MODEL_UNAVAILABLE',
      `Found ${id}, whose weights are int8, which DirectML cannot run; expected a float model, or --device cpu.`,
    );
  }
}

function requireName(file: string, kind: string, expected: string, found: readonly string[]): void {
  if (!found.includes(expected)) {
    throw new EideticError(
      'MODEL_UNAVAILABLE',
      `Found ${kind}s ${found.join(', ')} in ${file} when its model.json expects "${expected}".`,
    );
  }
}

async function embed(
  session: InferenceSession,
  manifest: ModelManifest,
  inputs: readonly Float32Array[],
): Promise<TokenDescriptor[]> {
  const { name, height, width } = manifest.input;
  const [first] = inputs;
  const batch = inputs.length === 1 && first !== undefined ? first : concatenate(inputs);
  const tensor = new Tensor('float32', batch, [inputs.length, 3, height, width]);
  const declared = Object.entries(manifest.outputs.vectors ?? {});
  const wanted = [manifest.outputs.tokens, ...declared.map(([, { output }]) => output)];
  const outputs = await session.run({ [name]: tensor }, wanted);
  const output = outputs[manifest.outputs.tokens];
  if (output === undefined || !isShapedAs(manifest, output.dims)) {
    const expected =
      manifest.patchSize === null
        ? `${manifest.dimensions} dimensions without patches`
        : `${manifest.dimensions} dimensions, a CLS token, ${manifest.registers} registers and patches`;
    throw new EideticError(
      'MODEL_MISMATCH',
      `${manifest.id} gave tokens of shape ${output?.dims.join(' x ')} when its model.json expects ${expected}.`,
    );
  }
  const values = output.data as Float32Array;
  const perPicture = values.length / inputs.length;
  const descriptors = inputs.map((_, i) => {
    const own = values.subarray(i * perPicture, (i + 1) * perPicture);
    const ofTokens =
      manifest.patchSize === null
        ? { cls: normalize(own), gem: normalize(own) }
        : poolTokens(own, manifest.dimensions, manifest.registers);
    const further = declared.map(([vector, { output: from, dimensions }]) => {
      const rows = rowsOf(manifest.id, from, outputs[from], [inputs.length, dimensions]);
      return [vector, normalize(rows.subarray(i * dimensions, (i + 1) * dimensions))] as const;
    });
    return { ...ofTokens, ...Object.fromEntries(further) };
  });
  for (const wantedName of wanted) {
    outputs[wantedName]?.dispose();
  }
  return descriptors;
}

/** @throws EideticError MODEL_MISMATCH when an output is no matrix of that shape */
function rowsOf(
  id: string,
  name: string,
  output: Tensor | undefined,
  shape: readonly [rows: number, dimensions: number],
): Float32Array {
  if (output?.dims.join() !== shape.join() || !(output.data instanceof Float32Array)) {
    throw new EideticError(
      'MODEL_MISMATCH',
      `${id} gave "${name}" as ${output?.type} of shape ${output?.dims.join(' x ')} when its model.json expects float32 of ${shape.join(' x ')}.`,
    );
  }
  return output.data;
}

function isShapedAs({ patchSize, dimensions, registers }: ModelManifest, dims: readonly number[]): boolean {
  const [, tokens = 0] = dims;
  return (
    dims.at(-1) === dimensions &&
    (patchSize === null ? dims.length === 2 : dims.length === 3 && tokens >= 2 + registers)
  );
}

function concatenate(inputs: readonly Float32Array[]): Float32Array {
  const length = inputs[0]?.length ?? 0;
  const all = new Float32Array(length * inputs.length);
  inputs.forEach((input, i) => {
    all.set(input, i * length);
  });
  return all;
}
