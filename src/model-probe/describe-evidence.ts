import type { TokensOutput } from './choose-tokens-output.ts';
import type { AttentionOutput } from './find-attention.ts';
import type { WorkingSize } from './find-sizes.ts';
import type { TokenLayout } from './solve-layouts.ts';

/** The input in a sentence. */
export function describeInput(
  name: string,
  { height, width }: WorkingSize,
  isDynamic: boolean,
  multipleOf: number,
) {
  const sizes = isDynamic
    ? `any multiples of ${multipleOf} pixels, ${width} x ${height} is used`
    : `${width} x ${height} pixels only`;
  return `Input "${name}" takes ${sizes}; its colors are taken to be normalized with ImageNet's mean and deviation.`;
}

/** The output in a sentence. */
export function describeOutput(
  output: TokensOutput,
  tokens: number | null,
  layout: TokenLayout | null,
): string {
  return layout === null
    ? `Output "${output.name}" is one embedding of ${output.dimensions} dimensions, without patch tokens.`
    : `Output "${output.name}" has ${tokens} tokens of ${output.dimensions} dimensions: CLS first, ${layout.specials - 1} registers, then patches of ${layout.patchSize} pixels.`;
}

/** The attention in a sentence. */
export function describeAttention(attention: AttentionOutput | null): string {
  if (attention === null) {
    return 'No attention was found.';
  }
  const where = attention.isDeclared ? 'is an output' : 'is inside the graph and can be exposed';
  return `Attention of ${attention.heads} heads ${where}: "${attention.name}".`;
}
