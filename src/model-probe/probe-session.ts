import { availableParallelism } from 'node:os';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { EideticError } from '../domain/errors.ts';

/** A tensor that a forward pass gave. */
export interface ProbeOutput {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** The one input of a model that takes pictures. Null: any number. */
interface PictureInput {
  readonly name: string;
  readonly batch: number | null;
  readonly height: number | null;
  readonly width: number | null;
}

/** A model under inspection. Outputs that are not float32 are left out of what it gives. */
export interface ProbeSession {
  readonly input: PictureInput;
  readonly outputNames: readonly string[];
  /** @returns the outputs by name, or why ONNX Runtime could not */
  run(
    pictures: readonly Float32Array[],
    height: number,
    width: number,
  ): Promise<Map<string, ProbeOutput> | Error>;
  /** Milliseconds of the quickest forward pass with one picture of the size asked for last. */
  readonly quickestMs: number;
  release(): Promise<void>;
}

/** Error that says why an ONNX file cannot be used. */
export function refusal(file: string, reason: string, cause?: unknown): EideticError {
  return new EideticError('MODEL_UNAVAILABLE', `${file} cannot be used as a model: ${reason}`, { cause });
}

/**
 * Loads an ONNX file on the CPU.
 * @param model a path (files with more weights are found beside it), or the bytes of a changed file
 * @throws EideticError MODEL_UNAVAILABLE when it cannot be loaded or does not take pictures
 */
export async function openProbeSession(file: string, model: string | Uint8Array): Promise<ProbeSession> {
  const options: InferenceSession.SessionOptions = {
    executionProviders: ['cpu'],
    intraOpNumThreads: availableParallelism(),
    interOpNumThreads: 1,
    logSeverityLevel: 4, // a size that does not work is an answer here, not something for stderr
  };
  const opening =
    typeof model === 'string'
      ? InferenceSession.create(model, options)
      : InferenceSession.create(model, options);
  const session = await opening.catch((cause: unknown) => {
    throw refusal(file, `ONNX Runtime cannot load it (${(cause as Error).message}).`, cause);
  });
  const input = pictureInput(file, session.inputMetadata);
  let quickestMs = Number.POSITIVE_INFINITY;
  let timedSize = 0;
  return {
    input,
    outputNames: session.outputNames,
    async run(pictures, height, width) {
      const length = 3 * height * width;
      const batch = new Float32Array(length * pictures.length);
      pictures.forEach((picture, i) => {
        batch.set(picture, i * length);
      });
      const tensor = new Tensor('float32', batch, [pictures.length, 3, height, width]);
      const startedAt = performance.now();
      try {
        const outputs = await session.run({ [input.name]: tensor });
        const elapsedMs = performance.now() - startedAt;
        if (pictures.length === 1) {
          quickestMs = length === timedSize ? Math.min(quickestMs, elapsedMs) : elapsedMs;
          timedSize = length;
        }
        return floatOutputs(outputs);
      } catch (error) {
        return error as Error;
      }
    },
    get quickestMs() {
      return quickestMs;
    },
    release: () => session.release(),
  };
}

function floatOutputs(outputs: InferenceSession.OnnxValueMapType): Map<string, ProbeOutput> {
  const floats = new Map<string, ProbeOutput>();
  for (const [name, value] of Object.entries(outputs)) {
    const tensor = value as Tensor;
    if (tensor.type === 'float32') {
      floats.set(name, { dims: tensor.dims, data: tensor.data as Float32Array });
    }
  }
  return floats;
}

function pictureInput(file: string, inputs: readonly InferenceSession.ValueMetadata[]): PictureInput {
  const [only] = inputs;
  if (only === undefined || inputs.length > 1) {
    const names = inputs.map(({ name }) => name).join(', ');
    throw refusal(file, `it has ${inputs.length} inputs (${names}), expected one that takes the picture.`);
  }
  if (!only.isTensor || only.type !== 'float32' || only.shape.length !== 4) {
    const found = only.isTensor ? `${only.type} [${only.shape.join(', ')}]` : 'no tensor';
    throw refusal(file, `its input "${only.name}" is ${found}, expected float32 [batch, 3, height, width].`);
  }
  const [batch, channels, height, width] = only.shape.map((dim) => (typeof dim === 'number' ? dim : null));
  if ((channels ?? 3) !== 3) {
    const hint = width === 3 ? ' (its colors come last)' : '';
    throw refusal(
      file,
      `its input "${only.name}" is [${only.shape.join(', ')}]${hint}, expected [batch, 3, height, width].`,
    );
  }
  return { name: only.name, batch: batch ?? null, height: height ?? null, width: width ?? null };
}
