import { noisePicture } from './noise-picture.ts';
import type { ProbeSession } from './probe-session.ts';

/**
 * Largest change of an embedding's value that its batch mates may cause, relative to its largest value. Float
 * kernels that add up in another order stay below 1e-5; dynamic quantization, whose scale is taken over the whole
 * batch, is beyond 1e-3.
 */
const TOLERANCE = 1e-4;

/** How a picture's embedding depends on the others in its batch. */
export interface BatchBehaviour {
  readonly isSafe: boolean;
  /** What was seen, as a sentence. */
  readonly evidence: string;
}

/**
 * Embeds a picture alone, beside a picture of the same contrast, and beside one of four times the contrast.
 * @param dimensions how many values at the start of the output are the picture's embedding
 */
export async function probeBatch(
  session: ProbeSession,
  { height, width }: { readonly height: number; readonly width: number },
  output: string,
  dimensions: number,
): Promise<BatchBehaviour> {
  if (session.input.batch !== null) {
    return { isSafe: false, evidence: 'It takes one picture at a time.' };
  }
  const picture = noisePicture(1, height, width);
  const embed = async (...mates: Float32Array[]): Promise<Float32Array | null> => {
    const outputs = await session.run([picture, ...mates], height, width);
    return outputs instanceof Error ? null : (outputs.get(output)?.data.slice(0, dimensions) ?? null);
  };
  const alone = await embed();
  const similar = await embed(noisePicture(2, height, width));
  const strong = await embed(noisePicture(3, height, width, 4));
  if (alone === null || similar === null || strong === null) {
    return { isSafe: false, evidence: 'It fails with more than one picture in a batch.' };
  }
  const change = Math.max(relativeChange(alone, similar), relativeChange(alone, strong));
  const seen =
    change === 0 ? 'do not change an embedding' : `change an embedding by ${change.toExponential(0)}`;
  return change <= TOLERANCE
    ? { isSafe: true, evidence: `Batch mates ${seen}: batches are safe.` }
    : { isSafe: false, evidence: `Batch mates ${seen}: pictures are embedded one at a time.` };
}

function relativeChange(a: Float32Array, b: Float32Array): number {
  let largest = 0;
  let change = 0;
  for (let i = 0; i < a.length; i++) {
    largest = Math.max(largest, Math.abs(a[i] as number));
    change = Math.max(change, Math.abs((a[i] as number) - (b[i] as number)));
  }
  return change / largest;
}
