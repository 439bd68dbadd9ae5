import type { Contender } from '../evaluation/contender.ts';
import type { Estimate } from '../evaluation/estimate.ts';

/** Heads of the columns that {@link contenderCells} fills. */
export const CONTENDER_HEAD = ['model', 'px', 'space'];

/** What is evaluated, as the first cells of a row. */
export function contenderCells({ model, inputSize, space }: Contender): string[] {
  return [model, String(inputSize), space];
}

/** `0.583 (0.543 to 0.622)`. */
export function estimateText({ value, low, high }: Estimate): string {
  const interval = low === null || high === null ? '' : ` (${low.toFixed(3)} to ${high.toFixed(3)})`;
  return `${value.toFixed(3)}${interval}`;
}

/** The same in one text, for plots and heads of columns. */
export function contenderName({ model, space, inputSize }: Contender): string {
  return `${model} ${space} (${inputSize} px)`;
}
