import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Descriptor } from '../domain/descriptor.ts';
import { EideticError } from '../domain/errors.ts';
import type { ModelManifest } from '../domain/model.ts';
import { poolTokens } from './pool-tokens.ts';

/** A loaded model. One per thread, for the life of the process: creating and releasing sessions leaks. */
export interface OnnxSession {
  /**
   * One forward pass. Blocks its thread.
   * @param inputs one tensor per picture, [3, height, width]
   */
  embed(inputs: readonly Float32Array[]): Promise<Descriptor[]>;
  release(): Promise<void>;
}

/**
 * Loads the model on the CPU.
 * @param threads how many threads one forward pass uses
 * @throws EideticError MODEL_UNAVAILABLE when ONNX Runtime refuses the file, or its inputs and outputs are not
 *   those of the manifest
 */
export async function openOnnxSession(
  folder: string,
  manifest: ModelManifest,
  threads: number,
): Promise<OnnxSession> {
  const file = join(folder, manifest.file);
  const session = await InferenceSession.create(file, {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // A spinning thread would take a core from decoding while it waits for the next picture.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  }).catch((cause: unknown) => {
    throw new EideticError(
      'MODEL_UNAVAILABLE',
      `ONNX Runtime cannot load ${file}: ${(cause as Error).message}`,
      {
        cause,
      },
    );
  });
  requireName(file, 'input', manifest.input.name, session.inputNames);
  requireName(file, 'output', manifest.outputs.tokens, session.outputNames);
  return {
    embed: (inputs) => embed(session, manifest, inputs),
    release: () => session.release(),
  };
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
): Promise<Descriptor[]> {
  const { name, height, width } = manifest.input;
  const [first] = inputs;
  const batch = inputs.length === 1 && first !== undefined ? first : concatenate(inputs);
  const tensor = new Tensor('float32', batch, [inputs.length, 3, height, width]);
  const outputs = await session.run({ [name]: tensor }, [manifest.outputs.tokens]);
  const output = outputs[manifest.outputs.tokens];
  const tokens = output?.data as Float32Array;
  const perPicture = tokens.length / inputs.length;
  if (
    output?.dims.at(-1) !== manifest.dimensions ||
    perPicture < (2 + manifest.registers) * manifest.dimensions
  ) {
    throw new EideticError(
      'MODEL_MISMATCH',
      `${manifest.id} gave tokens of shape ${output?.dims.join(' x ')} when its model.json expects ${manifest.dimensions} dimensions, a CLS token, ${manifest.registers} registers and patches.`,
    );
  }
  const descriptors = inputs.map((_, i) =>
    poolTokens(
      tokens.subarray(i * perPicture, (i + 1) * perPicture),
      manifest.dimensions,
      manifest.registers,
    ),
  );
  output.dispose();
  return descriptors;
}

function concatenate(inputs: readonly Float32Array[]): Float32Array {
  const length = inputs[0]?.length ?? 0;
  const all = new Float32Array(length * inputs.length);
  inputs.forEach((input, i) => {
    all.set(input, i * length);
  });
  return all;
}
