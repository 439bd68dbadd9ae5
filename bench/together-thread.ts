import { parentPort } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { BUNDLED, BUNDLED_FILE, BUNDLED_OUTPUTS } from './bundled-model.ts';
import { inFlight } from './in-flight.ts';
import { decodeShrunk } from './sharp-alone.ts';

// A thread that decodes and infers, with no code of ours but what carries pixels from the one to the other; see
// limit-together.

/** What such a thread is asked. */
export interface Share {
  readonly files: readonly string[];
  /** Pictures that are decoding, decoded or in the forward pass. */
  readonly inFlight: number;
  /** Of one pass; those of the first question count. */
  readonly threads: number;
}

const { name, height, width } = BUNDLED.input;
const pixels = height * width;
let opening: Promise<InferenceSession> | null = null;

async function answer({ files, inFlight: atOnce, threads }: Share): Promise<void> {
  opening ??= InferenceSession.create(BUNDLED_FILE, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  const session = await opening;
  await inFlight(files, atOnce, async (file) => {
    const data = await decodeShrunk(file, /\.jpe?g$/i.test(file), BUNDLED.input);
    const outputs = await session.run({ [name]: toTensor(data) }, BUNDLED_OUTPUTS);
    for (const output of Object.values(outputs)) {
      output.dispose();
    }
  });
  parentPort?.postMessage('done');
}

/** Planes of values from -1 to 1. */
function toTensor(rgb: Buffer): Tensor {
  const values = new Float32Array(3 * pixels);
  for (let i = 0, at = 0; i < pixels; i++, at += 3) {
    values[i] = (rgb[at] as number) / 127.5 - 1;
    values[i + pixels] = (rgb[at + 1] as number) / 127.5 - 1;
    values[i + 2 * pixels] = (rgb[at + 2] as number) / 127.5 - 1;
  }
  return new Tensor('float32', values, [1, 3, height, width]);
}

parentPort?.on('message', (question: Share) => {
  void answer(question);
});
