import type { ProbeHints } from '../domain/probed-model.ts';
import { refusal } from './probe-session.ts';
import { solveLayouts, type TokenCount, type TokenLayout } from './solve-layouts.ts';

/**
 * Tells patch side and special tokens from how many tokens there are, and, where that leaves several answers, from
 * the strides of the convolutions or from what the person says.
 * @throws EideticError MODEL_UNAVAILABLE when nothing fits, or several do
 */
export function chooseLayout(
  file: string,
  counts: readonly TokenCount[],
  convolutionStride: number,
  hints: ProbeHints,
): TokenLayout {
  const possible = solveLayouts(counts);
  const fitting = possible.filter(
    ({ patchSize, specials }) =>
      specials > 0 &&
      patchSize === (hints.patchSize ?? patchSize) &&
      specials === (hints.registers ?? specials - 1) + 1,
  );
  const likely =
    fitting.length === 1 ? fitting : fitting.filter((one) => one.patchSize === convolutionStride);
  const [layout] = likely;
  if (layout !== undefined && likely.length === 1) {
    return layout;
  }
  const seen = counts
    .map(({ height, width, tokens }) => `${tokens} tokens at ${width} x ${height}`)
    .join(', ');
  const patchesOnly = possible.find(({ specials }) => specials === 0);
  if (fitting.length === 0 && patchesOnly !== undefined && hints.patchSize === null) {
    throw refusal(
      file,
      `it gives ${seen}, which are its patches of ${patchesOnly.patchSize} pixels alone, expected a CLS token before them.`,
    );
  }
  const answers = fitting.map((one) => `patches of ${one.patchSize} with ${one.specials - 1} registers`);
  throw refusal(
    file,
    answers.length === 0
      ? `it gives ${seen}, which fits no patch side with one CLS token and 0 to 16 registers${hintText(hints)}.`
      : `it gives ${seen}, which could be ${answers.join(' or ')}; say which with --patch-size and --registers.`,
  );
}

function hintText({ patchSize, registers }: ProbeHints): string {
  const named = [
    ...(patchSize === null ? [] : [`--patch-size ${patchSize}`]),
    ...(registers === null ? [] : [`--registers ${registers}`]),
  ];
  return named.length === 0 ? '' : ` (with ${named.join(' and ')})`;
}
