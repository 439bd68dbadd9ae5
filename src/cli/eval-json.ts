import type { CopyEvaluation } from '../engine/evaluate-copies.ts';
import type { LabelEvaluation } from '../engine/evaluate-labels.ts';
import type { LookedFolders } from '../engine/look-at-folders.ts';

/** An evaluation by labels, as `--json` shows it. */
export function labelsToJson({ looked, labels, alone, contenders }: LabelEvaluation) {
  return {
    ...lookedToJson(looked),
    labels,
    alone,
    contenders: contenders.map(({ contender, figures, byLabel }) => ({
      ...contender,
      ...figures,
      byLabel: Object.fromEntries(byLabel),
    })),
  };
}

/** An evaluation by copies, likewise. */
export function copiesToJson({ looked, originals, contenders }: CopyEvaluation, seed: number) {
  return {
    ...lookedToJson(looked),
    originals,
    seed,
    contenders: contenders.map(({ contender, figures, nearDuplicates }) => ({
      ...contender,
      ...figures,
      nearDuplicates,
    })),
  };
}

function lookedToJson({ pictures, ...looked }: LookedFolders) {
  return { ...looked, pictures: pictures.length };
}
