import type { DescribedVector, Descriptor } from '../domain/descriptor.ts';
import { normalize } from '../domain/embedding.ts';

/** Floor under patch values, as in DINO's eval_copy_detection.py: negative values count as nothing. */
const GEM_FLOOR = 1e-6;

/** What every forward pass yields. */
export interface TokenDescriptor extends Descriptor {
  readonly gem: DescribedVector;
}

/**
 * Makes a descriptor of one picture's tokens.
 *
 * GeM is generalized-mean pooling with p = 4 over the patch tokens, (mean of max(x, floor)^4)^(1/4) in each
 * dimension (Radenović et al. 2018, with DINO's p).
 * @param tokens [1 + registers + patches, dimensions], row after row, CLS first
 * @throws EideticError INVALID_INPUT when the model gave values that are not finite
 */
export function poolTokens(tokens: Float32Array, dimensions: number, registers: number): TokenDescriptor {
  const firstPatch = 1 + registers;
  const patches = tokens.length / dimensions - firstPatch;
  const powers = new Float64Array(dimensions);
  for (let row = firstPatch; row < firstPatch + patches; row++) {
    for (let i = 0; i < dimensions; i++) {
      const square = Math.max(tokens[row * dimensions + i] as number, GEM_FLOOR) ** 2;
      powers[i] = (powers[i] as number) + square * square;
    }
  }
  const gem = powers.map((sum) => Math.sqrt(Math.sqrt(sum / patches)));
  return { cls: normalize(tokens.subarray(0, dimensions)), gem: normalize(gem) };
}
