import type { TokensOutput } from './choose-tokens-output.ts';
import type { WorkingSize } from './find-sizes.ts';
import { noisePicture } from './noise-picture.ts';
import { type ProbeOutput, type ProbeSession, refusal } from './probe-session.ts';

/** A CLS embedding that changes less than this between two pictures, relative to its length, says nothing. */
const LEAST_CHANGE = 1e-5;

/**
 * Makes sure that the first values of the output are an embedding: finite, and different for different pictures.
 * @throws EideticError MODEL_UNAVAILABLE
 */
export async function requireLivingCls(
  file: string,
  session: ProbeSession,
  base: WorkingSize,
  output: TokensOutput,
): Promise<void> {
  const { height, width } = base;
  const first = clsOf(base.outputs, output);
  const outputs = await session.run([noisePicture(7, height, width)], height, width);
  const second = outputs instanceof Error ? null : clsOf(outputs, output);
  if (first === null || second === null || ![...first, ...second].every(Number.isFinite)) {
    throw refusal(file, `its output "${output.name}" holds values that are not finite.`);
  }
  const change = first.reduce((sum, value, i) => sum + (value - (second[i] as number)) ** 2, 0);
  const length = first.reduce((sum, value) => sum + value ** 2, 0);
  if (change <= length * LEAST_CHANGE ** 2) {
    throw refusal(
      file,
      `the first token of "${output.name}" is the same for different pictures, expected the CLS token.`,
    );
  }
}

function clsOf(outputs: ReadonlyMap<string, ProbeOutput>, output: TokensOutput): Float32Array | null {
  return outputs.get(output.name)?.data.slice(0, output.dimensions) ?? null;
}

/**
 * Which token an export's pooled output is a copy of: DINOv2 and DINOv3 give their CLS token once more.
 * @returns its row, or null when there is no such output
 */
export function findPooledToken(
  outputs: ReadonlyMap<string, ProbeOutput>,
  { name, dimensions }: TokensOutput,
): number | null {
  const tokens = outputs.get(name)?.data ?? new Float32Array(0);
  for (const [other, { dims, data }] of outputs) {
    if (other === name || dims.length !== 2 || dims[1] !== dimensions) {
      continue;
    }
    for (let row = 0; row < tokens.length / dimensions; row++) {
      if (isCopy(tokens.subarray(row * dimensions, (row + 1) * dimensions), data)) {
        return row;
      }
    }
  }
  return null;
}

function isCopy(a: Float32Array, b: Float32Array): boolean {
  return a.every((value, i) => Math.abs(value - (b[i] as number)) <= 1e-4 * Math.max(1, Math.abs(value)));
}
