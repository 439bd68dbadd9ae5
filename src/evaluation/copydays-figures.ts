import { type Estimate, meanOfUnits } from './estimate.ts';
import type { CopydaysScore } from './score-copy.ts';

/** What the copies of one part come to. */
export interface PartFigures {
  /** Copies that were looked for. */
  readonly queries: number;
  /** mAP, 0 to 1; bootstrap over originals, whose copies are drawn together. */
  readonly meanAveragePrecision: Estimate;
}

/** By part, in the order of `parts`; one of which no copy was looked for has none. @param seed of the bootstrap */
export function copydaysFigures(
  scores: readonly CopydaysScore[],
  parts: readonly string[],
  seed: string,
): Record<string, PartFigures> {
  const figures: Record<string, PartFigures> = {};
  for (const part of parts) {
    const byBlock = new Map<string, number[]>();
    const ofPart = scores.filter((score) => score.part === part);
    for (const { block, averagePrecision } of ofPart) {
      const ofBlock = byBlock.get(block) ?? [];
      byBlock.set(block, ofBlock);
      ofBlock.push(averagePrecision);
    }
    if (ofPart.length > 0) {
      const meanAveragePrecision = meanOfUnits([...byBlock.values()], `${seed}/${part}`);
      figures[part] = { queries: ofPart.length, meanAveragePrecision };
    }
  }
  return figures;
}
