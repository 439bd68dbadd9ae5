import { InferenceSession, Tensor } from 'onnxruntime-node';
import { BUNDLED, BUNDLED_FILE } from '../bundled-model.ts';

/** One output of the bundled model, on one thread; to be closed. */
export interface ModelOutput {
  /** One forward pass. @param input [3, side, side], as the model's recipe has it @returns all values of the output */
  of(input: Float32Array, side: number): Promise<Float32Array>;
  close(): Promise<void>;
}

/** @param output its name in the ONNX file; what it does not need is not computed */
export async function openModelOutput(output: string): Promise<ModelOutput> {
  const session = await InferenceSession.create(BUNDLED_FILE, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  });
  return {
    async of(input, side) {
      const tensor = new Tensor('float32', input, [1, 3, side, side]);
      const outputs = await session.run({ [BUNDLED.input.name]: tensor }, [output]);
      const values = Float32Array.from(outputs[output]?.data as Float32Array);
      outputs[output]?.dispose();
      return values;
    },
    close: () => session.release(),
  };
}
