import { parentPort } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { seededRandom } from '../test/support/seeded-random.ts';
import { BUNDLED, BUNDLED_FILE, BUNDLED_OUTPUTS } from './bundled-model.ts';

// A thread with an ONNX session of its own; see limit-inference.

/** What such a thread is asked. */
export interface ForwardPasses {
  readonly passes: number;
  /** Of one pass; those of the first question count. */
  readonly threads: number;
}

const { name, height, width } = BUNDLED.input;
const random = seededRandom(1);
const values = Float32Array.from({ length: 3 * height * width }, () => 4 * random() - 2);
const input = { [name]: new Tensor('float32', values, [1, 3, height, width]) };
let opening: Promise<InferenceSession> | null = null;

async function answer({ passes, threads }: ForwardPasses): Promise<void> {
  opening ??= InferenceSession.create(BUNDLED_FILE, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  const session = await opening;
  for (let pass = 0; pass < passes; pass++) {
    const outputs = await session.run(input, BUNDLED_OUTPUTS);
    for (const output of Object.values(outputs)) {
      output.dispose();
    }
  }
  parentPort?.postMessage('done');
}

parentPort?.on('message', (question: ForwardPasses) => {
  void answer(question);
});
